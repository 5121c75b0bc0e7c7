// Forward, then backward, one gate at a time: the gate is ringed, its formula stands below.

import { fillerOf, tableMath } from "./formula.js";
import { lightTogether, mark, mountGateWalk, mountListing } from "./listing.js";
import { stagesOf } from "./movement.js";
import { keepsItsKeys } from "../core/keys.js";
import { buttonFor, element, fill, named, region, setIdle, th, tr } from "../core/page_parts.js";
import { isScalar } from "../program/program.js";
import { send } from "../core/send.js";
import { changesAt, mountLosses, recordAhead, recordAt, roundsOf, updateCells } from "./updates.js";
import { followStep, hideLaterNumbers, ring } from "../graph/moment.js";
import { gradientOf, numbersOf, valueOf, writeText } from "../graph/wires.js";

export function mountSteps(session, words) {
  const { model } = session;
  const steps = model.get("steps");
  const rounds = roundsOf(session);
  const updates = session.settings.update;
  const title = element("p", { class: "step-title" });
  const bar = stepBar(words, rounds, (change) => move(change), title);
  const formula = region("formula", words.formula);
  const table = nodeTable(session, words);
  const scroll = region("scroll", words.node, table.root);
  const losses = updates ? mountLosses(session, words) : null;
  const listing = mountListing(session, words);
  const told = element("div", { class: "told" }, formula, scroll, listing.root);
  const root = element("div", { class: "steps" }, bar.root, ...(losses ? [losses.root] : []), told);
  const lightAgain = lightTogether([session.place, told]);

  const goTo = (place) => {
    const target = rounds.within(place);
    send(model, updates ? changesAt(session, rounds, target) : { place: target });
  };
  // One step on is a movement; a press while it runs only ends it. Any other way is a leap.
  const move = (change) => {
    const isRunning = session.flow.isRunning();
    session.flow.finish();
    const place = model.get("place");
    const target = rounds.within(change(place));
    if (target !== place + 1) return goTo(target);
    if (!isRunning) flowTo(target);
  };
  const flowTo = (place) => {
    const step = steps[rounds.at(place).step - 1];
    announce(step);
    session.flow.run(stagesOf(session, step, recordAhead(session)), () => goTo(place));
  };
  const showGates = mountGateWalk(session, words);
  let marked; // the picture whose gates know already what they belong to
  const announce = (step) => {
    title.textContent = titleOf(session, step, words);
    formula.replaceChildren();
    ring(session, step);
    listing.light(step);
    followStep(session);
  };
  const show = () => {
    const place = model.get("place");
    const { round, step: number, known } = rounds.at(place);
    const step = steps[number - 1];
    session.record = updates && recordAt(session, rounds, place);
    const counted = updates ? words.step_count_round : words.step_count;
    bar.show(place, fill(counted, { round, place: number, all: steps.length }));
    title.textContent = titleOf(session, step, words);
    formula.replaceChildren(...(step ? formulasOf(session, step) : []));
    if (step && step.kind !== "start") markRows(formula, step);
    if (marked !== session.parts) {
      markPicture(session);
      showGates();
    }
    marked = session.parts;
    lightAgain();
    listing.light(step);
    hideLaterNumbers(session, known);
    losses?.show();
    ring(session, step);
    table.show(step);
  };
  session.listen("change:place", () => {
    session.tell();
    followStep(session);
  });
  if (updates) {
    session.begin = { trail: [], overflow: false, place: 0 };
    session.listen("change:trail", session.tell);
    session.listen("change:overflow", session.tell);
  }
  const said = () => {
    const step = steps[rounds.at(model.get("place")).step - 1];
    if (!step || hasExploded(session)) return title.textContent;
    return stepSentences(session, step).join(" ");
  };
  return { root, show, keys: bar.keys, said, isBar: true };
}

const hasExploded = ({ settings, model }) => settings.update && model.get("overflow");

export function titleOf(session, step, words) {
  if (hasExploded(session)) return words.step_update_overflow;
  return step ? fill(words[`step_${step.kind}`], factsOf(session, step)) : words.step_begin;
}

// Buttons and keys that step, and a count: Home goes to the first step of all, End to the end of a
// round. A slider or a text box keeps its own keys. `go` gets a function from place to place.
export function stepBar(words, { start, end, last }, go, ...told) {
  const moves = [
    ["|◀", "Home", words.step_first, start],
    ["◀", "ArrowLeft", words.step_back, (place) => place - 1],
    ["▶", "ArrowRight", words.step_next, (place) => place + 1],
    ["▶|", "End", words.step_last, end],
  ];
  const buttons = moves.map(([sign, , label, to]) => buttonFor(sign, () => go(to), named(label)));
  const count = element("span", { class: "step-count" });
  const about = named(`${words.steps}. ${words.step_keys}`, words.step_keys);
  const tools = { class: "step-bar", role: "toolbar", ...about };
  const root = element("div", tools, ...buttons, count, ...told);
  const show = (place, text) => {
    buttons.forEach((button, k) => setIdle(button, place === (k < 2 ? 0 : last)));
    count.textContent = text;
  };
  const keys = (event) => {
    const move = moves.find(([, key]) => key === event.key);
    if (!move || keepsItsKeys(event.target)) return;
    event.preventDefault();
    go(move[3]);
  };
  return { root, show, keys };
}

