// The cells of a picture that a quiz asks about: laid exactly over the wires' numbers, scaling
// with them.

import { element } from "../core/page_parts.js";
import { ruleOf } from "./wires.js";

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
  const add = (wireId, side, ...children) => {
    const cell = element("span", { class: `cell ${side}-cell` }, ...children);
    Object.assign(cell.style, place(svg, session.parts.get(wireId), side));
    sheet.append(cell);
    return cell;
  };
  return { join, add };
}

function place(svg, group, side) {
  const [x0, y0, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const { x1, x2, y } = ruleOf(group);
  const top = y - y0 + (side === "value" ? -HEIGHT - 0.5 : 0.9);
  return {
    left: `${(100 * (x1 - x0)) / width}%`,
    top: `${(100 * top) / height}%`,
    width: `${(100 * (x2 - x1)) / width}%`,
    height: `${(100 * HEIGHT) / height}%`,
  };
}

// Writes over a number of the picture: "?" where it is hidden, nothing where a box lies over it.
export function cover(session, { wire, side }, text) {
  session.wires.find(({ id }) => id === wire).lines[side] = [text];
}

export const sideOf = (blank) => (blank.kind === "value" ? "value" : "gradient");

// Numbers that nobody asks for, but that would give an open blank away.
export function coverLater(session, later, isOpen) {
  for (const record of later) if (record.until.some(isOpen)) cover(session, record, "?");
}
