// Update, the step after backward: each parameter moves against its gradient; Back undoes it.
// A place counts on over the rounds: with n steps a round, round r ends with its update at r · n.

import { arrayOf, descended, listsOf } from "../program/arrays.js";
import { element, fill } from "../core/page_parts.js";
import { gradientOfInput } from "../program/program.js";
import { numberText, valueOf } from "../graph/wires.js";

const WRITTEN = [3, 4]; // rows and columns of an array that a formula writes out
const IN_CLASS = [3, 3];
const LISTED = 5; // losses in the list

// Which round and step a place is, and how many steps of this round the numbers already show: after
// an update only the inputs are known again.
export function roundsOf(session) {
  const { model } = session;
  const updates = session.settings.update;
  const all = model.get("steps").length;
  const length = Math.max(1, all);
  const stays = endsEarly(session);
  const last = stays ? all - 1 : all * (updates?.rounds ?? 1);
  const at = (place) => {
    const round = Math.max(1, Math.ceil(place / length));
    return { round, step: place - (round - 1) * length, known: updates ? place % length : place };
  };
  const within = (place) => Math.max(0, Math.min(last, place));
  const start = () => 0; // the first step of all, in whatever round
  const end = (place) => within((Math.floor(place / length) + 1) * length);
  return { last, at, within, start, end, due: (place) => Math.floor(place / length) };
}

// A saved page has no Python to update arrays.
const endsEarly = ({ settings, model, program }) => settings.update && model.saved && !program;

// What changes with a move to this place. Arrays are updated by Python.
export function changesAt(session, rounds, place) {
  const { model, program, settings } = session;
  const due = rounds.due(place);
  const trail = [...model.get("trail")];
  if (trail.length === due) return { overflow: false, place };
  if (!program) {
    session.ask();
    return { place };
  }
  const numbers = { ...session.inputs };
  while (trail.length > due) Object.assign(numbers, trail.pop().before);
  while (trail.length < due) {
    const record = updateFrom(session, numbers, settings.update);
    if (!isFinite(record)) return { overflow: true };
    trail.push(record);
    Object.assign(numbers, record.after);
  }
  Object.assign(session.inputs, numbers);
  const moved = settings.update.names.map((name) => [`input_${name}`, numbers[name]]);
  return { trail, ...Object.fromEntries(moved), overflow: false, place };
}

// The loss, and each parameter before and after: w − rate · (gradient of L with respect to w).
function updateFrom({ program, lookAt }, numbers, { rate, names }) {
  const look = lookAt(numbers);
  const record = { loss: look(program.values.at(-1)), before: {}, grads: {}, after: {} };
  for (const name of names) {
    const grad = look(gradientOfInput(program, name));
    record.before[name] = numbers[name];
    record.grads[name] = listsOf(grad);
    record.after[name] = listsOf(descended(arrayOf(numbers[name]), rate, grad));
  }
  return record;
}

// What the update that comes next will find and make; Python alone knows it of arrays.
export function recordAhead(session) {
  const { settings, program, inputs } = session;
  return program && settings.update ? updateFrom(session, inputs, settings.update) : null;
}

function isFinite({ loss, after }) {
  return [loss, Object.values(after)].flat(Infinity).every(Number.isFinite);
}

// ── what is shown ──

// The update that led to this place; none while Python still computes it.
export function recordAt(session, rounds, place) {
  const trail = session.model.get("trail");
  return trail.length === rounds.due(place) ? trail.at(-1) : undefined;
}

// The cells of w ← w − 0.1 · ∂L/∂w = 2.00 − 0.1 · 3.00 = 1.70, for a number or for a small array.
export function updateCells({ nodeNames, record, inClass, settings }, row) {
  const before = record?.before[nodeNames[row.to]];
  if (!record || !isWritten(before, inClass ? IN_CLASS : WRITTEN)) return row.math;
  // In a hall the formulas stand beside each other: of two arrays, only the new ones have room.
  const isShort = inClass && settings.update.names.length > 1 && Array.isArray(before);
  return [...row.math, ...(isShort ? row.numbers.slice(-2) : row.numbers)];
}

/**
 * @param {any} value
 * @param {number[]} most
 */
function isWritten(value, [most, widest]) {
  if (!Array.isArray(value)) return true;
  const first = [value[0]].flat();
  return value.length <= most && first.length <= widest && !first.some(Array.isArray);
}

// The loss of each round, the newest last: "?" until this round's forward pass is done. A page that
// ends before the update says so.
export function mountLosses(session, words) {
  const root = element("p", { class: "step-losses" });
  const { last } = roundsOf(session);
  const show = () => {
    const output = session.wires.filter((wire) => wire.role === "wire").at(-1);
    const text = ({ loss }) => numberText(loss, session.settings);
    const losses = [...session.model.get("trail").map(text), valueOf(output) || "?"];
    const listed = losses.length > LISTED ? [losses[0], "…", ...losses.slice(2 - LISTED)] : losses;
    const facts = { of: output.name, losses: listed.join(" → ") };
    const isEnd = endsEarly(session) && session.model.get("place") === last;
    root.textContent = isEnd ? words.step_page_ends : fill(words.step_losses, facts);
  };
  return { root, show };
}
