// A bar to the right of 0 for positive numbers, to the left for negative ones.

import { change, shape } from "./page_parts.js";
import { scale, sheet } from "./shapes.js";

export function signedBar(low, high, width, height) {
  const x = scale(low, high, 2, width - 2);
  const fill = shape("rect", { class: "bar-fill", y: 1, height: height - 2 });
  const zero = shape("line", { class: "bar-zero", x1: x(0), x2: x(0), y1: 0, y2: height });
  const root = sheet(width, height, fill, zero);
  const show = (number) => {
    const [from, to] = [x(0), x(Math.min(Math.max(number, low), high))].sort((a, b) => a - b);
    change(fill, { x: from, width: to - from });
    fill.classList.toggle("is-negative", number < 0);
  };
  return { root, show };
}
