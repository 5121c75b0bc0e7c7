// The sentences of a quiz, filled with names and numbers. The sentences themselves stand in
// words/.

import { asGiven, formatNumber, signed } from "../core/format.js";
import { fill } from "../core/page_parts.js";
import { compileProgram } from "../program/program.js";

const NUDGE = 0.01; // as in the trees of blank.nudge

/** A length is a whole number. */
export const digitsOf = ({ kind }, { settings }) => (kind === "size" ? 0 : settings.digits);

export function blankFacts(blank, words) {
  return { ...blank.facts, label: fill(words.quiz_label[blank.kind], blank.facts) };
}

// What is said of an answer: right, with a remark on rounding; or its reason and what a nudge
// measures.
export function verdictLines(session, blank, answer, verdict, words) {
  const number = formatNumber(verdict.truth, digitsOf(blank, session));
  const facts = { ...blankFacts(blank, words), answer: asGiven(answer), number };
  if (verdict.right)
    return [fill(words.quiz_right, facts), verdict.rounded ? fill(words.quiz_rounded, facts) : ""];
  const isForward = blank.kind === "value" || blank.kind === "size";
  const unknown = isForward ? "unknown_value" : "unknown";
  return [
    fill(words.quiz_wrong, facts),
    because(verdict.reason ?? unknown, words),
    blank.nudge ? nudgeLine(session, blank, words) : fill(words.quiz_look[blank.kind], facts),
  ];
}

// The sentence of a reason; of two, the first sentence of each: what the number is.
function because(reason, { reasons }) {
  const codes = reason.split(" or ");
  if (codes.length === 1) return reasons[reason];
  const whatItIs = (code) => `${reasons[code].split(". ")[0].replace(/\.$/, "")}.`;
  const [first, second] = codes.map(whatItIs);
  return fill(reasons.two, { first, second });
}

// Change of f over change of x, as a measurement: the passes run again with one value nudged.
function nudgeLine(session, blank, words) {
  const output = ["sum", session.program.values.at(-1)]; // of one number, the number
  const change = nudged(session, blank.nudge)(output) - session.look(output);
  const facts = { ...blank.facts, step: `+${NUDGE}`, change: signed(change) };
  return fill(words.quiz_nudge, facts);
}

function nudged({ program, inputs, lookAt }, [name, tree]) {
  if (name in inputs) return lookAt({ ...inputs, [name]: lookAt(inputs)(tree) });
  const lines = program.lines.map((line) => (line[0] === name ? [name, tree] : line));
  return compileProgram({ ...program, lines })(inputs);
}

export function hintLines(session, blank, words) {
  const { look, settings } = session;
  const local = blank.local === undefined ? "" : formatNumber(look(blank.local), settings.digits);
  const facts = { ...blankFacts(blank, words), local };
  return words.quiz_hint_lines[blank.kind].map((line) => fill(line, facts));
}

export function truthLine(session, blank, words) {
  const number = formatNumber(session.look(blank.truth), digitsOf(blank, session));
  return fill(words.quiz_truth, { ...blankFacts(blank, words), number });
}
