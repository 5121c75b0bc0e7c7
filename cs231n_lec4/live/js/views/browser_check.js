// Says that live views work here, and asks Python for an answer.

export default {
  render({ model, el }) {
    const words = model.get("words");
    const [here, there] = [document.createElement("p"), document.createElement("p")];
    here.textContent = words.browser;
    const show = () => (there.textContent = model.get("answer") ? words.kernel : words.no_kernel);
    const root = document.createElement("div");
    root.className = "cs231n-live cs231n-check";
    root.setAttribute("role", "status");
    root.append(here, there);
    el.replaceChildren(root);
    model.on("change:answer", show);
    show();
    model.set("question", model.get("question") + 1);
    model.save_changes();
    return () => model.off("change:answer", show);
  },
};
