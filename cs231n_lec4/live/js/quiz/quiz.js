// A quiz: boxes in place of the numbers to be predicted. The browser computes the truth and the
// reasons.

import { blankBox } from "./blank_box.js";
import { coverBlanks, layCells } from "../graph/cells.js";
import { judge } from "./judge.js";
import { drawNumbers, randomFrom } from "./new_numbers.js";
import { readNumber } from "../core/numbers.js";
import { buttonFor, element, fill, paragraphs } from "../core/page_parts.js";
import { hintLines, truthLine, verdictLines } from "./quiz_words.js";
import { send } from "../core/send.js";

const MISSES_BEFORE_HINT = 2;
const MISSES_BEFORE_REVEAL = 3;

const BUTTONS = {
  check: checkFilled,
  hint: hintAt,
  reveal,
  fresh: (quiz) => startWith(quiz, drawNumbers(quiz.blanks, quiz.session, quiz.random)),
  reset: (quiz) => startWith(quiz, quiz.session.start),
};

export function mountQuiz(session, words) {
  const quiz = { session, words, ...session.model.get("quiz") };
  quiz.said = element("div", { class: "quiz-said", role: "status" });
  const root = element("div", { class: "quiz" }, barOf(quiz), quiz.said);
  quiz.cells = layCells(session);
  quiz.asked = quiz.blanks.map((blank) => blankBox(quiz.cells, blank, words));
  quiz.current = quiz.asked[0];
  quiz.numbers = JSON.stringify(session.inputs);
  quiz.random = randomFrom(quiz.seed);
  for (const one of quiz.asked) listenTo(quiz, one);
  session.listen("change:answers", () => takeAnswers(quiz));
  takeAnswers(quiz);
  return { root, show: () => showQuiz(quiz), said: () => quiz.count.textContent };
}

function barOf(quiz) {
  const { words } = quiz;
  quiz.count = element("span", { class: "quiz-count" });
  for (const [name, act] of Object.entries(BUTTONS))
    quiz[name] = buttonFor(words[`quiz_${name}`], () => act(quiz));
  const buttons = Object.keys(BUTTONS).map((name) => quiz[name]);
  const tools = { class: "quiz-bar", role: "toolbar", "aria-label": words.quiz };
  return element("div", tools, ...buttons, quiz.count);
}

// Hint and Reveal are for the blank that was worked at last. Only to pass another one, on the way
// to them by Tab, changes nothing.
function listenTo(quiz, one) {
  const workAt = () => {
    quiz.current = one;
    showState(quiz);
  };
  one.box.addEventListener("pointerdown", workAt);
  one.box.addEventListener("input", workAt);
  one.box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    workAt();
    event.preventDefault(); // or the same key would press the button that gets the focus
    checkOne(quiz, one);
  });
}

// ── checking ──

// Enter in a box: judge it, and go on to the next one if it is right.
function checkOne(quiz, one) {
  judgeBox(quiz, one);
  sendAnswers(quiz);
  if (one.state === "right") goOn(quiz);
}

// The Check button: every box that was filled since the last check.
function checkFilled(quiz) {
  const filled = quiz.asked.filter((one) => one.isNew());
  if (!filled.length) return say(quiz, [quiz.words.quiz_empty]);
  filled.reverse().forEach((one) => judgeBox(quiz, one));
  sendAnswers(quiz);
  const wrong = filled.filter((one) => one.state !== "right").pop();
  if (!wrong) return;
  quiz.current = wrong;
  if (wrong.state === "wrong") sayVerdict(quiz, wrong);
  showQuiz(quiz);
}

function judgeBox(quiz, one) {
  const read = readNumber(one.box.value);
  const facts = { text: one.box.value.slice(0, 20) };
  if (read.problem) return say(quiz, [fill(quiz.words[`quiz_${read.problem}`], facts)]);
  one.take(read.value, verdictOn(quiz, one, read.value).right);
  sayVerdict(quiz, one);
  quiz.session.tell();
}

function verdictOn({ session }, one, answer) {
  return judge(one.blank, answer, session.look, session.settings.digits);
}

function goOn(quiz) {
  const next = quiz.asked.find((one) => one.isOpen());
  (next?.box ?? quiz.fresh).focus();
}

function hintAt(quiz) {
  say(quiz, hintLines(quiz.session, quiz.current.blank, quiz.words));
}

function reveal(quiz) {
  const about = /** @type {const} */ ([quiz.session, quiz.current.blank, quiz.words]);
  quiz.current.reveal();
  say(quiz, [truthLine(...about), ...hintLines(...about)]);
  sendAnswers(quiz);
  quiz.session.tell();
  goOn(quiz);
}

// ── showing ──

// The wires show their numbers already; the open ones are covered.
function showQuiz(quiz) {
  quiz.cells.join();
  const numbers = JSON.stringify(quiz.session.inputs);
  if (numbers !== quiz.numbers) clear(quiz);
  quiz.numbers = numbers;
  const isOpen = (key) => quiz.asked.some((one) => one.blank.key === key && one.isOpen());
  coverBlanks(quiz.session, quiz, isOpen, "");
  showState(quiz);
}

function showState({ asked, current, words, hint, reveal, count }) {
  const right = asked.filter((one) => one.state === "right").length;
  count.textContent = fill(words.quiz_count, { right, all: asked.length });
  hint.disabled = !current.isOpen() || current.misses < MISSES_BEFORE_HINT;
  reveal.disabled = !current.isOpen() || current.misses < MISSES_BEFORE_REVEAL;
  hint.title = reveal.title = current.label;
}

function say(quiz, texts) {
  quiz.said.replaceChildren(...paragraphs(texts));
}

function sayVerdict(quiz, one) {
  const verdict = verdictOn(quiz, one, one.answer);
  say(quiz, verdictLines(quiz.session, one.blank, one.answer, verdict, quiz.words));
}

// ── new numbers, and answers from elsewhere ──

function clear(quiz) {
  quiz.asked.forEach((one) => one.clear());
  quiz.current = quiz.asked[0];
  say(quiz, []);
}

function startWith(quiz, numbers) {
  clear(quiz);
  quiz.session.moveTo(numbers, answersOf(quiz));
  quiz.asked[0].box.focus();
}

function sendAnswers(quiz) {
  send(quiz.session.model, answersOf(quiz));
}

function answersOf({ asked }) {
  return { answers: Object.fromEntries(asked.map((one) => [one.blank.key, one.answer])) };
}

// Answers given in Python, or in another view of the same quiz.
function takeAnswers(quiz) {
  const answers = quiz.session.model.get("answers");
  for (const one of quiz.asked) {
    const answer = answers[one.blank.key] ?? null;
    if (answer === one.answer) continue;
    one.clear(answer);
    if (answer !== null) judgeBox(quiz, one);
  }
}
