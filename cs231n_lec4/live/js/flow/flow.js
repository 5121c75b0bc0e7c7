// Numbers that run along wires, each in a bead. What a bead carries and where it runs is given; no
// step and no graph is known here.

import { beadOf } from "./bead.js";
import { sharesOf } from "./ways.js";

const EASE = "cubic-bezier(0.45, 0.05, 0.35, 1)"; // of a whole way: it starts and ends gently

/** @import { Bead } from "./bead.js" */
/** @import { Point } from "./ways.js" */

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
