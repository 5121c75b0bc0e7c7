// Numbers that run along wires, each in a bead. What a bead carries and where it runs is given; no
// step and no graph is known here.

import { shape } from "../core/page_parts.js";
import { sharesOf } from "./ways.js";

const SMALL = 0.8; // the digits of a bead that stands: it holds a whole product
const EASE = "cubic-bezier(0.45, 0.05, 0.35, 1)"; // of a whole way: it starts and ends gently

/** @import { Point } from "./ways.js" */

/**
 * @typedef {object} Bead
 * @property {string} text
 * @property {"value" | "gradient"} side whose colour it has
 * @property {Point[]} way a single point: it stands there
 */

/**
 * Beads that run, or stand, at the same time.
 * @typedef {object} Stage
 * @property {Bead[]} beads
 * @property {number} time in milliseconds
 */

/**
 * Stages are run one after the other. A reader who asked for less motion sees none of them.
 * @param {() => SVGElement} layerOf the part of the picture that beads are put on
 * @param {number} size of the digits, in the picture's own units
 */
export function mountFlow(layerOf, size) {
  /** @type {(() => void) | null} */
  let end = null;
  /**
   * @param {Stage[]} stages
   * @param {() => void} then what the end of the last stage brings about
   */
  const run = (stages, then) => {
    const layer = layerOf();
    const rest = isCalm() ? [] : [...stages];
    /** @type {Animation[]} */
    let moving = [];
    const clear = () => {
      moving.forEach((one) => one.cancel());
      layer.replaceChildren();
    };
    end = () => {
      end = null;
      clear();
      then();
    };
    const go = () => {
      const stage = rest.shift();
      if (!stage) return end?.();
      clear();
      moving = stage.beads.map((bead) => start(layer, bead, stage.time, size));
      moving[0].onfinish = go;
    };
    go();
  };
  return { size, run, finish: () => end?.(), isRunning: () => end !== null };
}

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function start(layer, bead, time, size) {
  const part = beadOf(bead, size);
  layer.append(part);
  return part.animate(framesOf(bead.way), { duration: time, easing: EASE, fill: "both" });
}

/**
 * A way as key frames: equally fast on each of its lines.
 * @param {Point[]} way
 */
export function framesOf(way) {
  const points = way.length > 1 ? way : [way[0], way[0]];
  const shares = sharesOf(points);
  return points.map(([x, y], k) => ({
    offset: shares[k],
    transform: `translate(${x}px, ${y}px)`,
  }));
}

/**
 * The width of a bead, in the picture's own units; `size` is that of the digits.
 * @param {Bead} bead
 * @param {number} size
 */
export function beadWidth(bead, size) {
  return (0.61 * bead.text.length + 0.8) * digitsOf(bead, size);
}

const digitsOf = ({ way }, size) => (way.length > 1 ? size : SMALL * size);

function beadOf(bead, size) {
  const digits = digitsOf(bead, size);
  const [width, height] = [beadWidth(bead, size), 1.35 * digits];
  const box = { x: -width / 2, y: -height / 2, width, height, rx: height / 2 };
  const text = { y: 0.36 * digits, "font-size": digits, "text-anchor": "middle" };
  const kind = bead.way.length > 1 ? "runs" : "stands";
  return shape(
    "g",
    { class: `bead of-${bead.side} ${kind}` },
    shape("rect", box),
    shape("text", text, bead.text),
  );
}
