// Forward, then backward, one gate at a time: the gate is ringed, its formula stands below.

import { asGiven } from "../core/format.js";
import {
  gradientMath,
  math,
  nameMath,
  numberMath,
  sign,
  tableMath,
  treeMath,
  withRole,
} from "./formula.js";
import { element, fill } from "../core/page_parts.js";
import { send } from "../core/send.js";
import { stepSentences } from "./spoken.js";
import { changesAt, mountLosses, recordAt, roundsOf, updateRow } from "./updates.js";
import { gradientOf, numberText, valueOf } from "../graph/wires.js";

export function mountSteps(session, words) {
  const { model } = session;
  const steps = model.get("steps");
  const rounds = roundsOf(session);
  const updates = session.settings.update;
  const buttons = stepButtons(words, rounds, (change) => goTo(change(model.get("place"))));
  const count = element("span", { class: "step-count" });
  const title = element("p", { class: "step-title" });
  const formula = formulaPlace(words);
  const table = element("table", { class: "node-table" });
  const scroll = element("div", {
    class: "scroll",
    tabindex: "0",
    role: "group",
    "aria-label": words.node,
  });
  scroll.append(table);
  const label = `${words.steps}. ${words.step_keys}`;
  const bar = element("div", {
    class: "step-bar",
    role: "toolbar",
    "aria-label": label,
    title: words.step_keys,
  });
  bar.append(...buttons, count, title);
  const losses = updates ? mountLosses(session, words) : null;
  const root = element("div", { class: "steps" }, bar, ...(losses ? [losses.root] : []), formula);
  root.append(scroll);

  const goTo = (place) => {
    const target = rounds.within(place);
    send(model, updates ? changesAt(session, rounds, target) : { place: target });
  };
  const show = () => {
    const place = model.get("place");
    const { round, step: number, known } = rounds.at(place);
    const step = steps[number - 1];
    session.record = updates && recordAt(session, rounds, place);
    buttons.forEach((button, k) => setIdle(button, place === (k < 2 ? 0 : rounds.last)));
    const counted = updates ? words.step_count_round : words.step_count;
    count.textContent = fill(counted, { round, place: number, all: steps.length });
    title.textContent = titleOf(session, step, words);
    formula.replaceChildren(...(step ? formulasOf(session, step, words) : []));
    hideLaterNumbers(session, known);
    losses?.show();
    ring(session, step);
    fillTable(session, table, step, words);
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
    return stepSentences(session, step, words).join(" ");
  };
  return { root, show, keys: stepKeys(goTo, model, rounds), said };
}

const hasExploded = ({ settings, model }) => settings.update && model.get("overflow");

function titleOf(session, step, words) {
  if (hasExploded(session)) return words.step_update_overflow;
  return step ? fill(words[`step_${step.kind}`], factsOf(session, step)) : words.step_begin;
}

// Not `disabled`: a button that is disabled loses the focus, and with it the keys of the view.
function setIdle(button, idle) {
  button.setAttribute("aria-disabled", String(idle));
}

export function formulaPlace(words) {
  return element("div", {
    class: "formula",
    tabindex: "0",
    role: "group",
    "aria-label": words.formula,
  });
}

function stepButtons(words, rounds, go) {
  const moves = [
    ["|◀", words.step_first, rounds.start],
    ["◀", words.step_back, (place) => place - 1],
    ["▶", words.step_next, (place) => place + 1],
    ["▶|", words.step_last, rounds.end],
  ];
  return moves.map(([sign, label, change]) => {
    const button = element("button", { type: "button", "aria-label": label, title: label }, sign);
    button.addEventListener("click", () => go(change));
    return button;
  });
}

// Arrow keys step; Home goes to the first step of all, End to the end of a round. A slider or a text
// box keeps its own keys.
function stepKeys(goTo, model, rounds) {
  const moves = {
    ArrowLeft: (place) => place - 1,
    ArrowRight: (place) => place + 1,
    Home: rounds.start,
    End: rounds.end,
  };
  return (event) => {
    if (!(event.key in moves) || event.target.matches("input, select, textarea, .array")) return;
    event.preventDefault();
    goTo(moves[event.key](model.get("place")));
  };
}

function factsOf(session, step) {
  const row = step.rows[0];
  const gate = session.parts.get(`g${step.node}`)?.querySelector("text")?.textContent;
  return { node: session.nodeNames[step.node], of: session.nodeNames[row.of ?? 0], gate };
}

// ── the picture at this moment ──

function hideLaterNumbers(session, place) {
  for (const wire of session.wires) {
    const [value, gradient] = session.model.get("shown_from")[wire.id];
    if (value > place) wire.lines.value = [];
    if (gradient === null || gradient > place) wire.lines.gradient = [];
  }
}

function ring(session, step) {
  for (const part of session.parts.values()) part.classList.remove("lit");
  if (!step) return;
  const gate = session.parts.get(
    step.kind === "sum" ? `f${step.node}` : `g${session.boxOf(step.node)}`,
  );
  const nodes = step.kind === "update" ? step.rows.map((row) => row.to) : [step.node];
  const own = session.wires.filter((w) => nodes.includes(w.node) && w.role === "wire");
  const inputs = session.wires.filter((w) => w.gate === step.node);
  const wires = step.kind === "forward" || step.kind === "backward" ? [...own, ...inputs] : own;
  for (const part of [gate, ...wires.map((wire) => wire.group)]) part?.classList.add("lit");
}

