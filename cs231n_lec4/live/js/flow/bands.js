// A band under a wire: its width is the size of the gradient. Width means nothing else.

import { shape } from "../core/page_parts.js";
import { pathOf } from "./ways.js";

export const MOST = 24; // pixels
const LEAST = 3;

/**
 * How wide the band of a gradient is, in pixels: 6 for 0.2, 11 for 1, 18 for 4.
 * @param {number} gradient
 */
export function bandWidth(gradient) {
  const width = LEAST + 4 * Math.log2(1 + 3 * Math.abs(gradient));
  return Number.isNaN(width) ? LEAST : Math.min(MOST, width);
}

// It lies in the group of the wire's first edge: below every number and every gate.
export function layBand(parts, { edges }, { left, right }) {
  const band = shape("path", { class: "band", d: pathOf([...left, ...right]) });
  parts.get(edges[0]).prepend(band);
  return band;
}

/**
 * None where no gradient is known; thin and dashed where it is 0.
 * @param {SVGElement} band
 * @param {number | null} gradient
 */
export function showBand(band, gradient) {
  const width = gradient === null ? "0" : `${bandWidth(gradient).toFixed(1)}px`;
  if (band.style.strokeWidth !== width) band.style.strokeWidth = width;
  band.classList.toggle("is-zero", gradient === 0);
}
