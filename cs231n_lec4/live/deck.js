// A saved page as a deck: one scene at a time, by the keys that a presenter's remote sends.

const MOVES = { PageDown: 1, n: 1, PageUp: -1, p: -1 };

export function mountDeck(scenes) {
  let now = Math.min(scenes.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1;
  const show = () => {
    scenes.forEach((scene, k) => scene.classList.toggle("now", k === now));
    history.replaceState(null, "", `#${now + 1}`);
    scrollTo(0, 0);
    scenes[now].querySelector(".cs231n-live")?.focus({ preventScroll: true });
  };
  // Before the views hear it; a slider or a box keeps its own keys.
  const onKey = (event) => {
    if (
      !(event.key in MOVES) ||
      event.target.matches("input, select") ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    now = Math.min(scenes.length - 1, Math.max(0, now + MOVES[event.key]));
    show();
  };
  document.addEventListener("keydown", onKey, true);
  show();
}
