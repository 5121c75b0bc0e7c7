// The flat code beside the steps. A step lights its lines; pointing at a line, at a gate or at a row
// of the formula lights the other two.

import { change, element, fill, region } from "../core/page_parts.js";

/**
 * What a line, a gate or a row belongs to; null where it belongs to all of them.
 * @typedef {{ node: number, slot?: number | null, pass?: string | null }} Fact
 */

export function mountListing(session, words) {
  const lines = session.settings.listing;
  const rows = lines.map((line) => lineOf(line, words));
  const root = region("listing", words.listing, ...rows);
  const codes = rows.filter((row) => row.matches("code"));
  root.addEventListener("keydown", (event) => walk(event, codes, root));
  let shown;
  const light = (step) => {
    if (step === shown) return; // a slider moves: nothing is laid out anew
    shown = step;
    rows.forEach((row, k) => row.classList.toggle("lit", isOf(lines[k], step)));
    bringIntoSight(root);
  };
  return { root, light };
}

function lineOf(line, words) {
  if (!line.parts) return element("div", { class: "heading" }, words[`pass_${line.pass}`]);
  const part = ([text, role]) => (role ? element("span", { class: `is-${role}` }, text) : text);
  const row = element("code", { tabindex: "-1" }, ...line.parts.map(part));
  if (line.pass !== "start") mark(row, line); // it belongs to no gate
  return row;
}

// A sum is made by all lines that add to its gradient.
function isOf({ pass, node, into, parts }, step) {
  if (!step || !parts) return false;
  if (step.kind === "sum") return pass === "backward" && into === step.node;
  return pass === step.kind && (step.kind === "update" || node === step.node);
}

/**
 * Up and down go from part to part; beyond the last of them, if at all, to `beyond`.
 * @param {any} event
 * @param {(HTMLElement | SVGElement)[]} parts
 * @param {HTMLElement} [beyond]
 */
function walk(event, parts, beyond) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const place = parts.indexOf(event.target);
  if (!step || (place < 0 && !beyond)) return;
  event.preventDefault();
  (parts[place + step] ?? beyond)?.focus();
}

/**
 * The gates of a picture as one stop of Tab. A gate that has the focus is lit like one that is
 * pointed at.
 * @param {any} session
 * @param {any} words
 */
export function mountGateWalk(session, words) {
  /** @type {SVGElement[]} */
  let gates = [];
  const show = () => {
    const nodeOf = new Map();
    for (const { node } of session.wires)
      nodeOf.set(session.parts.get(`g${session.boxOf(node)}`), node);
    nodeOf.delete(undefined); // inputs have no gate
    gates = [...nodeOf.keys()];
    for (const [gate, node] of nodeOf) {
      const facts = { gate: gate.querySelector("text").textContent, node: session.nodeNames[node] };
      const label = fill(words.gate_keys, facts);
      change(gate, { tabindex: gate === gates[0] ? 0 : -1, role: "img", "aria-label": label });
    }
  };
  session.place.addEventListener("keydown", (event) => {
    gates.forEach(session.putOnPage); // also those far away can have the focus
    walk(event, gates);
  });
  session.place.addEventListener("focusin", ({ target }) => {
    if (!gates.includes(target)) return;
    for (const gate of gates) change(gate, { tabindex: gate === target ? 0 : -1 });
  });
  return show;
}

// The first of the lit lines and the last, and a line around them.
function bringIntoSight(root) {
  const lit = [...root.querySelectorAll(".lit")].map((line) => line.getBoundingClientRect());
  if (!lit.length) return;
  const [place, first, last] = [root.getBoundingClientRect(), lit[0], lit[lit.length - 1]];
  const above = first.top - first.height - place.top;
  const below = last.bottom + last.height - place.bottom;
  if (above < 0) root.scrollTop += above;
  else if (below > 0) root.scrollTop += below;
}

// ── what belongs together ──

/**
 * @param {HTMLElement | SVGElement} part
 * @param {Fact} fact
 */
export function mark(part, { node, slot, pass }) {
  change(part, { "data-node": node, "data-slot": slot, "data-pass": pass });
}

const agree = (a, b) => a === undefined || b === undefined || a === b;

/**
 * Pointing at a marked part, or focusing it, lights all that belongs to it. What comes later is lit
 * by what this returns.
 * @param {HTMLElement[]} places
 */
export function lightTogether(places) {
  /** @type {HTMLElement | null} */
  let pointed = null;
  const marked = () => places.flatMap((place) => [...place.querySelectorAll("[data-node]")]);
  const light = () => {
    const own = pointed?.dataset;
    for (const part of marked()) {
      const { node, slot, pass } = /** @type {HTMLElement} */ (part).dataset;
      const isTogether = own && node === own.node && agree(slot, own.slot) && agree(pass, own.pass);
      part.classList.toggle("pointed", Boolean(isTogether));
    }
  };
  const point = (event) => {
    pointed = event.type === "focusout" ? null : event.target.closest?.("[data-node]");
    light();
  };
  for (const place of places)
    for (const name of ["pointerover", "pointerleave", "focusin", "focusout"])
      place.addEventListener(name, point);
  return () => pointed && light();
}
