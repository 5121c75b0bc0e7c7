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
  const gate = parts.get(
    step.kind === "sum" ? `f${step.node}` : `g${session.boxOf(step.node)}`,
  );
  const nodes = step.kind === "update" ? step.rows.map((row) => row.to) : [step.node];
  const own = session.wires.filter((w) => nodes.includes(w.node) && w.role === "wire");
  const inputs = session.wires.filter((w) => w.gate === step.node);
  const wires = step.kind === "forward" || step.kind === "backward" ? [...own, ...inputs] : own;
  for (const part of [gate, ...wires.map((wire) => wire.group)]) part?.classList.add("lit");
}

// Where the picture is larger than its place, it scrolls to the gate of the step.
export function followStep({ parts, place, putOnPage }) {
  const lit = [...parts.values()].find((part) => part.matches(".gate.lit, .fork.lit"));
  if (!lit) return;
  putOnPage(lit);
  const gate = lit.getBoundingClientRect();
  const window = place.getBoundingClientRect();
  if (gate.left < window.left || gate.right > window.right)
    place.scrollLeft += (gate.left + gate.right - window.left - window.right) / 2;
  if (gate.top < window.top || gate.bottom > window.bottom)
    place.scrollTop += (gate.top + gate.bottom - window.top - window.bottom) / 2;
}
