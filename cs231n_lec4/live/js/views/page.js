// A saved page: the same views without a kernel. Each place holds its model's state as JSON, and
// names its words, which the page has once.

import { savedModel } from "../core/saved_model.js";
import { renderActivations } from "./activation_view.js";
import { renderAsk } from "./ask.js";
import { mountDeck } from "./deck.js";
import { renderJacobian } from "./jacobian_view.js";
import { renderNet } from "./net_view.js";
import { renderTemplates } from "./template_view.js";
import { renderUnits } from "./unit_view.js";
import { renderTraining } from "./training.js";
import { render } from "./view.js";

const KINDS = {
  graph: render,
  ask: renderAsk,
  activations: renderActivations,
  jacobian: renderJacobian,
  net: renderNet,
  templates: renderTemplates,
  training: renderTraining,
  units: renderUnits,
};

/** @type {NodeListOf<HTMLElement>} */
const places = document.querySelectorAll(".cs231n-place");
for (const place of places) {
  const state = JSON.parse(place.querySelector("script")?.textContent ?? "");
  state.words = globalThis.cs231nWords[state.words];
  KINDS[place.dataset.kind]({ model: savedModel(state), el: place });
}
if (document.body.classList.contains("deck")) mountDeck(document.querySelectorAll(".scene"));
