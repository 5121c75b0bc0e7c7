// The cells of a picture that a quiz asks about: laid exactly over the wires' numbers, scaling
// with them.

import { element } from "../core/page_parts.js";
import { arrayLines } from "../core/format.js";
import { placeIn } from "../program/arrays.js";
import { gradientName, heightOf, ruleOf } from "./wires.js";

const [MIDDLE, WIDE] = [3, 5]; // characters: a "?" stands where its number would
const HEIGHT = 13; // of a number's cell, in the picture's own units

// Puts the picture on a sheet, and a layer for cells over it. Positions are percentages of the
// picture.
export function layCells(session) {
  const svg = session.wires[0].group.ownerSVGElement;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const sheet = element("div", { class: "sheet" });
  for (const name of svg.style) sheet.style.setProperty(name, svg.style.getPropertyValue(name));
  sheet.style.setProperty("--unit", `${100 / width}cqw`); // one unit of the picture
  sheet.style.setProperty("--ratio", String(width / height));
  const join = () => {
    if (svg.parentElement === sheet) return;
    svg.replaceWith(sheet);
    sheet.prepend(svg);
  };
  const add = ({ wire, index, ...blank }, ...children) => {
    const side = sideOf(blank);
    const cell = element("span", { class: `cell ${side}-cell` }, ...children);
    const one = session.wires.find(({ id }) => id === wire);
    Object.assign(cell.style, place(svg, one, side, index ?? [], blank.grid ?? []));
    sheet.append(cell);
    return cell;
  };
  return { join, add };
}

// Entries stand row by row, a vector as a column.
function place(svg, wire, side, [row = 0, column = 0], [rows = 1, columns = 1]) {
  const [x0, y0, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const { x1, x2, y } = ruleOf(wire.group);
  const [across, down] = [(x2 - x1) / columns, heightOf(wire) / rows];
  const top = y - y0 + (side === "value" ? -heightOf(wire) - 0.5 : 0.9) + row * down;
  return {
    left: `${(100 * (x1 - x0 + column * across)) / width}%`,
    top: `${(100 * top) / height}%`,
    width: `${(100 * across) / width}%`,
    height: `${(100 * Math.min(HEIGHT, down)) / height}%`,
  };
}

// Writes over a number of the picture: "?" where it is hidden, nothing where a box lies over it.
function cover(session, { wire, side }, text) {
  session.wires.find(({ id }) => id === wire).lines[side] = [text];
}

/**
 * The same for all open blanks. An array that is asked about shows only what was answered; where its
 * shape is asked, it stays a shape.
 * @param {any} session
 * @param {{ blank: any, isOpen: boolean }[]} asked
 * @param {string} text in an open place
 */
export function coverBlanks(session, asked, text) {
  for (const { blank, isOpen } of asked) {
    const { wire, index, kind } = blank;
    if (kind === "size") coverShape(session, ofWire(asked, wire), text);
    else if (!isOpen) continue;
    else if (!index) cover(session, { wire, side: sideOf(blank) }, text);
    else coverArray(session, ofWire(asked, wire), text);
  }
}

const ofWire = (asked, wire) => asked.filter(({ blank }) => blank.wire === wire);

// A shape in place of the array: 2 × ?
function coverShape(session, asked, text) {
  const sizes = asked.map(({ blank, isOpen }) => (isOpen ? text : blank.truth));
  cover(session, { wire: asked[0].blank.wire, side: "value" }, sizes.join(" × "));
}

function coverArray({ wires, look, program, settings }, asked, text) {
  const wire = wires.find(({ id }) => id === asked[0].blank.wire);
  const array = look(gradientName(program, wire));
  const open = new Map(
    asked.map(({ blank, isOpen }) => [placeIn(blank.index, array.shape), isOpen]),
  );
  const wide = (mark) => mark.padStart(MIDDLE).padEnd(WIDE);
  const coverOf = (k) => (open.has(k) ? (open.get(k) ? wide(text) : null) : wide("?"));
  wire.lines.gradient = arrayLines(array, settings, coverOf);
}

/** @param {any} blank */
const sideOf = ({ kind }) => (kind === "value" || kind === "size" ? "value" : "gradient");

// Numbers that nobody asks for, but that would give an open blank away.
export function coverLater(session, later, isOpen) {
  for (const record of later) if (record.until.some(isOpen)) cover(session, record, "?");
}
