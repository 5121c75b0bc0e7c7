// Numbers as they stand in a picture. The same rules as cs231n_lec4/digits.py; the tests run both.

export const DIGITS = 2;
export const WIDTH = 8;
const DUST = 1e-12;

/**
 * The text of one number in at most `width` characters: "2.00", "−12.35", "1.2e5", "∞", "NaN".
 * @param {number} value
 */
export function formatNumber(value, digits = DIGITS, width = WIDTH) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) < DUST) value = 0;
  const text = magnitude(Math.abs(value), digits, value < 0 ? width - 1 : width);
  return value < 0 && !isZero(text) ? `−${text}` : text;
}

/**
 * 409,600
 * @param {number} n
 */
export function grouped(n) {
  return n.toLocaleString("en-US");
}

/** 0 where every number is whole, else 2. */
export function digitsFor(values) {
  return values.every(isWhole) ? 0 : DIGITS;
}

function magnitude(value, digits, width) {
  if (value >= 10 ** width) return exponent(value, width);
  let text = "";
  for (let decimals = digits; decimals >= 0; decimals--) {
    text = value.toFixed(decimals);
    if (text.length <= width) break;
  }
  const lost = value > 0 && digits > 0 && isZero(text);
  return lost || text.length > width ? exponent(value, width) : text;
}

function isZero(text) {
  return /^[0.]*$/.test(text);
}

function exponent(value, width) {
  let text = "";
  for (const decimals of [2, 1, 0]) {
    let [mantissa, power] = value.toExponential(decimals).split("e");
    if (mantissa.includes(".")) mantissa = mantissa.replace(/0+$/, "").replace(/\.$/, "");
    text = `${mantissa}e${Number(power)}`.replace("-", "−");
    if (text.length <= width) break;
  }
  return text;
}

function isWhole(value) {
  if (!Number.isFinite(value)) return true;
  return Math.abs(value - Math.round(value)) <= DUST * Math.max(1, Math.abs(value));
}
