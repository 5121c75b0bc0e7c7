// The picture of a view. Where gates can be folded, a button shows them as one gate or as many.

import { element, fill } from "./page_parts.js";
import { mountPicture } from "./picture.js";
import { wireOf } from "./wires.js";

export function mountDrawing(session, pictures, fold, words) {
  const place = element("div", { class: "drawing" });
  const button = element("button", { type: "button", class: "fold", "aria-pressed": "false" });
  const root = element("div", {}, place, ...(pictures.length > 1 ? [button] : []));
  const facts = { label: fold.map(([label]) => label).join(", "), count: fold.flatMap(([, names]) => names).length };

  const show = (number) => {
    const { svg: svgText, sentence, wires, folds } = pictures[number];
    const { svg, parts } = mountPicture(svgText, sentence);
    session.parts = parts;
    session.boxOf = (gate) => folds[gate] ?? gate;
    session.wires = wires.map((record) => wireOf(parts, record));
    button.textContent = fill(number ? words.unfold : words.fold, facts);
    button.setAttribute("aria-pressed", String(number === 1));
    for (const box of new Set(Object.values(folds))) opens(parts.get(`g${box}`), button);
    place.replaceChildren(svg);
  };
  button.addEventListener("click", () => {
    show(button.getAttribute("aria-pressed") === "true" ? 0 : 1);
    session.tell();
  });
  show(0);
  return { root };
}

// A folded gate opens at a click.
function opens(gate, button) {
  gate.classList.add("folded");
  gate.addEventListener("click", () => button.click());
}
