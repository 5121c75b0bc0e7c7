// A horse that turns from left to right: its picture, h of two templates, their sum, one template.

import { signedBar } from "../core/bar.js";
import { formatNumber } from "../core/format.js";
import { mountView } from "../core/mount_view.js";
import { element, fill, th, tr } from "../core/page_parts.js";
import { handOf } from "../core/send.js";
import { radioGroup, slider } from "../panels/controls.js";

const [LOW, HIGH] = [-3, 6]; // of the bars

export const renderTemplates = (place) =>
  mountView(place, "template-view", ["place", "middle"], buildTemplates);

function buildTemplates(model, words) {
  const picture = blend(words);
  const turn = placeSlider(model, words);
  const middle = middleChoice(model, words);
  const bars = scoreRows(model.get("rows"), words);
  const said = element("p", { class: "template-said", role: "status" });
  const show = () => {
    const now = scoresAt(model.get("place"), model.get("middle"), model.get("stops"));
    picture.show(model.get("place"), model.get("middle"), model.get("stops"));
    turn.show();
    middle.show();
    bars.show(now);
    said.textContent = sentences(model.get("place"), now, words).join(" ");
  };
  const hand = element("div", { class: "template-hand" }, picture.root, turn.root, middle.root);
  const scores = element("div", { class: "template-scores" }, bars.root, said);
  return { parts: [element("div", { class: "template-parts" }, hand, scores)], show };
}

// A blend of two pictures has the same blend of their scores, until the ReLU.
export function scoresAt(place, middle, stops) {
  const [end, share] = [stops[place < 0 ? "left" : "right"], Math.abs(place)];
  const sums = stops[middle].sums.map((sum, k) => share * end.sums[k] + (1 - share) * sum);
  const h = sums.slice(0, 2).map((sum) => Math.max(0, sum));
  return { sums, h, score: h[0] + h[1], single: sums[2] };
}

// ── the hand ────────────────────────────────────────────────────────────────────────────────────

function placeSlider(model, words) {
  const { root, show } = slider({
    ...{ label: words.slider, min: -1, max: 1, step: 0.05 },
    ...handOf(model, "place"),
    spoken: (place) => placeWords(place, words),
  });
  const [left, right] = words.ends.map((text) => element("span", {}, text));
  return { root: element("div", { class: "template-slider" }, left, root, right), show };
}

function middleChoice(model, words) {
  return radioGroup({
    title: words.middles,
    options: ["half", "front"].map((value) => ({ value, face: fill(words[value], words) })),
    ...handOf(model, "middle"),
  });
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

// The end's picture lies above the middle's and is as opaque as the horse is turned.
function blend(words) {
  const [below, above] = [0, 1].map(() => element("img", { alt: "" }));
  const root = element("div", { class: "template-picture", role: "img" }, below, above);
  const show = (place, middle, stops) => {
    below.src = stops[middle].image;
    above.src = stops[place < 0 ? "left" : "right"].image;
    above.style.setProperty("opacity", String(Math.abs(place)));
    root.setAttribute("aria-label", fill(words.picture, { place: placeWords(place, words) }));
  };
  return { root, show };
}

function placeWords(place, words) {
  const side = place === 0 ? "middle" : place < 0 ? "left" : "right";
  return words.places[place === 0 || Math.abs(place) === 1 ? side : `towards_${side}`];
}

function scoreRows(pictures, words) {
  const names = ["left", "right", "score", "single"];
  const parts = names.map((name) => scoreRow(words.rows[name], pictures[name]));
  const part = { colspan: 4, scope: "rowgroup", class: "part" };
  const [two, one] = [words.two, words.one].map((text) => tr(element("th", part, text)));
  const rows = parts.map((row) => row.root);
  const body = [two, ...rows.slice(0, 3), one, rows[3]];
  const root = element("table", {}, element("tbody", {}, ...body));
  const show = ({ sums, h, score, single }) => {
    [...h, score, single].forEach((number, k) => parts[k].show(number));
    h.forEach((number, k) => {
      const cut = number === sums[k] ? "" : fill(words.cut, { sum: formatNumber(sums[k], 2) });
      parts[k].note(cut);
    });
  };
  return { root, show };
}

function scoreRow(text, source) {
  const bar = signedBar(LOW, HIGH, 220, 20);
  const number = element("td", { class: "value" });
  const note = element("span", { class: "template-cut" });
  const picture = source ? [element("img", { src: source, alt: "" })] : [];
  const [face, drawn] = [picture, [bar.root]].map((inside) => element("td", {}, ...inside));
  const root = tr(face, th("row", text, note), drawn, number);
  const show = (score) => {
    bar.show(score);
    number.textContent = formatNumber(score, 2);
  };
  return { root, show, note: (sentence) => (note.textContent = sentence) };
}

function sentences(place, { sums, h, score, single }, words) {
  const facts = { place: placeWords(place, words), left: h[0], right: h[1], score, single };
  for (const name of ["left", "right", "score", "single"])
    facts[name] = formatNumber(facts[name], 2);
  const above = sums.slice(0, 2).filter((sum) => sum > 0).length;
  return [fill(words.line, facts), [words.both_off, words.one_off, words.both][above]];
}
