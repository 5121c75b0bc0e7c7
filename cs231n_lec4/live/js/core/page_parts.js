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
