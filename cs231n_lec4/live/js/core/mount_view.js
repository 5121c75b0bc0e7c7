// What every view has: a root with its name, its keys, its place in a hall, a voice, and an end.

import { mountScene } from "./hall_keys.js";
import { keepKeys } from "./keys.js";
import { element } from "./page_parts.js";

const REST = 600; // milliseconds without a move, then all is brought up to date and spoken

/**
 * What a view adds of its own: its parts, and what brings them up to date. `said` is what a screen
 * reader hears when the hand rests.
 * @typedef {object} View
 * @property {HTMLElement[]} parts
 * @property {() => void} show
 * @property {(event: KeyboardEvent) => void} [keys]
 * @property {() => string} [said]
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
 * @param {(model: Model, words: any, show: () => void, signal: AbortSignal) => View} build
 */
export function mountView({ model, el }, kind, watched, build) {
  const end = new AbortController();
  const { signal } = end;
  const words = model.get("words");
  const inClass = model.get("class_mode");
  const voice = element("p", { class: "only-heard", "aria-live": "polite" });
  const rest = whenResting(REST, signal);
  const show = () => {
    view.show();
    rest(() => (voice.textContent = view.said?.() ?? ""));
  };
  const view = build(model, words, show, signal);
  const about = { role: "group", "aria-label": words.view, tabindex: "-1" };
  const parts = [...view.parts, voice];
  const root = element("div", { class: `cs231n-live ${kind}`, ...about }, ...parts);
  root.lang = model.get("language");
  el.replaceChildren(root);
  keepKeys(root, signal, view.keys);
  for (const trait of watched) listen(model, `change:${trait}`, show, signal);
  if (inClass) {
    dressForClass(root, signal);
    mountScene(root);
  }
  show();
  return () => end.abort();
}

/**
 * What a model tells, until the view goes.
 * @param {Model} model
 * @param {string} event
 * @param {() => void} then
 * @param {AbortSignal} signal
 */
export function listen(model, event, then, signal) {
  model.on(event, then);
  signal.addEventListener("abort", () => model.off(event, then));
}

// Large type, and everything at one glance. In a narrower window, on a phone, a lecture is laid out
// like any page.
function dressForClass(root, signal) {
  const wide = matchMedia("(min-width: 1000px)");
  const dress = () => root.classList.toggle("for-class", wide.matches);
  wide.addEventListener("change", dress, { signal });
  dress();
}

/**
 * A function that calls what it gets when it was not called for so long.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 */
export function whenResting(milliseconds, signal) {
  let timer = 0;
  signal?.addEventListener("abort", () => clearTimeout(timer));
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}
