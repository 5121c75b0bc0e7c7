// Training in a saved page: the steps of lessons/trainer.py by the browser's own program, and the
// numbers that live/training_numbers.py sends where there is a kernel.

import { arrayOf, descended, listsOf } from "../program/arrays.js";
import { short } from "../core/format.js";
import { fill } from "../core/page_parts.js";
import { compileProgram, gradientOfInput } from "../program/program.js";

const SLICE = 20; // milliseconds of work before the page may do something else
const BETWEEN_PICTURES = 120; // milliseconds
const AT_MOST = 20000; // steps of one Start
const MOST_POINTS = 200; // of the loss curve
const HIGHEST = 1e4; // times the limit of a healthy loss: no loss stands higher in the curve

// ── steps ──

/** A training that can be stepped and reset. `record` is always one whole step. */
export function trainingOf(lesson) {
  const run = compileProgram(lesson.program);
  const names = lesson.layers.flat();
  const training = { lesson, names, scoresAt: scoresOf(lesson), exploded: null };
  training.take = (step, net, regularisation) => {
    const look = run({ ...net, regularisation });
    const gradient = (name) => look(gradientOfInput(lesson.program, name));
    const grads = Object.fromEntries(names.map((name) => [name, gradient(name)]));
    const record = { step, net, grads, loss: look(lesson.program.values.at(-1)), look };
    const isWell = step === 0 || isHealthy(record, lesson.diverged);
    training.exploded = isWell ? null : record.loss;
    if (isWell) training.record = record;
    return isWell;
  };
  const begin = (step, net, losses, regularisation) => {
    training.take(step, arraysOf(net), regularisation);
    training.losses = losses ?? [[step, training.record.loss]];
  };
  begin(lesson.now.step, lesson.now.net, [...lesson.losses], lesson.regularisation ?? 0);
  training.reset = (regularisation) => begin(0, lesson.first, null, regularisation);
  return training;
}

const arraysOf = (net) =>
  Object.fromEntries(Object.entries(net).map(([name, lists]) => [name, arrayOf(lists)]));

/** One step of gradient descent. False when the loss explodes; then the net stays. */
export function oneStep(training, { rate, regularisation }) {
  const { step, net, grads } = training.record;
  const moved = training.names.map((name) => [name, descended(net[name], rate, grads[name])]);
  const isWell = training.take(step + 1, Object.fromEntries(moved), regularisation);
  if (isWell) training.losses.push([step + 1, training.record.loss]);
  return isWell;
}

const isHealthy = ({ loss, grads }, limit) =>
  loss < limit && Object.values(grads).every(({ data }) => data.every(Number.isFinite));

// The lines up to the scores are a program of their own: for any points x.
function scoresOf({ program, scores, x }) {
  const last = program.lines.findIndex(([name]) => name === scores);
  const { [x]: _, ...constants } = program.constants;
  const inputs = [...program.inputs, x];
  const run = compileProgram({ inputs, constants, lines: program.lines.slice(0, last + 1) });
  return (net, points) => run({ ...net, regularisation: 0, [x]: points })(scores);
}

// ── what is shown of a step ──

/** The traits that change with a step. */
export function shownOf(training, scene, words, inClass) {
  const facts = factsOf(training, scene);
  return {
    answers: answersOf(training, scene),
    status: fill(inClass ? words.status_in_class : words.status, facts),
    alt: fill(words.alt, facts),
    frame: frameOf(training, scene),
  };
}

function frameOf({ record, lesson, losses, exploded }, { edge }) {
  const shown = sampled(losses);
  if (exploded !== null) shown.push([record.step + 1, topped(exploded, lesson.diverged)]);
  return {
    step: record.step,
    losses: shown,
    lines: lesson.layers.length > 1 ? unitLines(record.net, edge) : [],
    weights: lesson.layers.map(([W]) => lengthOf(record.net[W])),
    grads: lesson.layers.map(([W]) => lengthOf(record.grads[W])),
  };
}

const topped = (loss, limit) => (loss < limit * HIGHEST ? loss : limit * HIGHEST);

function sampled(items) {
  const gap = (items.length - 1) / (MOST_POINTS - 1);
  if (gap <= 1) return [...items];
  return Array.from({ length: MOST_POINTS }, (_, k) => items[Math.round(k * gap)]);
}

const lengthOf = ({ data }) => Math.sqrt(data.reduce((total, x) => total + x * x, 0));

