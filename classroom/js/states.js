// The states of the three views of a graph, as Python makes them for a saved page: to move, to walk
// through, to be asked (live/graphs/).

import { formatNumber } from "../core/format.js";
import { compileProgram } from "../program/program.js";
import { gradientName } from "../graph/wires.js";
import { dotOf } from "./dot.js";
import { programOf } from "./flat.js";
import { sketchOf } from "./sketch.js";

export const DIGITS = 2;
const STEPS = 90; // a slider has at least so many steps

/** A graph with its program and its DOT text, which is what `layOut` needs. */
export function drawnOf(graph, facts) {
  const program = programOf(graph);
  const sketch = sketchOf(graph, program, { signs: facts.labels, words: facts.words });
  const inputs = inputsOf(graph);
  const look = compileProgram(program)(inputs);
  const text = (tree) => (tree === null ? "" : formatNumber(look(tree), DIGITS));
  const textsOf = (wire) => [text(program.values[wire.node]), text(gradientName(program, wire))];
  return { graph, program, sketch, inputs, dot: dotOf(sketch, textsOf, facts.dot) };
}

function inputsOf({ nodes }) {
  const inputs = nodes.filter(({ kind }) => kind === "input");
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}

/** The slider of one number: to both sides of it, wide enough to pass zero (base/sliders.py). */
export function controlOf(name, value) {
  const reach = Math.max(5, 2 * Math.abs(value));
  const [min, max] = [value - reach, value + reach];
  const step = 10 ** Math.floor(Math.log10((max - min) / STEPS));
  return { input: name, index: null, label: name, min, max, step };
}
