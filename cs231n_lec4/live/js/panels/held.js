// What a gradient says, in the notebook's own numbers: a held input has moved by so much, so the
// output should change by gradient × change. Beside it, the output against this input.

import { fourDigits, signed } from "../core/format.js";
import { element, fill } from "../core/page_parts.js";
import { changesOf, numberAt } from "../graph/changes.js";
import { mountTrace } from "../graph/trace.js";
import { gradientOfInput } from "../program/program.js";

export function mountHeld(session, words) {
  const sentence = element("p", { class: "held-sentence" });
  const caption = element("p", { class: "held-caption" });
  const trace = mountTrace(session);
  const root = element("div", { class: "held" }, trace.root, element("div", {}, caption, sentence));
  const show = () => {
    const control = session.touched ?? session.controls[0];
    const isKnown = isGradientKnown(session, control);
    const gradients = session.look(gradientOfInput(session.program, control.input));
    const gradient = fourDigits(numberAt(gradients, control));
    const facts = { output: session.nodeNames.at(-1), input: control.label, gradient };
    trace.show(control, isKnown);
    caption.textContent = fill(isKnown ? words.trace : words.trace_alone, facts);
    sentence.textContent = sentenceOf(session, words);
  };
  const said = () => (session.held ? sentence.textContent : "");
  return { root, show, said };
}

// While Backward hides the gradient, nothing here tells it.
const isGradientKnown = ({ wires, program }, { input }) =>
  !wires.some((wire) => wire.isLate && wire.role === "wire" && program.values[wire.node] === input);

const hasIndex = ({ index }) => index !== null;

function sentenceOf(session, words) {
  const changes = changesOf(session);
  if (!changes?.step) return words[session.controls.some(hasIndex) ? "held_help_array" : "held_help"];
  const { program, nodeNames } = session;
  const { step } = changes;
  const gradient = numberAt(changes.before(gradientOfInput(program, changes.input)), changes);
  const isKnown = isGradientKnown(session, changes);
  return fill(isKnown ? words.held_sentence : words.held_change, {
    input: changes.label,
    output: nodeNames.at(-1),
    step: signed(step),
    factor: step < 0 ? `(${fourDigits(step)})` : fourDigits(step),
    gradient: fourDigits(gradient),
    expected: signed(gradient * step),
    change: signed(changes.real(program.values.at(-1))),
  });
}
