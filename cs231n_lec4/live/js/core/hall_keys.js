// A scene of a lecture: one cell of JupyterLab, or one section of a saved page, with a question and
// its picture. The keys of a hall work wherever the focus is in it.

import { answerOf } from "./keys.js";

const MOVES = { PageDown: 1, n: 1, PageUp: -1, p: -1 };
const SCENE = ".jp-Cell, .scene";
const TYPING = "input[type=text], select, textarea, [contenteditable=true]";

export function mountScene(root) {
  requestAnimationFrame(() => {
    const scene = root.closest(SCENE);
    if (!scene || "hall" in scene.dataset) return; // once for all views of the scene
    scene.dataset.hall = "";
    scene.addEventListener("keydown", (event) => keyPressed(event, scene), true);
    if (scene.matches(".jp-Cell")) takeKeysWhenActive(scene);
  });
}

function keyPressed(event, scene) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches(TYPING)) return;
  if (!target.closest(".cs231n-live")) return; // the notebook's own keys
  const act = actOf(key, target, scene);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

// What a key does: go to another scene, reveal, or vote.
function actOf(key, target, scene) {
  const move = scene.matches(".jp-Cell") && MOVES[key];
  if (move && !(key.length > 1 && target.matches("input"))) return () => goOn(scene, move);
  const question = scene.querySelector(".ask-view, .hall");
  if (key === "r" && question) return () => reveal(question, target);
  const option = question?.querySelectorAll(".option")[answerOf({ key })];
  return option && key.length === 1 && !question.contains(target) ? () => option.click() : null;
}

// A picture that goes leaves the keys to the question.
function reveal(question, target) {
  question.querySelector(".quiz-bar button").click();
  if (!target.checkVisibility()) question.focus({ preventScroll: true });
}

function goOn(scene, move) {
  const scenes = [...scene.parentElement.querySelectorAll(".jp-Cell[data-hall]")];
  const next = scenes[scenes.indexOf(scene) + move];
  if (next) enter(next);
}

// The title stands above; in a low window, the question and its picture take its place.
function enter(scene) {
  const outputs = scene.querySelector(".jp-OutputArea");
  const window = scene.closest(".jp-WindowedPanel-outer, .jp-Notebook").getBoundingClientRect();
  const above = scene.previousElementSibling;
  (above?.querySelector("h2") ?? scene).scrollIntoView({ block: "start" });
  if (outputs.getBoundingClientRect().bottom > window.bottom)
    outputs.scrollIntoView({ block: "end" });
  const views = [...scene.querySelectorAll(".cs231n-live[tabindex]")];
  const seen = views.filter((view) => view.checkVisibility());
  seen.at(-1)?.focus({ preventScroll: true });
}

// When the notebook's arrow keys reach the cell, the keys are the scene's. Not when a hand writes.
function takeKeysWhenActive(scene) {
  const isActive = () => scene.classList.contains("jp-mod-active");
  let before = isActive();
  new MutationObserver(() => {
    const now = isActive();
    if (now && !before) requestAnimationFrame(() => isCalm(scene) && enter(scene));
    before = now;
  }).observe(scene, { attributes: true, attributeFilter: ["class"] });
}

// The notebook is in command mode, and nothing inside the scene has the focus.
function isCalm(scene) {
  const focus = document.activeElement;
  const commands = scene.closest(".jp-Notebook")?.classList.contains("jp-mod-commandMode");
  return commands && (focus === scene || !scene.contains(focus));
}