// Where the picture is larger than its place, it scrolls to the gate of the step.
function followStep({ parts, place, putOnPage }) {
  const lit = [...parts.values()].find((part) => part.matches(".gate.lit, .fork.lit"));
  if (!lit) return;
  putOnPage(lit);
  const gate = lit.getBoundingClientRect();
  const window = place.getBoundingClientRect();
  if (gate.left < window.left || gate.right > window.right)
    place.scrollLeft += (gate.left + gate.right - window.left - window.right) / 2;
  if (gate.top < window.top || gate.bottom > window.bottom)
    place.scrollTop += (gate.top + gate.bottom - window.top - window.bottom) / 2;
}

function fillTable(session, table, step, words) {
  const own = session.wires.filter((wire) => wire.role === "wire");
  const lit = step ? new Set([step.node, ...step.rows.map((row) => row.to)]) : new Set();
  const cells = (head, text, kind) => [
    element("th", { scope: "row" }, head),
    ...own.map((w) => element("td", { class: lit.has(w.node) ? `${kind} lit` : kind }, text(w))),
  ];
  table.replaceChildren(
    element("tr", {}, ...cells(words.node, (w) => w.name, "name")),
    element("tr", {}, ...cells(words.value, valueOf, "value")),
    element("tr", {}, ...cells(words.gradient, gradientOf, "gradient")),
  );
}

// ── the formula ──

// One table, its rows aligned; in a hall the rows stand beside each other, so that they take one
// line.
export function formulasOf(session, step, words) {
  if (!session.program && step.kind !== "update") return step.rows.map(codeRow);
  const rows = step.rows.map((row) => stepRow(session, step, row, words));
  return session.inClass ? rows.map((row) => tableMath([row])) : [tableMath(rows)];
}

// Where only Python can compute the gate: its lines of code, and the shapes in them.
function codeRow({ code, shapes }) {
  const listed = shapes.map(([name, shape]) => element("span", {}, `${name} ${shape}`));
  return element("div", { class: "code-row" }, element("code", {}, code), ...listed);
}

function stepRow(session, step, row, words) {
  if (step.kind === "update") return updateRow(session, row, session.record);
  const rows = { forward: forwardRow, start: startRow, backward: backwardRow, sum: sumRow };
  return rows[step.kind](session, row, words);
}

const named = (tree) =>
  typeof tree === "string" ? nameMath(tree) : numberMath(asGiven(tree), true);

function counted({ look, settings }) {
  return (tree, inProduct) => numberMath(numberText(look(tree), settings), inProduct);
}

function forwardRow(session, row) {
  const count = counted(session);
  return [
    nameMath(session.nodeNames[row.node]),
    sign("="),
    treeMath(row.tree, named),
    sign("="),
    treeMath(row.tree, count),
    sign("="),
    count(session.program.values[row.node]),
  ];
}

function startRow(session, row) {
  const name = session.nodeNames[row.to];
  return [gradientMath(name, name), sign("="), numberMath("1")];
}

// ∂f/∂x = ∂f/∂q · ∂q/∂x = (−4) · 1 = −4, the roles below the factors.
function backwardRow(session, row, words) {
  const names = session.nodeNames;
  const count = counted(session);
  const loss = row.loss ?? names[row.of];
  const left = withRole(gradientMath(loss, names[row.to]), words.downstream);
  const end = [sign("="), count(row.downstream)];
  if (row.local === null)
    return [
      left,
      sign("="),
      treeMath(row.tree, named),
      sign("="),
      treeMath(row.tree, count),
      ...end,
    ];
  const upstream = withRole(gradientMath(loss, names[row.through]), words.upstream);
  const local = withRole(gradientMath(names[row.through], names[row.to]), words.local);
  const numbers = math("mrow", count(row.upstream, true), sign("·"), count(row.local, true));
  const product = math("mrow", upstream, sign("·"), local);
  return [left, sign("="), product, sign("="), numbers, ...end, ...rule(session, row, words)];
}

// Where the local gradient has letters in it, they are shown: ∂f/∂q = z.
function rule(session, row, words) {
  if (!hasLetters(row.local)) return [];
  const names = session.nodeNames;
  const left = gradientMath(names[row.through], names[row.to]);
  const aside = math(
    "mrow",
    math("mtext", words.because),
    left,
    sign("="),
    treeMath(row.local, named),
  );
  aside.classList.add("aside");
  return [aside];
}

function hasLetters(tree) {
  if (Array.isArray(tree)) return tree[0] !== "if" && tree.slice(1).some(hasLetters);
  return typeof tree === "string";
}

function sumRow(session, row) {
  const names = session.nodeNames;
  const count = counted(session);
  const terms = row.shares.flatMap((share, k) =>
    k ? [sign("+"), count(share, true)] : [count(share, true)],
  );
  return [
    gradientMath(names[row.of], names[row.to]),
    sign("="),
    math("mrow", ...terms),
    sign("="),
    count(row.total),
  ];
}
