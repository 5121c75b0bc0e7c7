// A hidden unit, chosen by click or arrow key: its row of W1, h, its column of W2, its favourites.

import { signedBar } from "../core/bar.js";
import { formatNumber } from "../core/format.js";
import { mountView } from "../core/mount_view.js";
import { element, fill, th, tr } from "../core/page_parts.js";
import { scroller } from "../core/scroller.js";
import { handOf } from "../core/send.js";
import { radioGroup } from "../panels/controls.js";

export const renderUnits = (place) => mountView(place, "unit-view", ["unit", "image"], buildUnits);

function buildUnits(model, words) {
  const pictures = model.get("pictures");
  const nets = model.get("nets");
  const images = choice(model, "image", words.images, words.classes, () => tile(pictures));
  const names = Array.from({ length: nets[0].units }, (_, unit) => fill(words.unit, { unit }));
  const units = choice(model, "unit", words.units, names, () => tile(nets[0], "row-tile"));
  const columns = nets.map((net, k) => netColumn(net, words.nets[k], pictures, words));
  const said = element("p", { class: "unit-said", role: "status" });
  const show = () => {
    const [unit, image] = [model.get("unit"), model.get("image")];
    images.show();
    units.show();
    columns.forEach((column) => column.show(unit, image));
    said.textContent = verdict(unit, nets, pictures.labels, words);
  };
  units.root.style.setProperty("--rows", `url("${nets[0].sheet}")`);
  const compared = element("div", { class: "unit-nets" }, ...columns.map((column) => column.root));
  for (const { style } of [images.root, compared])
    style.setProperty("--pictures", `url("${pictures.sheet}")`);
  return { parts: [images.root, units.root, compared, said], show };
}

// ── choosing ────────────────────────────────────────────────────────────────────────────────────

// Radio buttons that look like tiles.
function choice(model, trait, title, names, newTile) {
  const option = (name, k) => {
    const face = newTile();
    face.show(k);
    return { value: k, name, face: face.root };
  };
  return radioGroup({
    title,
    options: names.map(option),
    ...handOf(model, trait),
  });
}

// A window on one picture of a sheet.
function tile({ columns }, kind = "") {
  const root = element("span", { class: `tile ${kind}` });
  root.style.setProperty("--columns", columns);
  const show = (place) => {
    root.style.setProperty("--column", String(place % columns));
    root.style.setProperty("--line-number", String(Math.floor(place / columns)));
  };
  return { root, show };
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

function netColumn(net, title, pictures, words) {
  const row = tile(net, "row-tile large");
  const caption = element("figcaption", {});
  const figure = element("figure", {}, row.root, caption);
  const h = element("p", { class: "unit-h" });
  const table = classTable(net, words);
  const counts = element("p", { class: "unit-counts" });
  const best = favouriteGrid(pictures, words);
  const name = element("p", { class: "unit-title" }, title);
  const path = element("div", { class: "unit-path" }, figure, scroller(title, table.root));
  const about = { class: "unit-net", role: "group", "aria-label": title };
  const root = element("div", about, name, path, h, counts, best.root);
  root.style.setProperty("--rows", `url("${net.sheet}")`);
  const show = (unit, image) => {
    row.show(unit);
    caption.textContent = fill(words.row, { unit });
    h.textContent = fill(words.h, { unit, h: formatNumber(net.h[image][unit], 2) });
    table.show(unit, image);
    const found = countsOf(net.favourites[unit], pictures.labels, words.classes);
    const parts = found.map(([name, count]) => fill(words.count, { name, count }));
    counts.textContent = fill(words.favourites, { counts: parts.join(", ") });
    best.show(net.favourites[unit]);
  };
  return { root, show };
}

// One line for each class: the unit's weight in W2, what it adds, and the whole score.
function classTable(net, words) {
  const widest = Math.max(...net.weights.flat().map(Math.abs));
  const heads = words.columns.map((text) => th("col", text));
  heads[2] = element("td", {});
  const lines = words.classes.map((name) => {
    const bar = signedBar(-widest, widest, 80, 14);
    const numbers = [0, 1, 2].map(() => element("td", {}));
    const place = element("td", {}, bar.root);
    return { bar, numbers, root: tr(th("row", name), place, ...numbers) };
  });
  const root = element("table", {}, tr(...heads), ...lines.map((l) => l.root));
  const show = (unit, image) =>
    lines.forEach(({ bar, numbers, root: line }, k) => {
      const [weight, score] = [net.weights[unit][k], net.scores[image][k]];
      bar.show(weight);
      const found = [weight, net.h[image][unit] * weight, score];
      found.forEach((number, n) => (numbers[n].textContent = formatNumber(number, 2)));
      line.classList.toggle("is-highest", score === Math.max(...net.scores[image]));
    });
  return { root, show };
}

function favouriteGrid(pictures, words) {
  const faces = Array.from({ length: 25 }, () => tile(pictures));
  const names = faces.map(() => element("figcaption", {}));
  const figures = faces.map((face, k) => element("figure", {}, face.root, names[k]));
  const root = element("div", { class: "unit-favourites" }, ...figures);
  const show = (places) =>
    places.forEach((place, k) => {
      faces[k].show(place);
      names[k].textContent = words.classes[pictures.labels[place]];
    });
  return { root, show };
}

// [class, how many], the most frequent first.
export function countsOf(places, labels, classes) {
  const counts = classes.map((_, k) => places.filter((place) => labels[place] === k).length);
  const found = classes.map((name, k) => [name, counts[k]]).filter(([, count]) => count);
  return found.sort((a, b) => b[1] - a[1]);
}

// Two counts out of 25 may differ by about 2 · √(2 · 25 / 4) = 7 by chance.
const DIFFERENCE = 7;

export function verdict(unit, nets, labels, words) {
  const tops = nets.map((net) => countsOf(net.favourites[unit], labels, words.classes)[0]);
  const [[name, count], [, most]] = tops;
  const size = count - most >= DIFFERENCE ? "more" : count > most ? "little" : "nothing";
  return fill(words[size], { unit, name, count, most });
}
