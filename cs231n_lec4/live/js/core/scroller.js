// What may be wider than its place scrolls in it, by keys too: while it does, it is a stop of Tab.

import { element } from "./page_parts.js";

/**
 * @param {string} label
 * @param {...HTMLElement} children
 */
export function scroller(label, ...children) {
  const root = element("div", { class: "scroll" }, ...children);
  keepReachable(root, label, ...children);
  return root;
}

/**
 * @param {HTMLElement} place
 * @param {string} label
 * @param {...HTMLElement} children of which a change of size may make the place scroll
 */
export function keepReachable(place, label, ...children) {
  const stop = { tabindex: "0", role: "group", "aria-label": label };
  const watch = new ResizeObserver(() => {
    const scrolls = place.scrollWidth > place.clientWidth + 1;
    for (const [name, value] of Object.entries(stop))
      if (scrolls) place.setAttribute(name, value);
      else place.removeAttribute(name);
  });
  [place, ...children].forEach((part) => watch.observe(part));
}