// For each unit of the first layer, two ends of the line w · x + b = 0.
function unitLines({ W1, b1 }, edge) {
  const units = b1.data.length;
  return Array.from(b1.data, (b, k) => {
    const [u, v] = [W1.data[k], W1.data[units + k]];
    const length = Math.hypot(u, v) + 1e-12;
    const [x, y] = [(-b * u) / length ** 2, (-b * v) / length ** 2];
    const [dx, dy] = [(-3 * edge * v) / length, (3 * edge * u) / length];
    return [x - dx, y - dy, x + dx, y + dy];
  });
}

// The colours of the map: the top row first, three bytes for each cell.
function answersOf({ scoresAt, record, lesson }, { cells, edge }) {
  const tick = (k) => -edge + (2 * edge * k) / (cells - 1);
  const at = (k) => [tick(k % cells), tick(cells - 1 - Math.floor(k / cells))];
  const points = Array.from({ length: cells * cells }, (_, k) => at(k));
  const rows = listsOf(scoresAt(record.net, points));
  const mixed = rows.flatMap((scores) => {
    const shares = softmax(scores);
    const mix = (part) => shares.reduce((sum, p, k) => sum + p * lesson.colours[k][part], 0);
    return [0, 1, 2].map(mix);
  });
  return Uint8Array.from(mixed, (part) => Math.round(255 * part));
}

function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((x, y) => x + y);
  return powers.map((power) => power / total);
}

function factsOf({ record, lesson, losses }, { guessing }) {
  const rows = listsOf(record.look(lesson.scores));
  const isRight = (scores, k) => scores.indexOf(Math.max(...scores)) === lesson.labels[k];
  const right = rows.filter(isRight);
  const sizes = (arrays) => lesson.layers.map(([W]) => short(lengthOf(arrays[W]))).join(", ");
  return {
    step: record.step,
    loss: short(record.loss),
    first: short(losses[0][1]),
    percent: ((100 * right.length) / rows.length).toFixed(0),
    classes: lesson.colours.length,
    guessing: short(guessing),
    weights: sizes(record.net),
    grads: sizes(record.grads),
  };
}

// ── Start, One step, Stop ──

/** In the place of the kernel: answers buttons, and sets the traits that the view watches. */
export function startTrainer(model, words) {
  const chosen = () => model.get("chosen");
  const own = { lesson: model.get("lesson"), scene: model.get("scene") };
  const nets = { ...model.get("others"), [chosen().data]: own };
  const begun = ({ data, regularisation }) => trainingOf({ ...nets[data].lesson, regularisation });
  let training = begun(chosen());
  let { data } = chosen();
  let isStopped = true;
  let lastWords = ""; // what is said in the place of how a run ended
  const show = () => {
    const [scene, inClass] = [model.get("scene"), model.get("class_mode")];
    const { alt, ...moving } = shownOf(training, scene, words, inClass);
    for (const [name, value] of Object.entries(moving)) model.set(name, value);
    if (isStopped) model.set("alt", alt); // a screen reader hears of a step when it rests
  };
  const say = (code) => (code ? fill(words[code], { step: training.record.step }) : "");
  const step = () => {
    const isWell = oneStep(training, chosen());
    show();
    model.set("said", say(isWell ? "" : "diverged"));
  };

  async function start() {
    [isStopped, lastWords] = [false, ""];
    model.set("running", true);
    model.set("said", say("started"));
    const last = training.record.step + AT_MOST;
    let ending = "stopped";
    while (!isStopped && ending === "stopped") {
      const begun = performance.now();
      ending = await onePicture(training, chosen, last, () => isStopped);
      show();
      while (!isStopped && performance.now() < begun + BETWEEN_PICTURES) await pause(SLICE);
    }
    isStopped = true;
    show();
    model.set("said", say(lastWords || ending));
    model.set("running", false);
  }

  const beginAgain = (code) => {
    [isStopped, lastWords] = [true, code];
    training.reset(chosen().regularisation);
    show();
    model.set("said", say(code));
  };
  model.on("change:chosen", () => {
    if (chosen().data === data) return; // the others count from the next step on
    data = chosen().data;
    training = begun(chosen());
    model.set("scene", nets[data].scene);
    beginAgain("new_net");
  });
  const reset = () => beginAgain("was_reset");
  const acts = { start, step, stop: () => (isStopped = true), reset };
  return (name) => acts[name]();
}

// The steps of one picture, at most a slice of them at a time.
async function onePicture(training, chosen, last, isStopped) {
  const goal = Math.min(last, training.record.step + chosen().pace);
  let begun = performance.now();
  while (training.record.step < goal && !isStopped()) {
    if (!oneStep(training, chosen())) return "diverged";
    if (performance.now() - begun < SLICE) continue;
    await pause(0);
    begun = performance.now();
  }
  return training.record.step >= last ? "finished" : "stopped";
}

const pause = (milliseconds) => new Promise((then) => setTimeout(then, milliseconds));
