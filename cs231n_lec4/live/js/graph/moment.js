// The picture at one moment of the passes: what is known, which gate works, and where it is.

// Numbers that come after this place are not there yet.
export function hideLaterNumbers(session, place) {
  for (const wire of session.wires) {
    const [value, gradient] = session.model.get("shown_from")[wire.id];
    if (value > place) wire.lines.value = [];
    if (gradient === null || gradient > place) hideGradient(wire);
  }
}

export function hideGradient(wire) {
  wire.lines.gradient = [];
  wire.size = null;
}

// The gate of a step and its wires are ringed. A slider that moves changes none of them.
export function ring(session, step) {
  const { parts, ringed } = session;
  if (ringed?.step === step && ringed?.parts === parts) return;
  session.ringed = { step, parts };
  for (const part of parts.values()) part.classList.remove("lit");
  if (!step) return;
  const gate = parts.get(step.kind === "sum" ? `f${step.node}` : `g${session.boxOf(step.node)}`);
  const nodes = step.kind === "update" ? step.rows.map((row) => row.to) : [step.node];
  const own = session.wires.filter((w) => nodes.includes(w.node) && w.role === "wire");
  const inputs = session.wires.filter((w) => w.gate === step.node);
  const wires = step.kind === "forward" || step.kind === "backward" ? [...own, ...inputs] : own;
  for (const part of [gate, ...wires.map((wire) => wire.group)]) part?.classList.add("lit");
}

const SIDES = [
  ["left", "right", "scrollLeft"],
  ["top", "bottom", "scrollTop"],
];

// Where the picture is larger than its place, it scrolls to the gate of the step and to its wires;
// where these have no room together, to the gate.
export function followStep({ parts, place, putOnPage }) {
  const lit = [...parts.values()].filter((part) => part.matches(".lit"));
  if (!lit.length) return;
  lit.forEach(putOnPage);
  const boxes = lit.map((part) => part.getBoundingClientRect());
  const gate = boxes[lit.findIndex((part) => part.matches(".gate, .fork"))] ?? boxes[0];
  const window = place.getBoundingClientRect();
  for (const [from, to, scroll] of SIDES) {
    const first = Math.min(...boxes.map((box) => box[from]));
    const last = Math.max(...boxes.map((box) => box[to]));
    const [start, end] =
      last - first <= window[to] - window[from] ? [first, last] : [gate[from], gate[to]];
    if (start < window[from] || end > window[to])
      place[scroll] += (start + end - window[from] - window[to]) / 2;
  }
}
