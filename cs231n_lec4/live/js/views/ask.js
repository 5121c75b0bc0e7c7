// A question with four answers in words: vote, talk, vote again or count hands, reveal. For a hall,
// and by keys alone.

import { mountHands } from "../core/hands.js";
import { answerOf } from "../core/keys.js";
import { mountView } from "../core/mount_view.js";
import { buttonFor, element, fill, paragraphs } from "../core/page_parts.js";
import { send } from "../core/send.js";

const LETTERS = [..."ABCD"];

export const renderAsk = (place) => mountView(place, "ask-view", ["vote", "revealed"], buildAsk);

function buildAsk(model, words) {
  const question = element("p", { class: "quiz-question" }, model.get("question"));
  const vote = (k) => k in buttons && send(model, { vote: k });
  const buttons = model.get("options").map((text, k) => {
    const sign = element("span", { class: "verdict" });
    const label = [element("b", {}, LETTERS[k]), ` ${text} `, sign];
    const option = element("button", { type: "button", class: "option" }, ...label);
    option.addEventListener("click", () => hands.add(k) || vote(k));
    return option;
  });
  const hands = mountHands(buttons, words);
  const group = { class: "options in-words", role: "group", "aria-label": words.quiz_options };
  const go = buttonFor("", () => {
    if (model.get("revealed")) hands.clear();
    send(model, { revealed: !model.get("revealed") });
  });
  const said = element("div", { class: "quiz-said", role: "status" });
  const bar = element("div", { class: "quiz-bar" }, go, hands.root);
  return {
    attributes: { "data-layout": model.get("look").layout },
    parts: [question, element("div", group, ...buttons), said, bar],
    show() {
      showAsk(model, words, { buttons, go, said });
      hands.show(model.get("revealed"));
    },
    keys: (event) => hands.key(event) || vote(answerOf(event)),
  };
}

function showAsk(model, words, { buttons, go, said }) {
  const [vote, revealed, right] = [model.get("vote"), model.get("revealed"), model.get("right")];
  const signs = revealed ? { [vote]: "✗", [right]: "✓" } : {};
  buttons.forEach((button, k) => {
    button.setAttribute("aria-pressed", String(k === vote));
    button.classList.toggle("is-right", revealed && k === right);
    button.querySelector(".verdict").textContent = signs[k] ?? "";
  });
  go.textContent = revealed ? words.ask_again : words.quiz_reveal;
  const lines = revealed ? reasons(model, vote, right) : [invitation(words, vote, buttons.length)];
  said.replaceChildren(...paragraphs(lines, { class: !revealed && "hint" }));
  const { veil, then } = model.get("look");
  const root = go.closest(".ask-view");
  root.dataset.veil = veil && !revealed ? "on" : "off";
  if (then) root.dataset.then = revealed ? "on" : "off";
  if (veil) requestAnimationFrame(() => tellPictures(root)); // by then the view stands in its page
}

// What a screen reader hears of the pictures beside the question follows the veil.
function tellPictures(root) {
  const pictures = root.closest(".jp-Cell, .scene")?.querySelectorAll(".drawing") ?? [];
  for (const place of pictures) place.dispatchEvent(new Event("veil"));
}

function invitation(words, vote, count) {
  if (vote >= 0) return fill(words.quiz_talk, { first: LETTERS[vote] });
  return fill(words.quiz_vote, { letters: LETTERS.slice(0, count).join(", ") });
}

// Why the right answer is right, and what the hall's own answer overlooks.
function reasons(model, vote, right) {
  const because = model.get("because");
  return vote < 0 || vote === right ? [because[right]] : [because[right], because[vote]];
}

export default { render: renderAsk };
