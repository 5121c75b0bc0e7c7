// The live picture of a graph: sliders below, and numbers that move as the hand moves.

import { mountControls } from "./controls.js";
import { element } from "./page_parts.js";
import { mountPicture } from "./picture.js";
import { mountNudge } from "./nudge.js";
import { startSession } from "./session.js";
import { showNumbers, wireOf } from "./wires.js";

const PANELS = { nudge: mountNudge };

export function render({ model, el }) {
  const session = startSession(model);
  const words = model.get("words");
  const settings = model.get("settings");
  const { svg, parts } = mountPicture(model.get("picture"), model.get("sentence"));
  session.parts = parts;
  session.wires = model.get("wires").map((record) => wireOf(parts, record));
  session.settings = settings;

  const controls = mountControls(session, words);
  const panels = settings.panels.map((name) => PANELS[name](session, words));
  const drawing = element("div", { class: "drawing" }, svg);
  const said = element("p", { class: "only-heard", "aria-live": "polite" });
  const root = element(
    "section",
    { class: `cs231n-live palette-${settings.palette}`, "aria-label": words.view },
    drawing,
    controls.root,
    ...panels.map((panel) => panel.root),
    said,
  );
  el.replaceChildren(root);

  const show = () => {
    showNumbers(session);
    controls.show();
    panels.forEach((panel) => panel.show());
    rest(() => (said.textContent = spoken(session)));
  };
  const rest = whenResting(600);
  const stop = session.onMove(show);
  const onFrame = () => !session.program && show();
  model.on("change:frame", onFrame);
  show();
  return () => {
    stop();
    model.off("change:frame", onFrame);
  };
}

// What a screen reader hears when the hand rests.
function spoken(session) {
  return session.wires
    .filter((wire) => wire.role === "wire")
    .map((wire) => `${wire.name}: ${wire.values[0]?.textContent}, ${wire.gradients[0]?.textContent}`)
    .join("; ");
}

function whenResting(milliseconds) {
  let timer = 0;
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}

export default { render };
