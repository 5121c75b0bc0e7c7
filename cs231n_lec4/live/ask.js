// A question with four answers in words: vote, talk, vote again, reveal. For a hall, and by keys
// alone.

import { answerOf, keepKeys, takeKeys } from "./keys.js";
import { element, fill } from "./page_parts.js";
import { mountScene } from "./scene.js";
import { send } from "./session.js";

export function renderAsk({ model, el }) {
  const words = model.get("words");
  const letters = [..."ABCD"];
  const question = element("p", { class: "quiz-question" }, model.get("question"));
  const buttons = model.get("options").map((text, k) => {
    const sign = element("span", { class: "verdict" });
    const button = element(
      "button",
      { type: "button", class: "option" },
      element("b", {}, letters[k]),
      ` ${text} `,
      sign,
    );
    button.addEventListener("click", () => send(model, { vote: k }));
    return button;
  });
  const group = element(
    "div",
    { class: "options in-words", role: "group", "aria-label": words.quiz_options },
    ...buttons,
  );
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
  root.append(question, group, said, bar);
  el.replaceChildren(root);

  go.addEventListener("click", () => send(model, { revealed: !model.get("revealed") }));
  keepKeys(root, (event) => {
    const k = answerOf(event);
    if (k >= 0 && k < buttons.length) send(model, { vote: k });
  });
  takeKeys(root);
  mountScene(root);
  const show = () => {
    showAsk(model, words, letters, buttons, go, said);
    const isVeiled = model.get("look").veil && !model.get("revealed");
    root.dataset.veil = isVeiled ? "on" : "off";
  };
  for (const change of ["change:vote", "change:revealed"]) model.on(change, show);
  show();
  return () => ["change:vote", "change:revealed"].forEach((change) => model.off(change, show));
}

function showAsk(model, words, letters, buttons, go, said) {
  const [vote, revealed, right] = [model.get("vote"), model.get("revealed"), model.get("right")];
  buttons.forEach((button, k) => {
    button.setAttribute("aria-pressed", String(k === vote));
    button.classList.toggle("is-right", revealed && k === right);
    button.querySelector(".verdict").textContent = !revealed
      ? ""
      : k === right
        ? "✓"
        : k === vote
          ? "✗"
          : "";
  });
  go.textContent = revealed ? words.ask_again : words.quiz_reveal;
  const lines = revealed
    ? [model.get("because")[right], vote >= 0 && vote !== right ? model.get("because")[vote] : ""]
    : [];
  if (!revealed)
    lines.push(vote < 0 ? words.quiz_vote : fill(words.quiz_talk, { first: letters[vote] }));
  said.replaceChildren(...lines.filter(Boolean).map((text) => element("p", {}, text)));
}

export default { render: renderAsk };
