// Small helpers to draw with SVG: single shapes, and the parts of charts.

import { shape } from "./page_parts.js";

// An SVG of this many units; it is never wider than the space it gets.
export function sheet(width, height, ...children) {
  const about = { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" };
  const made = shape("svg", about, ...children);
  made.style.setProperty("--natural-width", `${width}px`);
  return made;
}

/**
 * A function from numbers between `low` and `high` to places between `first` and `last`.
 * @param {number} low
 * @param {number} high
 * @param {number} first
 * @param {number} last
 * @returns {(number: number) => number}
 */
export function scale(low, high, first, last) {
  return (number) => first + ((number - low) / (high - low || 1)) * (last - first);
}

export function logScale(low, high, first, last) {
  const straight = scale(Math.log(low), Math.log(high), first, last);
  return (number) => straight(Math.log(Math.min(Math.max(number, low), high)));
}

// 1, 2, 5, 10, 20, 50, … between two numbers; where there are many, only 1, 10, 100, …
export function logTicks(low, high) {
  const few = Math.log10(high / low) > 1.7;
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const part of few ? [1] : [1, 2, 5]) ticks.push(Number(`${part}e${power}`));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

// About four round numbers from 0 to `high`.
export function ticks(high) {
  const power = 10 ** Math.floor(Math.log10(high / 3));
  const step = power * ([1, 2, 5].find((part) => high / (part * power) <= 4.5) ?? 10);
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, place) => place * step);
}

export function label(text, x, y, anchor = "middle", kind = "") {
  return shape("text", { x, y, "text-anchor": anchor, class: `chart-text ${kind}` }, String(text));
}

// A straight line.
export function ruleFrom(kind, x1, y1, x2, y2) {
  const from = [x1, y1];
  return stroke(kind, [from, [x2, y2]]);
}

/**
 * @param {string} kind
 * @param {number[][]} points
 */
export function stroke(kind, points) {
  const path = points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`);
  return shape("path", { d: path.join(""), class: `chart-line ${kind}` });
}
