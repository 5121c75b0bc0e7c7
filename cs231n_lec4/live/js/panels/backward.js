// Backward in a picture with sliders: each press sends the gradient through one gate more.

import { keepsItsKeys } from "../core/keys.js";
import { buttonFor, element, named, setIdle } from "../core/page_parts.js";
import { stagesOf } from "./movement.js";
import { followStep, hideGradient, ring } from "../graph/moment.js";
import { stepSentences, titleOf } from "./steps.js";

export function mountBackward(session, words) {
  const { moves, known } = session.settings.backward;
  const { flow, inClass } = session;
  const face = inClass ? "▶" : `${words.backward} ▶`;
  const go = buttonFor(face, () => next(), named(words.backward, words.backward_keys));
  const all = buttonFor("▶|", () => leap(), named(words.backward_all));
  const title = element("p", { class: "step-title" });
  const root = element("div", { class: "step-bar backward" }, go, all, title);
  let place = moves.length; // how many moves have been made; at first, all
  let now; // the move that is told of

  const announce = (move) => {
    now = move;
    title.textContent = move ? titleOf(session, move, words) : "";
    ring(session, move);
    followStep(session);
  };
  const arrive = (number) => {
    place = number;
    session.tell();
  };
  const next = () => {
    if (flow.isRunning()) return flow.finish();
    if (place === moves.length) arrive(0);
    const number = place + 1;
    announce(moves[place]);
    flow.run(stagesOf(session, now), () => arrive(number));
  };
  const leap = () => {
    flow.finish();
    announce();
    arrive(moves.length);
  };
  const show = () => {
    for (const wire of session.wires) {
      wire.isLate = known[wire.id] > place; // no panel tells its gradient yet
      if (wire.isLate) hideGradient(wire);
    }
    setIdle(all, place === moves.length);
    if (now) ring(session, now); // also after a fold
  };
  const keys = (event) => {
    if (event.key !== "ArrowRight" || keepsItsKeys(event.target)) return;
    if (!go.checkVisibility({ visibilityProperty: true })) return; // a question is still open
    event.preventDefault();
    next();
  };
  const said = () => (now && !flow.isRunning() ? stepSentences(session, now).join(" ") : "");
  return { root, show, keys, said, isBar: true };
}
