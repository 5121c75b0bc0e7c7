// The browser's program of a graph, from the gates' own lines as Python wrote them: renamed into the
// graph's variables, one below the other (flat/code.py).

/** Every gate's lines have the names x, y (inputs), z (output) and dz (upstream). */
export function programOf({ nodes, names, placeOf, output }) {
  const taken = new Set(names);
  const fresh = (name) => {
    while (taken.has(name)) name += "_";
    taken.add(name);
    return name;
  };
  const values = nodes.map(({ wantsGrad, value }, k) => (wantsGrad ? names[k] : numberTree(value)));
  const grads = nodes.map(({ wantsGrad }, k) => (wantsGrad ? fresh(`d${names[k]}`) : null));
  const bodies = new Map();
  const shares = {};
  nodes.forEach((node, k) => {
    if (node.kind !== "gate") return;
    const inputs = node.inputs.map(placeOf);
    shares[k] = inputs.map(() => null);
    if (node.wantsGrad) bodies.set(k, bodyOf(node, k, inputs, { values, grads, names, fresh }));
  });
  const lines = [...bodies.values()].flatMap(({ forward }) => forward);
  lines.push([grads[output], 1]);
  const seen = new Set();
  for (const [k, { backward }] of [...bodies].reverse())
    for (const { name, slot, tree } of backward) {
      if (slot === null) {
        lines.push([name, tree]);
        continue;
      }
      const share = fresh(`share_${k}_${slot}`);
      shares[k][slot] = share;
      lines.push([share, tree], [name, seen.has(name) ? ["+", name, share] : share]);
      seen.add(name);
    }
  const inputs = names.filter((_, k) => nodes[k].kind === "input");
  return { inputs, lines, values, grads, shares, shapes: nodes.map(() => []), constants: {} };
}

// One gate's lines in the graph's names. Helper variables stay: whoever shows a line looks through
// them.
function bodyOf({ gate, inputs }, k, places, { values, grads, names, fresh }) {
  const new_ = { z: names[k], dz: grads[k] };
  places.forEach((place, slot) => (new_["xy"[slot]] = values[place]));
  for (const name of gate.helpers) new_[name] = fresh(`${names[k]}${name.slice(1)}`);
  const inGraph = (tree) => folded(replaced(tree, new_));
  const forward = gate.forward.map(([name, tree]) => [new_[name], inGraph(tree)]);
  const backward = gate.backward
    .filter(([, , slot]) => slot === null || inputs[slot].wantsGrad)
    .map(([name, tree, slot]) => {
      const target = slot === null ? new_[name] : grads[places[slot]];
      return { name: target, slot, tree: inGraph(tree) };
    });
  return { forward, backward };
}

// ── trees ──

/** A number as flat code has it: a negative one is a minus and a number. */
export function numberTree(value) {
  if (value < 0 || Object.is(value, -0)) return ["neg", numberTree(-value)];
  return Number.isFinite(value) ? value : ["number", Number.isNaN(value) ? "nan" : "inf"];
}

/** The tree with some names replaced, each by a tree of its own. */
export function replaced(tree, new_) {
  if (Array.isArray(tree))
    return tree[0] === "number"
      ? tree
      : [tree[0], ...tree.slice(1).map((part) => replaced(part, new_))];
  return typeof tree === "string" && Object.hasOwn(new_, tree) ? new_[tree] : tree;
}

const COMPARE = {
  "==": (x, y) => x === y,
  "!=": (x, y) => x !== y,
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
};

// What is known before any number flows, as a person writes it: x ** 1 is x (flat/bodies.py).
const folded = (tree) => asTree(settled(tree));
const asTree = (tree) => (typeof tree === "boolean" ? Number(tree) : tree);

function settled(tree) {
  if (!Array.isArray(tree) || tree[0] === "number") return tree;
  const [operation, ...parts] = [tree[0], ...tree.slice(1).map(settled)];
  const [x, y] = parts.map(asNumber);
  if (operation === "if" && typeof parts[0] === "boolean") return parts[0] ? parts[1] : parts[2];
  if (operation in COMPARE && x !== null && y !== null) return COMPARE[operation](x, y);
  if (operation === "-" && x !== null && y !== null) return numberTree(x - y);
  if (operation === "**" && y === 1) return parts[0];
  return [operation, ...parts.map(asTree)];
}

function asNumber(tree) {
  if (!Array.isArray(tree)) return typeof tree === "number" ? tree : null;
  if (tree[0] === "number") return tree[1] === "inf" ? Infinity : NaN;
  const inner = tree[0] === "neg" ? asNumber(tree[1]) : null;
  return inner === null ? null : -inner;
}