function factsOf(session, step) {
  const row = step.rows[0];
  const gate = session.parts.get(`g${session.boxOf(step.node)}`)?.querySelector("text")?.textContent;
  return { node: session.nodeNames[step.node], of: session.nodeNames[row.of ?? 0], gate };
}

// ── the picture and the table at this moment ──

// What lights together: the picture's gates and their wires, and the rows of the formula.
function markPicture({ parts, wires, boxOf }) {
  for (const { node, gate, slot, group } of wires) {
    const box = parts.get(`g${boxOf(node)}`);
    if (box) mark(box, { node });
    if (gate !== null) mark(group, { node: gate, slot });
  }
}

function markRows(formula, { kind, node, rows }) {
  const made = formula.querySelectorAll(":scope > math > mtable > mtr, :scope > .code-row");
  made.forEach((row, k) => mark(row, { node: node ?? rows[k].to, slot: rows[k].slot, pass: kind }));
}

// Name, value and gradient of every node. While a slider moves only texts change.
function nodeTable(session, words) {
  const root = element("table", { class: "node-table" });
  const textOf = { name: (wire) => wire.name, value: valueOf, gradient: gradientOf };
  const kinds = Object.keys(textOf);
  let shown = { wires: null, step: null };
  let columns = [];
  const build = () => {
    const own = session.wires.filter((wire) => wire.role === "wire");
    const cells = () => kinds.map((kind) => element("td", { class: kind }));
    columns = own.map((wire) => ({ wire, cells: cells() }));
    const heads = [words.node, words.value, words.gradient].map((name) => th("row", name));
    const rows = heads.map((head, k) => tr(head, ...columns.map((one) => one.cells[k])));
    root.replaceChildren(...rows);
  };
  const light = (step) => {
    const lit = step ? new Set([step.node, ...step.rows.map((row) => row.to)]) : new Set();
    for (const { wire, cells } of columns)
      cells.forEach((cell) => cell.classList.toggle("lit", lit.has(wire.node)));
  };
  const show = (step) => {
    const isNew = shown.wires !== session.wires;
    if (isNew) build();
    if (isNew || shown.step !== step) light(step);
    shown = { wires: session.wires, step };
    for (const { wire, cells } of columns)
      kinds.forEach((kind, k) => writeText(cells[k], textOf[kind](wire)));
  };
  return { root, show };
}

// ── the formula and the sentence ──

// One table, its rows aligned; in a hall the rows stand beside each other, so that they take one
// line.
export function formulasOf(session, step) {
  if (!isScalar(session.program) && step.kind !== "update") return step.rows.map(codeRow);
  const rows = step.rows.map((row) => {
    const cells = step.kind === "update" ? updateCells(session, row) : row.math;
    return cells.map(fillerAt(session, step, row).formula);
  });
  return session.inClass ? rows.map((row) => tableMath([row])) : [tableMath(rows)];
}

export function stepSentences(session, step) {
  return step.rows.map((row) => fillerAt(session, step, row).sentence(row.text));
}

// The holes of a row stand for trees of the program; those of an update for parts of its record;
// those of arrays for what stands on the wire, also on one that a fold hides.
function fillerAt(session, step, row) {
  const { look, program, record, nodeNames, model, settings } = session;
  const made = (part) => record?.[part]?.[nodeNames[row.to]];
  if (isScalar(program)) return fillerOf(step.kind === "update" ? made : look, settings);
  const isInto = ({ gate, slot }) => gate === step.node && slot === row.slot;
  const isOwn = ({ node, role }) => node === (step.node ?? row.to) && role === "wire";
  const wires = model.get("pictures")[0].wires;
  const now = numbersOf(session, wires.find(step.kind === "backward" ? isInto : isOwn));
  const text = { value: valueOf(now), gradient: gradientOf(now) };
  return fillerOf((part) => text[part] ?? made(part), settings);
}

// Where only Python can compute the gate: its lines of code, and the shapes in them.
function codeRow({ code, shapes }) {
  const listed = shapes.map(([name, shape]) => element("span", {}, `${name} ${shape}`));
  return element("div", { class: "code-row" }, element("code", {}, code), ...listed);
}
