// A scene of a lecture: one cell of JupyterLab, or one page of a deck, with a question and its
// picture. The keys of a hall work wherever the focus is in it.

const MOVES = { PageDown: 1, n: 1, PageUp: -1, p: -1 };
const STEPS = ["ArrowLeft", "ArrowRight", "Home", "End"];
const OF_A_QUESTION = /^([a-d0-9h]|Backspace)$/i;
const TYPING = "input[type=text], select, textarea, [contenteditable=true]";

/**
 * What a key does in a scene; null where it is not the hall's.
 * @param {KeyboardEvent} event
 * @param {Element} scene
 * @param {(move: number) => void} go to the scene after, or before
 * @returns {(() => void) | null}
 */
export function actOf({ key, target, ctrlKey, metaKey, altKey }, scene, go) {
  const at = /** @type {HTMLElement} */ (target);
  if (ctrlKey || metaKey || altKey || at.matches(TYPING)) return null;
  const isInput = at.matches("input");
  if (key in MOVES && !(isInput && key.length > 1)) return () => go(MOVES[key]);
  const question = scene.querySelector(".ask-view, .for-class:has(> .hall)");
  if (key === "r" && question) return () => reveal(question, at);
  if (key === "t" && isSeen(scene, ".training-buttons")) return () => train(scene);
  if (OF_A_QUESTION.test(key)) return handOn(key, question, at);
  const keepsArrows = isInput || at.matches(".array");
  return STEPS.includes(key) && !keepsArrows ? handOn(key, isSeen(scene, ":has(> .steps)"), at) : null;
}

// The part of a scene that a hall sees now.
const isSeen = (scene, selector) => seenParts(scene, selector)[0];

const seenParts = (scene, selector) =>
  [...scene.querySelectorAll(selector)].filter((part) => part.checkVisibility());

// The keys of a scene belong to its picture: the last of its views.
export function focusView(scene) {
  seenParts(scene, ".cs231n-live").at(-1)?.focus({ preventScroll: true });
}

// A view hears its key, though the focus is elsewhere.
function handOn(key, view, target) {
  if (!view || view.contains(target)) return null;
  return () => view.dispatchEvent(new KeyboardEvent("keydown", { key }));
}

// A picture that goes leaves the keys to the question.
function reveal(question, target) {
  question.querySelector(".quiz-bar button").click();
  if (!target.checkVisibility()) question.focus({ preventScroll: true });
}

// Start, or Stop where it runs.
function train(scene) {
  const [start, , stop] = isSeen(scene, ".training-buttons").querySelectorAll("button");
  (start.getAttribute("aria-disabled") === "true" ? stop : start).click();
}

// ── JupyterLab ──

const CELL = ".jp-Cell";
const ACTIVE = ".jp-mod-active";
const HALL = ".jp-Cell[data-hall]";
const ROAMING = ["ArrowUp", "ArrowDown", "Escape", "Tab"]; // what the notebook hears in a scene too
const LISTENS = "data-cs231n-hall";

// In a hall the keys belong to the view as soon as its cell has run.
export function mountScene(root) {
  requestAnimationFrame(() => {
    const cell = root.closest(CELL);
    if (cell?.matches(ACTIVE)) root.focus({ preventScroll: true });
    if (!cell || "hall" in cell.dataset) return; // once for all views of the scene
    cell.dataset.hall = "";
    takeKeysWhenActive(cell);
    if (document.body.hasAttribute(LISTENS)) return; // once for all scenes
    document.body.setAttribute(LISTENS, "");
    window.addEventListener("keydown", hear, true); // before JupyterLab hears it
  });
}

// In a scene and on its title no plain key is the notebook's: none inserts or deletes a cell in
// front of a class. From any other cell n and p lead to a scene.
function hear(event) {
  const cell = cellOf(event.target);
  if (!cell) return;
  const below = cell.matches(".jp-MarkdownCell") ? cell.nextElementSibling : null;
  const scene = [cell, below].find((one) => one?.matches(HALL));
  const act = actOf(event, scene ?? cell, (move) => goOn(cell, move));
  const isView = event.target.closest(".cs231n-live");
  if (!(scene ? act || !(isView || isRoaming(event)) : act && "np".includes(event.key))) return;
  event.preventDefault();
  event.stopPropagation();
  act?.();
}

// The cell with the focus; in command mode the focus may be on the notebook.
function cellOf(target) {
  const notebook = target.closest(".jp-Notebook");
  if (!notebook?.querySelector(HALL)) return null;
  if (target.closest(".cs231n-live")) return target.closest(CELL);
  const isCommand = notebook.matches(".jp-mod-commandMode") && !target.closest(".cm-content:focus");
  return isCommand ? (target.closest(CELL) ?? notebook.querySelector(ACTIVE)) : null;
}

const isRoaming = ({ key, target, ctrlKey, metaKey, altKey, shiftKey }) =>
  [ctrlKey, metaKey, altKey, ROAMING.includes(key), key === "Enter" && shiftKey].some(Boolean) ||
  target.matches(`button, a, ${TYPING}`);

function goOn(cell, move) {
  const scenes = [...cell.parentElement.querySelectorAll(HALL)];
  const isAhead = (scene) => cell.compareDocumentPosition(scene) & (move > 0 ? 4 : 2);
  const ahead = scenes.filter(isAhead);
  const next = move > 0 ? ahead[0] : ahead.at(-1);
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
  focusView(scene);
}

// When the notebook's arrow keys reach the cell, the keys are the scene's. Not when a hand writes.
function takeKeysWhenActive(scene) {
  let before = scene.matches(ACTIVE);
  new MutationObserver(() => {
    const now = scene.matches(ACTIVE);
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
