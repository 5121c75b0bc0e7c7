// Plain keys belong to the view they are pressed in: Jupyter would move its cursor at an arrow, and
// delete the cell at "d d". Escape gives the keys back to the notebook, or to the whole view.

const SUPPRESS = "data-lm-suppress-shortcuts"; // Jupyter's own word: no shortcuts from in here

/**
 * Gives plain keys to `pressed`.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {(event: KeyboardEvent) => void} [pressed]
 */
export function keepKeys(root, signal, pressed = () => {}) {
  // Notebook 7 hears a key before the view does, so the window, first of all, tells it whose it is:
  // on what has the focus, as some shortcuts ask no further, and on the root.
  const sort = (event) => {
    if (!root.contains(event.target)) return;
    for (const part of [event.target, root]) part.toggleAttribute(SUPPRESS, isPlain(event));
  };
  root.toggleAttribute(SUPPRESS, true);
  window.addEventListener("keydown", sort, { capture: true, signal });
  root.addEventListener("keydown", (event) => {
    if (!isPlain(event)) return;
    event.stopPropagation();
    const cell = /** @type {HTMLElement | null} */ (root.closest(".jp-Cell"));
    if (event.key === "Escape") (cell ?? root).focus();
    else pressed(event);
  });
}

// Not a shortcut of the notebook: Ctrl-S saves it, Shift-Enter runs the cell, but not from a box
// with a new number in it.
function isPlain({ key, target, ctrlKey, metaKey, altKey, shiftKey }) {
  if (key === "Enter" && target.matches("input[type=text]")) return true;
  return !(ctrlKey || metaKey || altKey || (key === "Enter" && shiftKey));
}

// A slider, a box, a number, an array: arrow keys are theirs.
export const keepsItsKeys = (part) => part.matches("input, select, textarea, .array, .grab");

// The place of the answer that a key votes for: A to D, or 1 to 4; −1 for any other key.
export function answerOf({ key }) {
  return Math.max("ABCD".indexOf(key.toUpperCase()), "1234".indexOf(key));
}
