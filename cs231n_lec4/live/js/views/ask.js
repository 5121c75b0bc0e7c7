// A question with four answers in words: vote, talk, vote again or count hands, reveal. For a hall,
// and by keys alone.

import { mountView } from "../core/mount_view.js";
import { buttonFor, change, element, paragraphs } from "../core/page_parts.js";
import { send } from "../core/send.js";
import { invitation, mountOptions } from "../quiz/options.js";

export const renderAsk = (place) => mountView(place, "ask-view", ["vote", "revealed"], buildAsk);

function buildAsk(model, words) {
  const question = element("p", { class: "quiz-question" }, model.get("question"));
  const count = model.get("options").length;
  const vote = (k) => k >= 0 && k < count && send(model, { vote: k });
  const options = mountOptions(count, vote, "options in-words", words);
  const go = buttonFor("", () => {
    if (model.get("revealed")) options.hands.clear();
    send(model, { revealed: !model.get("revealed") });
  });
  const said = element("div", { class: "quiz-said", role: "status" });
  const bar = element("div", { class: "quiz-bar" }, go, options.hands.root);
  return {
    parts: [question, options.root, said, bar],
    show: () => showAsk(model, words, { options, go, said }),
    keys: options.keys,
  };
}

function showAsk(model, words, { options, go, said }) {
  const [vote, revealed, right] = [model.get("vote"), model.get("revealed"), model.get("right")];
  const texts = model.get("options");
  options.show(texts, vote, revealed, (k) => k === right);
  go.textContent = revealed ? words.ask_again : words.quiz_reveal;
  const votes = vote < 0 ? [] : [vote];
  const lines = revealed ? reasons(model, vote, right) : [invitation(texts.length, votes, words)];
  said.replaceChildren(...paragraphs(lines, { class: !revealed && "hint" }));
  const { layout, veil, then } = model.get("look");
  const root = go.closest(".ask-view");
  change(root, { "data-layout": layout });
  root.dataset.veil = veil && !revealed ? "on" : "off";
  if (then) root.dataset.then = revealed ? "on" : "off";
  if (veil) requestAnimationFrame(() => tellPictures(root)); // by then the view stands in its page
}

// What a screen reader hears of the pictures beside the question follows the veil.
function tellPictures(root) {
  const pictures = root.closest(".jp-Cell, .scene")?.querySelectorAll(".drawing") ?? [];
  for (const place of pictures) place.dispatchEvent(new Event("veil"));
}

// Why the right answer is right, and what the hall's own answer overlooks.
function reasons(model, vote, right) {
  const because = model.get("because");
  return vote < 0 || vote === right ? [because[right]] : [because[right], because[vote]];
}
