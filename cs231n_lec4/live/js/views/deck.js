// A saved page as a deck: one scene at a time, by the keys that a presenter's remote sends, by
// buttons, and by a swipe. It is laid out for 1280 × 720 and magnified to the window; a window that
// is narrow or low, and paper, show question and picture one below the other.

import { actOf, focusView } from "../core/hall_keys.js";
import { buttonFor, element, fill, named, setIdle } from "../core/page_parts.js";

const [WIDTH, HEIGHT] = [1280, 720];
const STACKED = "(max-width: 760px), (max-height: 500px), (orientation: portrait)";
const SWIPE = 60; // pixels across
const KEEPS_SWIPES = "input, .activation-charts, [tabindex='0']"; // what a finger moves by itself

/** @param {NodeListOf<HTMLElement>} scenes */
export function mountDeck(scenes) {
  const { body } = document;
  const main = /** @type {HTMLElement} */ (body.querySelector("main"));
  const words = JSON.parse(body.dataset.words ?? "");
  const clock = mountClock(words);
  const back = buttonFor("◀", () => go(-1), named(words.back));
  const next = buttonFor("▶", () => go(1), named(words.next));
  const count = element("span", {});
  main.prepend(element("nav", { "aria-label": words.scenes }, back, count, next));
  main.append(element("div", { class: "speaker" }, clock.root, words.keys));

  let now = Math.min(scenes.length, Number(location.hash.slice(1)) || 1) - 1;
  const show = () => {
    scenes.forEach((scene, k) => scene.classList.toggle("now", k === now));
    count.textContent = fill(words.count, { number: now + 1, all: scenes.length });
    setIdle(back, now === 0);
    setIdle(next, now === scenes.length - 1);
    history.replaceState(null, "", `#${now + 1}`);
    clock.plan(scenes[now], scenes[now + 1]);
    scrollTo(0, 0);
    focusView(scenes[now]);
  };
  function go(move) {
    now = Math.min(scenes.length - 1, Math.max(0, now + move));
    show();
  }

  const own = {
    s: () => body.classList.toggle("with-notes"),
    m: clock.begin,
    f: () => (document.fullscreenElement ? document.exitFullscreen() : body.requestFullscreen()),
  };
  // Before the views hear it; a slider or a box keeps its own keys.
  const onKey = (event) => {
    const act = actOf(event, scenes[now], go) ?? (isPlain(event) ? own[event.key] : null);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  document.addEventListener("keydown", onKey, true);
  listenToSwipes(main, go);
  fit(main);
  addEventListener("resize", () => fit(main));
  addEventListener("beforeprint", () => fit(main, true));
  addEventListener("afterprint", () => fit(main));
  show();
}

function fit(main, isPaper = false) {
  const isStacked = isPaper || matchMedia(STACKED).matches;
  document.body.classList.toggle("stacked", isStacked);
  main.style.zoom = isStacked ? 1 : Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
}

const isPlain = ({ ctrlKey, metaKey, altKey, target }) =>
  !(ctrlKey || metaKey || altKey || target.matches("input[type=text], select"));

// A finger that goes left leads on. What scrolls or slides keeps its finger.
function listenToSwipes(main, go) {
  let from = null;
  main.addEventListener("touchstart", (event) => {
    const { clientX, clientY } = event.touches[0];
    const isFree = event.touches.length === 1 && !event.target.closest(KEEPS_SWIPES);
    from = isFree ? [clientX, clientY] : null;
  });
  main.addEventListener("touchend", (event) => {
    if (!from) return;
    const { clientX, clientY } = event.changedTouches[0];
    const [across, down] = [clientX - from[0], clientY - from[1]];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 ? 1 : -1);
  });
}

// The minute of the lecture, beside the minutes that are planned for a scene: its title begins with
// the first of them, and the title of the next scene with the last.
function mountClock(words) {
  const root = element("b", {});
  let [start, planned] = [Date.now(), [0]];
  const show = () => {
    const minute = Math.floor((Date.now() - start) / 60_000);
    root.textContent = fill(words.minutes, { minute, planned: planned.join("–") });
  };
  const plan = (...scenes) => {
    const minutes = scenes.map((scene) => parseInt(scene?.querySelector("h2")?.textContent ?? ""));
    planned = minutes.filter(Number.isFinite);
    show();
  };
  const begin = () => {
    start = Date.now() - 60_000 * (planned[0] ?? 0);
    show();
  };
  setInterval(show, 1000);
  return { root, plan, begin };
}
