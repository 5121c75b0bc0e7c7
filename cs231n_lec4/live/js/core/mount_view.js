// What every view has: a root with its name, its keys, its place in a hall, a voice, and an end.

import { mountScene } from "./hall_keys.js";
import { keepKeys, takeKeys } from "./keys.js";
import { element } from "./page_parts.js";

const REST = 600; // milliseconds without a move, then all is brought up to date and spoken

// `build(model, words, show)` makes `{ parts, show }`: what stands in the view, and what brings it up
// to date. Where a view has them, also `attributes`, `keys(event)`, `stop()`, and `said()`, which a
// screen reader hears when the hand rests. A change of a watched trait shows the view again.
export function mountView({ model, el }, kind, watched, build) {
  const words = model.get("words");
  const inClass = model.get("class_mode");
  const voice = element("p", { class: "only-heard", "aria-live": "polite" });
  const rest = whenResting(REST);
  const show = () => {
    view.show();
    if (view.said) rest(() => (voice.textContent = view.said()));
  };
  const view = build(model, words, show);
  const name = `cs231n-live ${kind}${inClass ? " for-class" : ""}`;
  const about = { class: name, role: "group", "aria-label": words.view, tabindex: "-1" };
  const parts = view.said ? [...view.parts, voice] : view.parts;
  const root = element("div", { ...about, ...view.attributes }, ...parts);
  el.replaceChildren(root);
  const freeKeys = keepKeys(root, view.keys);
  const events = watched.map((trait) => `change:${trait}`);
  events.forEach((event) => model.on(event, show));
  show();
  if (inClass) {
    takeKeys(root);
    mountScene(root);
  }
  return () => {
    rest(() => {});
    freeKeys();
    events.forEach((event) => model.off(event, show));
    view.stop?.();
  };
}

// A function that calls what it gets when it was not called for so long.
export function whenResting(milliseconds) {
  let timer = 0;
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}
