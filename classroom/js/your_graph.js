// The page: a formula is typed, or comes with the address; it is drawn, moved, walked through, asked.

import { element, fill } from "../core/page_parts.js";
import { savedModel } from "../core/saved_model.js";
import { whenResting } from "../core/mount_view.js";
import { render } from "../views/view.js";
import { addressOf, stateFrom } from "./address.js";
import { parserOf } from "./building.js";
import { layOut } from "./layout.js";
import { namesIn } from "./reading.js";
import { drawnOf, stateOf } from "./states.js";

/** @import { State } from "./address.js" */

const REST = 400; // milliseconds without a move, then the address follows
const FIRST = [2, -1, 3, -2, 1, -3, 0.5]; // numbers of names that have none yet

export function mountYourGraph(page) {
  const facts = JSON.parse(page.querySelector(".facts").textContent);
  const parse = parserOf(facts, "f");
  const functions = new Map(Object.entries(facts.functions));
  const part = (name) => page.querySelector(`.${name}`);
  const [form, box, said, place, asked] = [
    "formula-form",
    "formula-box",
    "formula-said",
    "formula-view",
    "formula-ask",
  ].map(part);
  const rest = whenResting(REST);
  const start = () => /** @type {State} */ (stateFrom(facts.start).state);
  let state = start();
  let end = () => {};
  let turn = 0; // only the newest picture is shown

  // ── showing ──

  /** Shows a state; what cannot be shown is told, and the page stays as it is. */
  async function show(next, { remember = "push", note = "" } = {}) {
    const mine = ++turn;
    state = next;
    box.value = state.formula;
    box.removeAttribute("aria-invalid");
    tell(note);
    try {
      state = { ...state, numbers: withNumbers(state) };
      const drawn = drawnOf(parse(state.formula, state.numbers), facts);
      const model = modelOf(drawn, state);
      showViews(drawn);
      record(remember);
      place.setAttribute("aria-busy", "true");
      const picture = await layOut(drawn.dot, facts.graphviz);
      if (mine === turn) mount(model(picture));
    } catch (problem) {
      if (mine === turn) refuse(problem);
    }
  }

  function modelOf(drawn, { view, ask, place: step }) {
    const made = stateOf(view, drawn, "", facts, ask);
    if (made.steps) made.place = Math.min(step, made.steps.length);
    return (picture) => {
      made.pictures[0].svg = picture;
      return savedModel(made);
    };
  }

  function mount(model) {
    end();
    place.removeAttribute("aria-busy");
    end = render({ model, el: place });
    const names = Object.keys(model.get("start"));
    const keep = () => rest(() => follow(model, names));
    for (const event of [...names.map((name) => `input_${name}`), "place"])
      model.on(`change:${event}`, keep);
  }

  // The address follows the hand.
  function follow(model, names) {
    const numbers = new Map(names.map((name) => [name, model.get(`input_${name}`)]));
    state = { ...state, numbers, place: model.get("place") ?? 0 };
    record("replace");
  }

  function refuse(problem) {
    end();
    end = () => {};
    place.removeAttribute("aria-busy");
    place.replaceChildren();
    box.setAttribute("aria-invalid", "true");
    tell(problem.code ? problem.message : facts.page.no_picture);
    if (!problem.code) console.debug(problem);
  }

  const tell = (text) => (said.textContent = text);

  // Old numbers stay with their names; a new name gets one.
  function withNumbers({ formula, numbers }) {
    const found = new Map(numbers);
    for (const name of namesIn(formula, functions))
      if (!found.has(name)) found.set(name, FIRST[found.size % FIRST.length]);
    return found;
  }

  // ── the three views, and what the quiz asks for ──

  function showViews({ graph, sketch }) {
    for (const button of page.querySelectorAll("button[data-view]"))
      button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    const wires = sketch.wires
      .filter(({ alive, node }) => alive && node !== graph.output)
      .reverse();
    const keys = wires.map(({ role, name, id }) => [role === "wire" ? name : id, name]);
    state.ask = state.ask.filter((key) => keys.some(([known]) => known === key));
    const of = graph.names.at(-1);
    const names = state.ask.map((key) => keys.find(([known]) => known === key)[1]);
    part("formula-question").textContent =
      state.view === "quiz" && names.length
        ? fill(facts.page.question, { names: names.join(", "), of })
        : "";
    asked.hidden = state.view !== "quiz";
    asked.querySelector(".formula-keys").replaceChildren(...keys.map(checkbox));
  }

  function checkbox([key, name]) {
    const box = element("input", { type: "checkbox", checked: state.ask.includes(key) });
    box.addEventListener("change", () => {
      const others = state.ask.filter((other) => other !== key);
      const at = [...asked.querySelectorAll("input")].indexOf(box);
      show({ ...state, ask: box.checked ? [...others, key] : others });
      asked.querySelectorAll("input")[at]?.focus(); // the boxes are new ones
    });
    return element("label", {}, box, ` ${name}`);
  }

  // ── the address ──

  function record(how) {
    const address = addressOf(state);
    if (how && address !== location.hash) history[`${how}State`](null, "", address);
    part("formula-link").value = location.href.replace(/(#.*)?$/, address);
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const twins = document.querySelectorAll("a[hreflang]");
    for (const link of twins) link.hash = address;
  }

  function readAddress() {
    const isState = location.hash.includes("="); // else it is a place on the page
    if (!isState && turn) return;
    const hash = isState ? location.hash : "";
    const { state: found, damaged } = stateFrom(hash || facts.start);
    const note = damaged ? fill(facts.page.damaged, { part: readable(damaged) }) : "";
    const question = part("formula-question");
    show(found ?? start(), { remember: hash && !damaged ? "" : "replace", note }).then(() => {
      if (question.textContent) question.scrollIntoView(); // on a phone it is far down
    });
  }

  async function copy() {
    const link = part("formula-link");
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
    } catch {
      document.execCommand("copy"); // from disk
    }
    part("formula-copied").textContent = facts.page.copied;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const formula = box.value;
    const kept = namesIn(formula, functions);
    const numbers = new Map([...state.numbers].filter(([name]) => kept.includes(name)));
    show({ ...state, formula, numbers, place: 0, ask: [] });
  });
  for (const button of page.querySelectorAll("button[data-view]"))
    button.addEventListener("click", () => show({ ...state, view: button.dataset.view, place: 0 }));
  part("formula-copy").addEventListener("click", copy);
  window.addEventListener("hashchange", readAddress);
  readAddress();
}

// A part of an address as it may be shown: short, and no letters that cannot be seen.
const readable = (text) => text.replace(/\p{C}/gu, "").slice(0, 40);

const page = document.querySelector(".your-graph");
if (page) mountYourGraph(page);
