// A saved page: the same views without a kernel. Each place holds its model's state as JSON.

import { renderActivations } from "./activation_view.js";
import { renderAsk } from "./ask.js";
import { mountDeck } from "./deck.js";
import { renderJacobian } from "./jacobian_view.js";
import { render } from "./view.js";

const KINDS = {
  graph: render,
  ask: renderAsk,
  activations: renderActivations,
  jacobian: renderJacobian,
};

// What a widget's model offers, kept in the page.
function savedModel(state) {
  const listeners = {};
  return {
    saved: true,
    get: (key) => state[key],
    set(key, value) {
      state[key] = value;
      for (const listener of listeners[`change:${key}`] ?? []) listener();
    },
    save_changes() {},
    on: (event, then) => (listeners[event] ??= new Set()).add(then),
    off: (event, then) => listeners[event]?.delete(then),
  };
}

for (const place of document.querySelectorAll(".cs231n-place")) {
  const state = JSON.parse(place.querySelector("script").textContent);
  KINDS[place.dataset.kind]({ model: savedModel(state), el: place });
}
if (document.body.classList.contains("deck")) mountDeck([...document.querySelectorAll(".scene")]);
