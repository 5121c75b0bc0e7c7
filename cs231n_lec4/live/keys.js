// Keys that belong to a view: JupyterLab would move between cells on an arrow key.

export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey))
      event.stopPropagation();
  });
}
