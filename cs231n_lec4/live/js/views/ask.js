// A question with four answers in words: vote, talk, vote again, reveal. For a hall, and by keys
// alone.

import { answerOf, keepKeys, takeKeys } from "../core/keys.js";
import { element, fill } from "../core/page_parts.js";
import { mountScene } from "../core/hall_keys.js";
import { send } from "../graph/session.js";

const LETTERS = [..."ABCD"];
const CHANGES = ["change:vote", "change:revealed"];

export function renderAsk({ model, el }) {
  const words = model.get("words");
  const view = askParts(model, words);
  el.replaceChildren(view.root);
  const vote = (k) => k in view.buttons && send(model, { vote: k });
  view.buttons.forEach((button, k) => button.addEventListener("click", () => vote(k)));
  view.go.addEventListener("click", () => send(model, { revealed: !model.get("revealed") }));
  keepKeys(view.root, (event) => vote(answerOf(event)));
  takeKeys(view.root);
  mountScene(view.root);
  const show = () => showAsk(model, words, view);
  CHANGES.forEach((change) => model.on(change, show));
  show();
  return () => CHANGES.forEach((change) => model.off(change, show));
}

function askParts(model, words) {
  const question = element("p", { class: "quiz-question" }, model.get("question"));
  const buttons = model.get("options").map((text, k) => {
    const sign = element("span", { class: "verdict" });
    const label = [element("b", {}, LETTERS[k]), ` ${text} `, sign];
    return element("button", { type: "button", class: "option" }, ...label);
  });
  const group = { class: "options in-words", role: "group", "aria-label": words.quiz_options };
  const go = element("button", { type: "button" });
  const said = element("div", { class: "quiz-said", role: "status" });
  const bar = element("div", { class: "quiz-bar" }, go);
  const root = element("div", {
    class: "cs231n-live for-class ask-view",
    "data-layout": model.get("look").layout,
    role: "group",
    "aria-label": words.ask,
    tabindex: "-1",
  });
  root.append(question, element("div", group, ...buttons), said, bar);
  return { root, buttons, go, said };
}

function showAsk(model, words, { root, buttons, go, said }) {
  const [vote, revealed, right] = [model.get("vote"), model.get("revealed"), model.get("right")];
  const signs = revealed ? { [vote]: "✗", [right]: "✓" } : {};
  buttons.forEach((button, k) => {
    button.setAttribute("aria-pressed", String(k === vote));
    button.classList.toggle("is-right", revealed && k === right);
    button.querySelector(".verdict").textContent = signs[k] ?? "";
  });
  go.textContent = revealed ? words.ask_again : words.quiz_reveal;
  const lines = revealed ? reasons(model, vote, right) : [invitation(words, vote)];
  said.replaceChildren(...lines.map((text) => element("p", {}, text)));
  const { veil, then } = model.get("look");
  root.dataset.veil = veil && !revealed ? "on" : "off";
  if (then) root.dataset.then = revealed ? "on" : "off";
}

const invitation = (words, vote) =>
  vote < 0 ? words.quiz_vote : fill(words.quiz_talk, { first: LETTERS[vote] });

// Why the right answer is right, and what the hall's own answer overlooks.
function reasons(model, vote, right) {
  const because = model.get("because");
  return vote < 0 || vote === right ? [because[right]] : [because[right], because[vote]];
}

export default { render: renderAsk };
