// A quiz for a hall: one question at a time with four answers. Vote, talk, vote again or count
// hands, reveal.

import { coverBlanks, layCells } from "../graph/cells.js";
import { formatNumber } from "../core/format.js";
import { judge } from "./judge.js";
import { drawNumbers, randomFrom, shuffled } from "./new_numbers.js";
import { buttonFor, element, fill, paragraphs } from "../core/page_parts.js";
import { LETTERS, invitation, mountOptions } from "./options.js";
import { blankFacts, digitsOf, hintLines, verdictLines } from "./quiz_words.js";
import { send } from "../core/send.js";

export function mountChoices(session, words) {
  const hall = { session, words, ...session.model.get("quiz") };
  hall.random = randomFrom(hall.seed);
  hall.cells = layCells(session);
  hall.marks = hall.blanks.map((blank) => hall.cells.add(blank));
  hall.question = element("p", { class: "quiz-question", tabindex: "-1" });
  hall.options = mountOptions(LETTERS.length, (k) => vote(hall, k), "options", words);
  hall.said = element("div", { class: "quiz-said", role: "status" });
  ask(hall, 0);
  const { question, options, said } = hall;
  const root = element("div", { class: "quiz hall" }, question, options.root, said, barOf(hall));
  const show = () => showHall(hall);
  return { root, show, keys: options.keys, said: () => question.textContent };
}

function barOf(hall) {
  const { session, blanks, words, random } = hall;
  const draw = () => drawNumbers(blanks, session, random);
  hall.go = buttonFor("", () => goOnInHall(hall));
  const fresh = buttonFor(words.quiz_fresh, () => startHall(hall, draw()));
  const reset = buttonFor(words.quiz_reset, () => startHall(hall, session.start));
  return element("div", { class: "quiz-bar" }, hall.go, hall.options.hands.root, fresh, reset);
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
  hall.options.hands.clear();
  hall.choices = optionsOf(blank, session.look, digitsOf(blank, session), random);
  const facts = { ...blankFacts(blank, words), place: place + 1, all: blanks.length };
  hall.question.textContent = fill(words.quiz_question, facts);
  sayInHall(hall, [invitation(hall.choices.length, [], words)]);
}

function vote(hall, k) {
  if (hall.revealed || !hall.choices[k]) return;
  hall.votes = [...hall.votes.slice(0, 1), k];
  sayInHall(hall, [invitation(hall.choices.length, hall.votes, hall.words)]);
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
  const last = hall.votes.at(-1);
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
  coverBlanks(hall.session, hall, isOpen, "?");
  hall.marks.forEach((mark, k) => mark.classList.toggle("asked", k === hall.place));
  showOptions(hall);
}

function showOptions(hall) {
  const { session, words, votes, revealed, blank, choices } = hall;
  const { look, settings } = session;
  const isRight = (k) => judge(blank, choices[k].number, look, settings.digits).right;
  const texts = choices.map((choice) => choice.text);
  hall.options.show(texts, votes.at(-1), revealed, isRight);
  const isLast = hall.place === hall.blanks.length - 1;
  hall.go.textContent = !revealed ? words.quiz_reveal : isLast ? words.quiz_again : words.quiz_next;
}

function sayInHall({ said, revealed }, texts) {
  said.replaceChildren(...paragraphs(texts, { class: !revealed && "hint" }));
}
