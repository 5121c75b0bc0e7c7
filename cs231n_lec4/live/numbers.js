// Numbers as people type them: -4, −4, .5, 1/2, 0,5, １２. Returns a number, or the code of what is wrong.

const LARGEST = 1e6;

export function readNumber(text, largest = LARGEST) {
  const plain = text
    .normalize("NFKC")
    .replace(/[\u2212\u2012\u2013\u2014]/g, "-")
    .replace(/\s/g, "")
    .replace(/^(-?\d*),(\d+)$/, "$1.$2");
  const parts = plain.split("/");
  if (parts.length > 2 || !parts.every(isDecimal)) return { problem: "not_a_number" };
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(plain);
  if (Number.isNaN(value)) return { problem: "not_a_number" };
  if (Math.abs(value) > largest) return { problem: "too_large" };
  return { value };
}

function isDecimal(text) {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}
