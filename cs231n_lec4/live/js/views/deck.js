// A saved page as a deck: one view at a time, below the heading of its scene, by the keys that a
// presenter's remote sends.

const MOVES = { PageDown: 1, n: 1, PageUp: -1, p: -1 };

export function mountDeck(places) {
  const within = (k) => Math.min(places.length - 1, Math.max(0, k));
  let now = within((Number(location.hash.slice(1)) || 1) - 1);
  const show = () => {
    places.forEach((place, k) => place.classList.toggle("now", k === now));
    history.replaceState(null, "", `#${now + 1}`);
    scrollTo(0, 0);
    places[now].querySelector(".cs231n-live")?.focus({ preventScroll: true });
  };
  // Before the views hear it; a slider or a box keeps its own keys, until Escape.
  const onKey = (event) => {
    if (!(event.key in MOVES) || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("input, select")) return;
    event.preventDefault();
    event.stopPropagation();
    now = within(now + MOVES[event.key]);
    show();
  };
  document.addEventListener("keydown", onKey, true);
  show();
}
