// Says that live views work here, and asks Python for an answer.

import { element } from "../core/page_parts.js";
import { send } from "../core/send.js";

export function render({ model, el }) {
  const words = model.get("words");
  const there = element("p", {});
  const show = () => (there.textContent = model.get("answer") ? words.kernel : words.no_kernel);
  const here = element("p", {}, words.browser);
  const about = { class: "cs231n-live cs231n-check", role: "status" };
  el.replaceChildren(element("div", about, here, there));
  model.on("change:answer", show);
  show();
  send(model, { question: model.get("question") + 1 });
  return () => model.off("change:answer", show);
}
