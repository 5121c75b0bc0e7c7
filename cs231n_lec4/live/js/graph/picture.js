// Puts the laid-out picture on the page. The SVG text is copied piece by piece: only the shapes and
// attributes named here get through, and ids stay in maps of our own.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = new Set("svg g path polygon polyline ellipse circle line text".split(" "));
const ATTRIBUTES = new Set(
  (
    "class viewBox transform d points cx cy r rx ry x y x1 x2 y1 y2 " +
    "fill stroke stroke-width stroke-dasharray text-anchor font-family font-size font-weight"
  ).split(" "),
);
// Pixels a point: digits of ten points stay readable on a phone, and grow up to the second figure.
const SMALLEST = 1.2;
const NATURAL = 1.9;

export function mountPicture(svgText) {
  const source = new DOMParser().parseFromString(svgText, "image/svg+xml").documentElement;
  const parts = new Map();
  const svg = copy(source, parts);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  svg.style.setProperty("--natural-width", `${Math.round(width * NATURAL)}px`);
  svg.style.setProperty("--smallest-width", `${Math.round(width * SMALLEST)}px`);
  svg.style.setProperty("--ratio", width / height);
  return { svg, parts };
}

function copy(node, parts) {
  const twin = document.createElementNS(SVG, node.localName);
  for (const { name, value } of node.attributes)
    if (ATTRIBUTES.has(name) && !value.includes("url(")) twin.setAttribute(name, value);
  if (node.id) parts.set(node.id, twin);
  for (const child of node.childNodes) {
    if (child.nodeType === 3) twin.append(document.createTextNode(child.data));
    else if (child.nodeType === 1 && SHAPES.has(child.localName)) twin.append(copy(child, parts));
  }
  return twin;
}
