// A quiz for a hall: one question at a time with four answers. Vote, talk, vote again or count
// hands, reveal.

import { coverBlanks, coverLater, layCells } from "../graph/cells.js";
import { formatNumber } from "../core/format.js";
import { mountHands } from "../core/hands.js";
import { judge } from "./judge.js";
import { answerOf } from "../core/keys.js";
import { drawNumbers, randomFrom, shuffled } from "./new_numbers.js";
import { element, fill, paragraphs } from "../core/page_parts.js";
import { blankFacts, digitsOf, hintLines, verdictLines } from "./quiz_words.js";
import { send } from "../core/send.js";

const LETTERS = ["A", "B", "C", "D"];

export function mountChoices(session, words) {
  const hall = { session, words, ...session.model.get("quiz"), ...hallPanel(words) };
  hall.random = randomFrom(hall.seed);
  hall.cells = layCells(session);
  hall.marks = hall.blanks.map((blank) => hall.cells.add(blank));
  hall.options.forEach((button, k) =>
    button.addEventListener("click", () => hall.hands.add(k) || vote(hall, k)),
  );
  hall.go.addEventListener("click", () => goOnInHall(hall));
  const draw = () => drawNumbers(hall.blanks, session, hall.random);
  hall.fresh.addEventListener("click", () => startHall(hall, draw()));
  hall.reset.addEventListener("click", () => startHall(hall, session.start));
  ask(hall, 0);
  return {
    root: hall.root,
    show: () => showHall(hall),
    keys: (event) => hall.hands.key(event) || vote(hall, answerOf(event)),
    said: () => hall.question.textContent,
  };
}

function hallPanel(words) {
  const question = element("p", { class: "quiz-question", tabindex: "-1" });
  const options = LETTERS.map(() => element("button", { type: "button", class: "option" }));
  const [go, fresh, reset] = ["", words.quiz_fresh, words.quiz_reset].map((text) =>
    element("button", { type: "button" }, text),
  );
  const said = element("div", { class: "quiz-said", role: "status" });
  const group = { class: "options", role: "group", "aria-label": words.quiz_options };
  const choices = element("div", group, ...options);
  const hands = mountHands(options, words);
  const bar = element("div", { class: "quiz-bar" }, go, hands.root, fresh, reset);
  const root = element("div", { class: "quiz hall" }, question, choices, said, bar);
  return { root, question, options, hands, go, fresh, reset, said };
}

// A question: the truth and three numbers that known mistakes give, in a drawn order.
export function optionsOf(blank, look, digits, random) {
  const wrong = shuffled(blank.mistakes, random).map(([, tree]) => look(tree));
  const truth = look(blank.truth);
  const others = [-truth, truth + 1, truth - 1, 2 * truth, truth + 2, truth - 2];
  const found = new Map([[formatNumber(truth, digits), truth]]);
  for (const number of [...wrong, ...others]) {
    if (found.size === LETTERS.length) break;
    const text = formatNumber(number, digits);
    if (Number.isFinite(number) && !found.has(text)) found.set(text, number);
  }
  return shuffled([...found], random).map(([text, number]) => ({ text, number }));
}

function ask(hall, place) {
  const { session, blanks, random, words } = hall;
  const blank = blanks[place];
  Object.assign(hall, { place, blank, votes: [], revealed: false });
  hall.hands.clear();
  hall.choices = optionsOf(blank, session.look, digitsOf(blank, session), random);
  const facts = { ...blankFacts(blank, words), place: place + 1, all: blanks.length };
  hall.question.textContent = fill(words.quiz_question, facts);
  const letters = LETTERS.slice(0, hall.choices.length).join(", ");
  sayInHall(hall, [fill(words.quiz_vote, { letters })]);
  showOptions(hall);
}

function vote(hall, k) {
  if (hall.revealed || !hall.choices[k]) return;
  hall.votes = [...hall.votes.slice(0, 1), k];
  const sentence = hall.votes.length === 1 ? hall.words.quiz_talk : hall.words.quiz_second_vote;
  const [first, second] = hall.votes.map((choice) => LETTERS[choice]);
  sayInHall(hall, [fill(sentence, { first, second })]);
  showOptions(hall);
}

// The one button that leads through: reveal, next question, and from the start.
function goOnInHall(hall) {
  const isLast = hall.place === hall.blanks.length - 1;
  if (!hall.revealed) revealInHall(hall);
  else if (isLast) startHall(hall, hall.session.inputs);
  else {
    ask(hall, hall.place + 1);
    hall.session.tell();
  }
}

function revealInHall(hall) {
  const { session, blank, words, choices } = hall;
  hall.revealed = true;
  const last = hall.votes[hall.votes.length - 1];
  const number = last === undefined ? session.look(blank.truth) : choices[last].number;
  const verdict = judge(blank, number, session.look, session.settings.digits);
  const lines = verdictLines(session, blank, number, verdict, words);
  sayInHall(hall, verdict.right ? [lines[0], ...hintLines(session, blank, words)] : lines);
  const answer = last === undefined ? null : number;
  send(session.model, { answers: { ...session.model.get("answers"), [blank.key]: answer } });
  session.tell();
}

function startHall(hall, numbers) {
  const { session, blanks } = hall;
  session.look = session.lookAt(numbers);
  ask(hall, 0);
  session.moveTo(numbers, { answers: Object.fromEntries(blanks.map(({ key }) => [key, null])) });
}

// ── showing ──

function showHall(hall) {
  hall.cells.join();
  const isOpen = (key) => {
    const k = hall.blanks.findIndex((blank) => blank.key === key);
    return k > hall.place || (k === hall.place && !hall.revealed);
  };
  const states = hall.blanks.map((blank) => ({ blank, isOpen: isOpen(blank.key) }));
  coverBlanks(hall.session, states, "?");
  coverLater(hall.session, hall.later, isOpen);
  hall.marks.forEach((mark, k) => mark.classList.toggle("asked", k === hall.place));
  showOptions(hall);
}

function showOptions(hall) {
  const { session, words, votes, revealed, blank, choices } = hall;
  hall.options.forEach((button, k) => {
    const choice = choices[k];
    const right = judge(blank, choice.number, session.look, session.settings.digits).right;
    const voted = votes[votes.length - 1] === k;
    const sign = revealed && (right ? " ✓" : voted ? " ✗" : "");
    button.replaceChildren(element("b", {}, LETTERS[k]), ` ${choice.text}${sign || ""}`);
    button.setAttribute("aria-pressed", String(voted));
    button.classList.toggle("is-right", revealed && right);
  });
  hall.hands.show(revealed);
  const isLast = hall.place === hall.blanks.length - 1;
  hall.go.textContent = !revealed ? words.quiz_reveal : isLast ? words.quiz_again : words.quiz_next;
}

function sayInHall({ said, revealed }, texts) {
  said.replaceChildren(...paragraphs(texts, { class: !revealed && "hint" }));
}
