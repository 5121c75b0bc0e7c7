// Small helpers to build a page. Text from people only ever goes through textContent.

import { withParticles } from "./particles.js";

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */
/** @typedef {string | Node} Child */

/**
 * A function that makes elements of one kind: HTML, SVG or MathML.
 * @param {string} space
 * @returns {any}
 */
export function maker(space) {
  return (tag, attributes, ...children) => {
    const made = document.createElementNS(space, tag);
    change(made, attributes);
    made.append(...children);
    return made;
  };
}

/** @type {<T extends keyof HTMLElementTagNameMap>(tag: T, attributes: Attributes,
 *   ...children: Child[]) => HTMLElementTagNameMap[T]} */
export const element = maker("http://www.w3.org/1999/xhtml");

/** @type {<T extends keyof SVGElementTagNameMap>(tag: T, attributes: Attributes,
 *   ...children: Child[]) => SVGElementTagNameMap[T]} */
export const shape = maker("http://www.w3.org/2000/svg");

/**
 * A button that does `act`.
 * @param {Child} face
 * @param {(event: MouseEvent) => void} act
 * @param {Attributes} [attributes]
 */
export function buttonFor(face, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, face);
  made.addEventListener("click", act);
  return made;
}

// Not `disabled`: a button that is disabled loses the focus, and with it the keys of the view.
export const setIdle = (button, idle) => button.setAttribute("aria-disabled", String(idle));

// What a sign on a button means.
export const named = (label, title = label) => ({ "aria-label": label, title });

// A part with a name of its own, which the Tab key reaches.
export const region = (kind, label, ...children) =>
  element("div", { class: kind, tabindex: "0", role: "group", "aria-label": label }, ...children);

// A row of a table, and the head of a row or of a column.
export const tr = (...cells) => element("tr", {}, ...cells);
export const th = (scope, ...children) => element("th", { scope }, ...children);

// Sentences, each a paragraph; an empty one is left out.
export const paragraphs = (texts, about = {}) =>
  texts.filter(Boolean).map((text) => element("p", about, text));

/**
 * Sets attributes; what is null or false is left out.
 * @param {Element} part
 * @param {Attributes} attributes
 */
export function change(part, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      part.setAttribute(name, String(value));
}

/**
 * "{name}: {value}" with the facts put in. Every sentence comes from words/.
 * @param {string} sentence
 * @param {Record<string, any>} facts
 */
export function fill(sentence, facts) {
  return withParticles(sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? "")));
}
