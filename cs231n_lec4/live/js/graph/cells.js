// The cells of a picture that a quiz asks about: laid exactly over the wires' numbers, scaling
// with them.

import { element } from "../core/page_parts.js";
import { arrayLines } from "../core/format.js";
import { placeIn } from "../program/strides.js";
import { entryPlace, originOf } from "./places.js";
import { gradientName } from "./wires.js";

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
  const add = (blank, ...children) => {
    const cell = element("span", { class: `cell ${sideOf(blank)}-cell` }, ...children);
    Object.assign(cell.style, place(svg, wireOf(session, blank), blank));
    sheet.append(cell);
    return cell;
  };
  return { join, add };
}

// Entries stand row by row, a vector as a column.
function place(svg, wire, blank) {
  const [x0, y0, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const [dx, dy] = originOf(wire);
  const [[row = 0, column = 0], [rows = 1, columns = 1]] = [blank.index ?? [], blank.grid ?? []];
  const cell = entryPlace(wire, sideOf(blank), row * columns + column, { rows, columns });
  const lift = sideOf(blank) === "value" ? -0.5 : 0.9; // a little away from the rule
  return {
    left: `${(100 * (cell.x + dx - x0)) / width}%`,
    top: `${(100 * (cell.y + dy - y0 + lift)) / height}%`,
    width: `${(100 * cell.width) / width}%`,
    height: `${(100 * Math.min(HEIGHT, cell.height)) / height}%`,
  };
}

const wireOf = ({ wires }, { wire }) => wires.find(({ id }) => id === wire);

/**
 * Covers the numbers of open blanks, and those that would give one away. An array that is asked
 * about shows only what was answered; where its shape is asked, it stays a shape.
 * @param {any} session
 * @param {{ blanks: any[], later: any[] }} quiz
 * @param {(key: string) => boolean} isOpen
 * @param {string} text in an open place: nothing where a box lies over it
 */
export function coverBlanks(session, { blanks, later }, isOpen, text) {
  for (const blank of blanks) {
    const { lines } = wireOf(session, blank);
    const asked = blanks.filter(({ wire }) => wire === blank.wire);
    if (blank.kind === "size") lines.value = [sizesOf(asked, isOpen, text)];
    else if (!isOpen(blank.key)) continue;
    else if (!blank.index) lines[sideOf(blank)] = [text];
    else lines.gradient = coveredLines(session, asked, isOpen, text);
  }
  for (const record of later)
    if (record.until.some(isOpen)) wireOf(session, record).lines[record.side] = ["?"];
}

// A shape in place of the array: 2 × ?
const sizesOf = (asked, isOpen, text) =>
  asked.map(({ key, truth }) => (isOpen(key) ? text : truth)).join(" × ");

function coveredLines(session, asked, isOpen, text) {
  const array = session.look(gradientName(session.program, wireOf(session, asked[0])));
  const keys = new Map(asked.map(({ index, key }) => [placeIn(index, array.shape), key]));
  const wide = (mark) => mark.padStart(MIDDLE).padEnd(WIDE);
  const coverOf = (k) => {
    if (!keys.has(k)) return wide("?");
    return isOpen(keys.get(k)) ? wide(text) : null;
  };
  return arrayLines(array, session.settings, coverOf);
}

/** @param {any} blank */
const sideOf = ({ kind }) => (kind === "value" || kind === "size" ? "value" : "gradient");
