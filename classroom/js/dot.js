// A sketch as DOT text, from the lines that pictures/dot.py writes of one box, wire and edge of each
// kind: they come with the facts, and only names, numbers and sizes are put in.

const LABEL_LENGTH = 40;
const GAP = "\u00a0";
const WIDE = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const ROOM = 6; // characters that every cell has place for

/**
 * @param {any} sketch
 * @param {(wire: any) => string[]} textsOf the number above a wire and the one below
 * @param {any} templates
 */
export function dotOf({ boxes, wires, edges, named }, textsOf, templates) {
  const { head, gate, input, forks, wires: cells, edges: ways, tail, same } = templates;
  const numbers = wires.map(textsOf);
  const characters = Math.max(ROOM, ...numbers.flat().map(widthOf));
  const kinds = {
    gate: ({ id, text }) => put(gate, { id, text: htmlOf(text), ...sizeOf(text) }),
    input: ({ id, text }) => {
      const width = (0.1 + 0.09 * widthOf(labelOf(text))).toFixed(3);
      return put(input, { id, text: htmlOf(text), width });
    },
    fork: ({ id, text }) => put(forks[text ? "alive" : "still"], { id }),
  };
  const wire = ({ id, name, alive }, k) => {
    const [above, below] = numbers[k].map((text) => text || GAP);
    const texts = { id, above, below, width: cellOf(characters) };
    if (id !== named) return put(cells[alive ? "alive" : "still"], texts);
    return put(cells.named, { ...texts, ...nameAbove(name, characters) });
  };
  const edge = ({ id, tail: from, head: to, alive, arrow }) => {
    const ends = {
      id,
      tail: from[0] === "w" ? `${from}:e` : from,
      head: to[0] === "w" ? `${to}:w` : to,
    };
    return put(ways[arrow ? "arrow" : "plain"][alive ? "alive" : "still"], ends);
  };
  const inputs = boxes.filter(({ kind }) => kind === "input");
  const column = inputs.slice(1).map(({ id }, k) => put(same, { upper: inputs[k].id, lower: id }));
  return [
    head,
    ...boxes.map((box) => kinds[box.kind](box)),
    ...wires.map(wire),
    ...edges.map(edge),
    tail.replace("{column}", column.join("")),
  ].join("");
}

const put = (line, facts) => line.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function sizeOf(text) {
  const length = widthOf(labelOf(text));
  const width = Math.max(0.37, 0.1 + 0.088 * length);
  return { width: String(Number(width.toPrecision(6))), size: length < 3 ? "12" : "10" };
}

const cellOf = (characters) => String(Math.round(characters * 6.03 + 4));

// Small, and larger where letters have more strokes.
function nameAbove(name, characters) {
  const columns = widthOf(labelOf(name));
  const small = columns > [...labelOf(name)].length ? 10 : 8;
  const width = cellOf(Math.max(characters, (small / 10) * columns));
  return { name: htmlOf(name), small, high: small + 2, width };
}

// Columns that a text takes in a fixed-width font.
const widthOf = (text) => [...text].reduce((sum, c) => sum + (WIDE.test(c) ? 2 : 1), 0);

function labelOf(text) {
  const letters = [...text];
  return letters.length <= LABEL_LENGTH ? text : `${letters.slice(0, LABEL_LENGTH - 1).join("")}…`;
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const htmlOf = (text) => labelOf(text).replace(/[&<>"']/g, (c) => ESCAPES[c]) || GAP;
