// A step as a sentence, with the numbers of this moment: the twin of the text part of steps.py.

import { asGiven } from "../core/format.js";
import { fill } from "../core/page_parts.js";
import { gradientOf, numberText, valueOf } from "../graph/wires.js";

const TEXT_BINDS = { "+": 1, "-": 1, "*": 2, "/": 2, neg: 3, "**": 4 };
const TEXT_SIGNS = { "+": " + ", "-": " − ", "*": " · ", "/": " / ", "**": "^" };

export function stepSentences(session, step, words) {
  return step.rows.map((row) => sentence(session, step, row, words));
}

function sentence(session, step, row, words) {
  const code = session.program === null;
  const facts = code ? codeOf(session, step, row) : numbersOf(session, step.kind, row);
  return fill((code ? words.said_code : words.said)[step.kind], {
    ...namesOf(session, row),
    ...facts,
  });
}

function namesOf({ nodeNames }, row) {
  const keys = ["node", "of", "to", "through"].filter((key) => key in row);
  return Object.fromEntries(keys.map((key) => [key, nodeNames[row[key]]]));
}

function codeOf({ wires }, step, row) {
  const wire = wires.find((w) => w.node === step.node && w.role === "wire");
  const shown = wire ? { value: valueOf(wire), gradient: gradientOf(wire) } : {};
  return { code: row.code, ...shown };
}

function numbersOf(session, kind, row) {
  const { look, program, settings } = session;
  const count = (tree) => numberText(look(tree), settings);
  const name = (tree) => (typeof tree === "string" ? tree : count(tree));
  if (kind === "forward") {
    const [formula, numbers] = [treeText(row.tree, name), treeText(row.tree, count)];
    return { formula, numbers, value: count(program.values[row.node]) };
  }
  if (kind === "backward") {
    const factors = row.local === null ? [] : [row.upstream, row.local];
    const numbers = factors.map((tree) => bracketed(count(tree))).join(" · ");
    return { numbers: numbers || treeText(row.tree, count), value: count(row.downstream) };
  }
  if (kind === "update") return updateOf(session, row);
  if (kind !== "sum") return {};
  const numbers = row.shares.map((share) => bracketed(count(share))).join(" + ");
  return { numbers, value: count(row.total) };
}

// The numbers of the update that was made last.
function updateOf({ record, nodeNames, settings }, row) {
  if (!record) return {};
  const text = (key) => numberText(record[key][nodeNames[row.to]], settings);
  const rate = bracketed(asGiven(settings.update.rate));
  return { rate, before: text("before"), grad: bracketed(text("grads")), after: text("after") };
}

// A tree as text; `leaf` gives the text of a name or a number. Negatives stand in brackets.
export function treeText(tree, leaf, binds = 0) {
  if (!Array.isArray(tree) || tree[0] === "number")
    return binds ? bracketed(leaf(tree)) : leaf(tree);
  let [operation, ...parts] = tree;
  if (operation in TEXT_SIGNS) return operationText(operation, parts, leaf, binds);
  if (operation === "neg") {
    const text = `−${treeText(parts[0], leaf, 3)}`;
    return binds ? `(${text})` : text;
  }
  if (operation === "call") [operation, ...parts] = parts;
  return `${operation}(${parts.map((part) => treeText(part, leaf)).join(", ")})`;
}

function operationText(operation, parts, leaf, binds) {
  const own = TEXT_BINDS[operation];
  const base = treeText(parts[0], leaf, own + (operation === "**"));
  const left = operation === "**" && /^\d.*e/.test(base) ? `(${base})` : base; // (9e−5)^2
  const right = treeText(parts[1], leaf, own + "-/**".includes(operation));
  const text = left + TEXT_SIGNS[operation] + right;
  return own < binds ? `(${text})` : text;
}

const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
