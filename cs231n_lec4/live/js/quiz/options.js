// Answers A to D: a vote by click or key, or hands that are counted; then which of them is right.

import { mountHands } from "../core/hands.js";
import { answerOf } from "../core/keys.js";
import { buttonFor, element, fill } from "../core/page_parts.js";

export const LETTERS = [..."ABCD"];

/**
 * @param {number} count of answers
 * @param {(k: number) => void} vote for answer k, or for none: −1
 * @param {string} kind
 */
export function mountOptions(count, vote, kind, words) {
  const option = (_, k) => buttonFor("", () => hands.add(k) || vote(k), { class: "option" });
  const buttons = LETTERS.slice(0, count).map(option);
  const hands = mountHands(buttons, words);
  const group = { class: kind, role: "group", "aria-label": words.quiz_options };
  const root = element("div", group, ...buttons);
  const keys = (event) => hands.key(event) || vote(answerOf(event));
  const show = (texts, voted, revealed, isRight) => {
    buttons.forEach((button, k) => {
      const right = revealed && isRight(k);
      const sign = right ? "✓" : revealed && k === voted ? "✗" : "";
      button.replaceChildren(element("b", {}, LETTERS[k]), ` ${texts[k]} ${sign}`.trimEnd());
      button.setAttribute("aria-pressed", String(k === voted));
      button.classList.toggle("is-right", right);
    });
    hands.show(revealed);
  };
  return { root, hands, keys, show };
}

/**
 * What to do now: vote; talk and vote again; that a second vote is there.
 * @param {number} count of answers
 * @param {number[]} votes so far
 */
export function invitation(count, votes, words) {
  const [first, second] = votes.map((k) => LETTERS[k]);
  const letters = LETTERS.slice(0, count).join(", ");
  const sentence = !first ? words.quiz_vote : second ? words.quiz_second_vote : words.quiz_talk;
  return fill(sentence, { letters, first, second });
}
