// One blank of a quiz: a box over a wire's number, and ✓ or ✗ beside it.

import { asGiven } from "../core/format.js";
import { blankFacts } from "./quiz_words.js";
import { element } from "../core/page_parts.js";

const MARKS = { open: "", wrong: "✗", right: "✓", shown: "" };

export function blankBox(cells, blank, words) {
  const { label } = blankFacts(blank, words);
  const attributes = { type: "text", autocomplete: "off", "aria-label": label, title: label };
  const box = element("input", attributes);
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const cell = cells.add(blank, box, mark);
  const one = { blank, box, label, misses: 0, answer: null };

  one.become = (state) => {
    one.state = state;
    mark.textContent = MARKS[state];
    cell.dataset.state = state;
    box.setAttribute("aria-invalid", String(state === "wrong"));
    box.hidden = !one.isOpen(); // then the picture's own number is seen
  };
  one.isOpen = () => one.state === "open" || one.state === "wrong";
  one.isNew = () => one.isOpen() && box.value.trim() !== "" && box.value !== one.checked;
  one.take = (answer, right) => {
    one.answer = answer;
    if (!right && box.value !== one.checked) one.misses += 1; // the same number is no new try
    one.checked = box.value;
    one.become(right ? "right" : "wrong");
  };
  one.reveal = () => {
    one.answer = null; // it was not the student's
    one.become("shown");
  };
  one.clear = (answer = null) => {
    one.answer = one.checked = null;
    one.misses = 0;
    box.value = answer === null ? "" : asGiven(answer);
    one.become("open");
  };
  one.clear();
  return one;
}
