// Plain keys belong to the view they are pressed in: JupyterLab would move its cursor at an arrow,
// and delete the cell at "d d". Escape gives the keys back to the notebook, or to the whole view.

export function keepKeys(root, pressed = () => {}) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.shiftKey) return; // runs the cell
    event.stopPropagation();
    if (event.key === "Escape") (root.closest(".jp-Cell") ?? root).focus();
    else pressed(event);
  });
}

// In a hall the keys belong to the view as soon as its cell has run.
export function takeKeys(root) {
  requestAnimationFrame(() => {
    const cell = root.closest(".jp-Cell");
    if (cell?.classList.contains("jp-mod-active")) root.focus({ preventScroll: true });
  });
}

// The place of the answer that a key votes for: A to D, or 1 to 4; −1 for any other key.
export function answerOf({ key }) {
  return Math.max("ABCD".indexOf(key.toUpperCase()), "1234".indexOf(key));
}
