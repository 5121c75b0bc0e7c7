// The states of the three views of a graph, as Python makes them for a saved page: to move, to walk
// through, to be asked (live/graphs/).

import { formatNumber } from "../core/format.js";
import { compileProgram } from "../program/program.js";
import { gradientName } from "../graph/wires.js";
import { quizOf } from "./blanks.js";
import { dotOf } from "./dot.js";
import { programOf } from "./flat.js";
import { backwardMoves, chainOf, shownFrom, stepsOf } from "./moments.js";
import { sketchOf } from "./sketch.js";

export const DIGITS = 2;
const STEPS = 90; // a slider has at least so many steps

/** A graph with its program and its DOT text, which is what `layOut` needs. */
export function drawnOf(graph, facts) {
  const program = programOf(graph);
  const sketch = sketchOf(graph, { signs: facts.labels, words: facts.words });
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

/** What each view needs; `picture` is the laid-out SVG, as text. */
export function stateOf(kind, drawn, picture, facts, ask) {
  const { words, language } = facts;
  const { graph, program, sketch, inputs } = drawn;
  const chain = chainOf(drawn);
  const steps = stepsOf(drawn, chain, words);
  const common = {
    pictures: [{ svg: picture, wires: sketch.wires, folds: {} }],
    program,
    names: graph.names,
    controls: Object.entries(inputs).map(([name, value]) => controlOf(name, value)),
    start: inputs,
    frame: {},
    nameless: false,
    words: words.view,
    language,
    class_mode: false,
    kin: {},
    ...Object.fromEntries(Object.entries(inputs).map(([name, x]) => [`input_${name}`, x])),
  };
  const look = { digits: DIGITS, palette: "colour-blind", fold: [], bands: true, grab: true };
  return { ...common, ...KINDS[kind](drawn, chain, steps, look, facts, ask) };
}

const KINDS = {
  move(drawn, chain, steps, look) {
    const moves = backwardMoves(steps);
    const shown = Object.entries(shownFrom(drawn, chain, moves));
    const known = Object.fromEntries(shown.map(([wire, [, gradient]]) => [wire, gradient]));
    return { settings: { ...look, panels: ["backward", "nudge"], backward: { moves, known } } };
  },
  walk: (drawn, chain, steps, look) => ({
    settings: { ...look, panels: ["steps"], listing: [] },
    steps,
    shown_from: shownFrom(drawn, chain, steps),
    place: 0,
  }),
  quiz(drawn, chain, _steps, { digits, palette }, facts, ask) {
    const quiz = quizOf(drawn, chain, facts, ask);
    const asking = { ...facts.words.view, ...facts.words.quiz };
    const answers = Object.fromEntries(quiz.blanks.map(({ key }) => [key, null]));
    return { settings: { digits, palette, panels: ["quiz"] }, quiz, answers, words: asking };
  },
};
