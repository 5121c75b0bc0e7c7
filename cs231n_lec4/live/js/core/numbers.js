// Numbers as people type them: -4, −4, .5, 1/2, 0,5, １２. Returns {value}, or {problem}: a code.

const LARGEST = 1e6;

export function readNumber(text) {
  const plain = text
    .normalize("NFKC") // full-width digits become plain ones, ½ becomes 1⁄2
    .replace(/[\u2212\u2010-\u2015]/g, "-")
    .replace(/\u2044/g, "/")
    .replace(/\s/g, "");
  const parts = plain.split("/").map(withPoint);
  if (parts.length > 2 || !parts.every(isDecimal)) return { problem: "not_a_number" };
  const [top, bottom = 1] = parts.map(Number);
  if (bottom === 0) return { problem: "not_a_number" };
  const value = top / bottom;
  return Math.abs(value) > LARGEST ? { problem: "too_large" } : { value };
}

// A decimal comma becomes a point. 1,000 could mean two numbers, so it stays unreadable.
function withPoint(text) {
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return text;
  return text.replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
}

function isDecimal(text) {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}
