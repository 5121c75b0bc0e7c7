// The picture of a view. Where gates can be folded, a button shows them as one gate or as many.

import { buttonFor, element, fill, shape } from "../core/page_parts.js";
import { isScalar } from "../program/program.js";
import { keepReachable } from "../core/scroller.js";
import { mountFlow } from "../flow/flow.js";
import { mountPicture } from "./picture.js";
import { cellsOf, originOf } from "./places.js";
import { keepToSight } from "./sight.js";
import { gradientOf, valueOf, wireOf } from "./wires.js";

const DIGITS = 10; // the size of a picture's digits, in its own units
const DIGITS_IN_CLASS = 12;
const MOST_SPOKEN = 12; // wires; of a larger graph only the first and last ones are spoken

export function mountDrawing(session, pictures, fold, words) {
  const place = element("div", { class: "drawing" });
  const button = buttonFor("", () => turn(), { class: "fold" });
  const fit = fitButton(place, words);
  const root = element("div", {}, place, fit, ...(pictures.length > 1 ? [button] : []));
  const label = fold.map(([name]) => name).join(", ");
  const count = fold.flatMap(([, names]) => names).length;

  let whole, beads;
  session.place = place;
  session.flow = mountFlow(() => beads, session.inClass ? DIGITS_IN_CLASS : DIGITS);
  const show = (number) => {
    session.flow.finish();
    const { svg: svgText, wires, folds } = pictures[number];
    const { svg, parts } = mountPicture(svgText);
    const isStill = isScalar(session.program) && !session.settings.grab;
    svg.setAttribute("role", isStill ? "img" : "group");
    // A folded picture keeps the size of its numbers.
    whole ??= widthOf(svg);
    svg.style.setProperty("--share", widthOf(svg) / whole);
    session.parts = parts;
    session.boxOf = (gate) => folds[gate] ?? gate;
    session.wires = wires.map((record) => wireOf(parts, record, session.settings.bands));
    beads = svg.querySelector(".graph").appendChild(shape("g", { class: "beads" }));
    keepToSight(session, place, svg);
    button.textContent = fill(number ? words.unfold : words.fold, { label, count });
    button.setAttribute("aria-pressed", String(number === 1));
    for (const box of new Set(Object.values(folds))) opens(parts.get(`g${box}`), button);
    place.style.minHeight = `${place.getBoundingClientRect().height}px`; // nothing below moves
    place.replaceChildren(svg);
  };
  const turn = () => {
    show(button.getAttribute("aria-pressed") === "true" ? 0 : 1);
    session.tell();
  };
  show(0);
  keepReachable(place, words.view);
  keepInSight(place, session, fit);
  const describe = () =>
    place.querySelector("svg")?.setAttribute("aria-label", spokenPicture(session, words));
  const describeFirst = () => place.querySelector("svg[aria-label]") || describe();
  place.addEventListener("veil", describe);
  return { root, describe, describeFirst };
}

const widthOf = (svg) => Number(svg.getAttribute("viewBox").split(" ")[2]);

// A folded gate opens at a click.
function opens(gate, button) {
  gate.classList.add("folded");
  gate.addEventListener("click", () => button.click());
}

// The whole of a picture that is larger than its place, small; or its numbers large, to scroll.
function fitButton(place, words) {
  const turn = () => {
    fit.setAttribute("aria-pressed", String(place.classList.toggle("whole")));
    place.onscroll?.();
  };
  const fit = buttonFor(words.fit, turn, { hidden: true, "aria-pressed": "false" });
  return fit;
}

// What depends on the size of its place: where a picture begins, and whether it can be made whole.
function keepInSight(place, session, fit) {
  let isPlaced = false;
  new ResizeObserver(() => {
    if (!isPlaced) showStart(place, session.wires[0]);
    isPlaced = true;
    place.onscroll?.();
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = place;
    const isLarger = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
    const isUseful = isLarger || place.classList.contains("whole");
    fit.hidden = place.closest(".for-class") !== null || !isUseful;
  }).observe(place);
}

// A picture that is higher than its place begins at its first input.
function showStart(place, wire) {
  const svg = place.querySelector("svg");
  const scale = svg.getBoundingClientRect().width / widthOf(svg);
  place.scrollTop = (cellsOf(wire).rule + originOf(wire)[1]) * scale - place.clientHeight / 2;
}

// Does a question beside the picture still hide its gradients? hall.css does so for the eye.
const isVeiled = (place) =>
  place.closest(".jp-Cell, .scene")?.querySelector('.ask-view[data-veil="on"]') != null;

// The picture in one sentence, with the numbers that it shows now.
export function spokenPicture({ wires, place }, words) {
  const shown = isVeiled(place) ? () => "" : gradientOf;
  const own = wires.filter((wire) => wire.role === "wire");
  const chosen = own.length > MOST_SPOKEN ? [...own.slice(0, MOST_SPOKEN - 1), own.at(-1)] : own;
  const parts = chosen.map((wire) => {
    const facts = { name: wire.name, value: valueOf(wire), gradient: shown(wire) };
    return fill(facts.gradient ? words.said_wire : words.said_value, facts);
  });
  return fill(words.picture, { parts: parts.join("; ") });
}
