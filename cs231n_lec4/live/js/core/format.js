// Numbers as they stand in a picture. The same rules as words/digits.py; the tests run both.

import { inRows } from "../program/arrays.js";

export const DIGITS = 2;
export const WIDTH = 8;
export const DUST = 1e-12;

/**
 * The text of one number in at most `width` characters: "2.00", "−12.35", "1.2e5", "∞", "NaN".
 * @param {number} value
 */
export function formatNumber(value, digits = DIGITS, width = WIDTH) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) < DUST) value = 0;
  const text = magnitude(Math.abs(value), digits, width - 1); // x and −x have the same digits
  return value < 0 && !isZero(text) ? `−${text}` : text;
}

/** A number in a sentence: at most so many digits that count, "0.622", "12346", "1.2e−5". */
export function short(value, digits = 3) {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value, 0);
  const size = Math.abs(value);
  const [mantissa, tail] = size.toExponential(digits - 1).split("e");
  const power = Number(tail);
  const isPlain = power > -5 && power < WIDTH;
  const text = isPlain
    ? trimmed(size.toFixed(Math.max(0, digits - 1 - power)))
    : `${trimmed(mantissa)}e${power}`.replace("-", "−");
  return value < 0 ? `−${text}` : text;
}

/** A number as it was given: 0.30000000000000004 is shown as 0.3. */
export const asGiven = (value) => short(Number(value), 12);

/** A whole number with its thousands marked: "308,210". */
export function grouped(count) {
  return count.toLocaleString("en-US");
}

/** A decimal without zeros at its end; "1.5e−10" stays. */
export function trimmed(text) {
  return /\.\d*$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}

/**
 * At most four decimals, without zeros at their end: "0.0039". A smaller number keeps two digits:
 * "0.00015" is not 0.0002.
 */
export function fourDigits(value) {
  const isSmall = Math.abs(value) < 1e-3 && Math.abs(value) >= DUST;
  return isSmall ? short(value, 2) : trimmed(formatNumber(value, 4));
}

/** The same with its sign: "+0.0039". */
export const signed = (value, write = fourDigits) => (value >= DUST ? "+" : "") + write(value);

/**
 * The lines of an array: its numbers up to 3 rows and 4 columns, else its shape and its range.
 * A vector stands upright. Columns are padded with no-break spaces.
 * @param {{ shape: number[], data: Float64Array }} array
 * @param {{ digits?: number, width?: number }} look
 * @param {(k: number) => string | null} cover what stands in the place of entry k, if anything
 */
export function arrayLines({ shape, data }, { digits, width }, cover = () => null) {
  const text = (number) => formatNumber(number, digits, width);
  if (isWrittenOut(shape)) {
    const texts = Array.from(data, (number, k) => cover(k) ?? text(number));
    return inColumns(inRows(texts, shape[1] ?? 1));
  }
  const ends = [Math.min, Math.max].map((f) => data.reduce((x, y) => f(x, y)));
  return [shape.join(" × "), ends.map(text).join(" … ")];
}

/** Has a picture room for every entry of such an array? */
export function isWrittenOut(shape) {
  return shape.length <= 2 && (shape[0] ?? 1) <= 3 && (shape[1] ?? 1) <= 4;
}

function inColumns(rows) {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  const line = (row) => `[${row.map((text, k) => text.padStart(widths[k])).join("  ")}]`;
  return rows.map((row) => line(row).replaceAll(" ", "\u00a0"));
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
  const texts = [2, 1, 0].map((decimals) => {
    const [mantissa, power] = value.toExponential(decimals).split("e");
    return `${trimmed(mantissa)}e${Number(power)}`.replace("-", "−");
  });
  return texts.find((text) => text.length <= width) ?? texts[2];
}
