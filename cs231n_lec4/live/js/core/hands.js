// Raised hands, counted by the speaker's keys: a letter adds one, digits after it give a number,
// Backspace takes the number away. The bars wait for the answer.

import { answerOf } from "./keys.js";
import { buttonFor, fill } from "./page_parts.js";

/**
 * @param {HTMLButtonElement[]} buttons one for each answer
 * @param {{ hands: string, hands_counted: string }} words
 */
export function mountHands(buttons, words) {
  const root = buttonFor(words.hands, () => turn(!isOn), { "aria-pressed": "false" });
  let counts = buttons.map(() => 0);
  let isOn = false;
  let last = -1; // the answer that digits belong to
  let typed = ""; // its digits so far
  const all = () => counts.reduce((sum, count) => sum + count, 0);

  function turn(on) {
    [isOn, last, typed] = [on, -1, ""];
    root.setAttribute("aria-pressed", String(on));
    tell();
  }
  function tell() {
    const facts = { letter: "ABCD"[last], count: counts[last], all: all() };
    root.textContent = last < 0 ? words.hands : fill(words.hands_counted, facts);
  }
  function set(k, count, digits = "") {
    [counts[k], last, typed] = [count, k, digits];
    tell();
  }

  /** A hand for an answer. False where hands are not counted: then it is a vote. */
  function add(k) {
    if (isOn && k in buttons) set(k, counts[k] + 1);
    return isOn;
  }
  /** What a key says about hands; false where it says nothing. */
  function key({ key }) {
    if (key === "h") turn(!isOn);
    else if (!isOn) return false;
    else if (/^\d$/.test(key)) last < 0 || set(last, Number(typed + key), typed + key);
    else if (key === "Backspace") last < 0 || set(last, 0);
    else return answerOf({ key }) >= 0 && add(answerOf({ key }));
    return true;
  }
  function show(revealed) {
    if (revealed) turn(false);
    const total = all();
    buttons.forEach((button, k) => {
      button.classList.toggle("counted", revealed && total > 0);
      button.dataset.hands = String(counts[k]);
      button.style.setProperty("--hands", `${(100 * counts[k]) / (total || 1)}%`);
    });
  }
  const clear = () => {
    counts = buttons.map(() => 0);
    turn(false);
  };
  return { root, add, key, show, clear };
}
