// What every view has: a root with its name, its keys, its place in a hall, a voice, and an end.

import { mountScene } from "./hall_keys.js";
import { keepKeys, takeKeys } from "./keys.js";
import { element } from "./page_parts.js";

const REST = 600; // milliseconds without a move, then all is brought up to date and spoken

// In a narrower window, on a phone, a lecture is laid out like any page.
const hall = () => matchMedia("(min-width: 1000px)");

/** @import { Attributes } from "./page_parts.js" */

/**
 * What a view adds of its own: its parts, and what brings them up to date. `said` is what a screen
 * reader hears when the hand rests.
 * @typedef {object} View
 * @property {HTMLElement[]} parts
 * @property {() => void} show
 * @property {Attributes} [attributes] of the root
 * @property {(event: KeyboardEvent) => void} [keys]
 * @property {() => string} [said]
 * @property {() => void} [stop]
 */

/**
 * A widget's model; `saved` in a page without a kernel.
 * @typedef {object} Model
 * @property {boolean} [saved]
 * @property {(trait: string) => any} get
 * @property {(trait: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(content: object) => void} send
 * @property {(event: string, then: () => void) => void} on
 * @property {(event: string, then: () => void) => void} off
 */

/**
 * Puts a view into its place. A change of a watched trait shows it again. Returns what ends it.
 * @param {{ model: Model, el: HTMLElement }} place
 * @param {string} kind the root's own class
 * @param {string[]} watched
 * @param {(model: Model, words: any, show: () => void) => View} build
 */
export function mountView({ model, el }, kind, watched, build) {
  const words = model.get("words");
  const inClass = model.get("class_mode");
  const voice = element("p", { class: "only-heard", "aria-live": "polite" });
  const rest = whenResting(REST);
  const show = () => {
    view.show();
    if (view.said) rest(() => (voice.textContent = view.said?.() ?? ""));
  };
  const view = build(model, words, show);
  const name = `cs231n-live ${kind}`;
  const about = { class: name, role: "group", "aria-label": words.view, tabindex: "-1" };
  const parts = view.said ? [...view.parts, voice] : view.parts;
  const root = element("div", { ...about, ...view.attributes }, ...parts);
  root.lang = model.get("language");
  el.replaceChildren(root);
  const freeKeys = keepKeys(root, view.keys);
  const events = watched.map((trait) => `change:${trait}`);
  events.forEach((event) => model.on(event, show));
  const undress = inClass ? dressForClass(root) : () => {};
  show();
  if (inClass) {
    takeKeys(root);
    mountScene(root);
  }
  return () => {
    rest(() => {});
    freeKeys();
    undress();
    events.forEach((event) => model.off(event, show));
    view.stop?.();
  };
}

// Large type, and everything at one glance. Returns what ends it.
function dressForClass(root) {
  const wide = hall();
  const dress = () => root.classList.toggle("for-class", wide.matches);
  wide.addEventListener("change", dress);
  dress();
  return () => wide.removeEventListener("change", dress);
}

// A function that calls what it gets when it was not called for so long.
export function whenResting(milliseconds) {
  let timer = 0;
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}
