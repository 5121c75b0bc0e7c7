// A number on an input's wire can be taken: dragged, moved by keys, typed over.

import { change, element, fill, shape } from "../core/page_parts.js";

const HEIGHT = 13; // of a number's cell, in the picture's own units
const PIXELS = 200; // of a drag through the whole range
const FINE = 10; // times finer, with Shift
const PAGE = 10; // steps

/**
 * Handles over the numbers of all inputs that have a control. `boxOf(control)` makes a text box.
 */
export function mountGrabs(session, controls, boxOf, words) {
  const controlOf = new Map();
  for (const control of controls) if (!control.index) controlOf.set(control.input, control);
  const show = () => {
    for (const wire of session.wires) {
      const control = wire.role === "wire" && controlOf.get(session.program.values[wire.node]);
      if (!control) continue;
      wire.grab ??= layGrab(session, wire, control, boxOf, words);
      change(wire.grab, { "aria-valuenow": control.get() });
    }
  };
  return { show };
}

function layGrab(session, { group, ways }, control, boxOf, words) {
  const [x, right] = [ways.left.at(-1)[0], ways.right[0][0]];
  const y = ways.right[0][1] - HEIGHT;
  const area = { x: x + 1, y, width: right - x - 2, height: HEIGHT - 1, rx: 2 };
  const name = fill(words.grab, { name: control.label });
  const { min, max } = control;
  const handle = shape("rect", {
    ...{ class: "grab", tabindex: "0", role: "spinbutton", "aria-label": name, ...area },
    ...{ "aria-valuemin": min, "aria-valuemax": max },
  });
  const move = (value) => control.set(fitting(control, value));
  followHand(session, handle, control, move);
  handle.addEventListener("keydown", (event) => keyed(event, session, control, move));
  const type = () => typeOver(session, handle, boxOf(control));
  handle.addEventListener("dblclick", type);
  handle.addEventListener("keydown", ({ key }) => key === "Enter" && type());
  handle.addEventListener("blur", () => release(session));
  group.append(handle);
  return handle;
}

// ── held and let go ──

// From here on the wires show what this input changes. It stays held while it has the focus.
function hold(session, { input }) {
  session.held = { input, from: session.inputs[input] };
  session.tell();
}

function release(session) {
  if (!session.held) return;
  session.held = null;
  session.tell();
}

function followHand(session, handle, control, move) {
  let start = null;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    start = { x: event.clientX, value: control.get() };
    hold(session, control);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!start) return;
    const slow = event.shiftKey ? FINE : 1;
    const units = (control.max - control.min) / PIXELS / slow;
    move(start.value + (event.clientX - start.x) * units);
  });
  const end = () => (start = null);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, end);
}

const DIRECTIONS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

function keyed(event, session, control, move) {
  const { key, shiftKey } = event;
  const steps = { ...DIRECTIONS, PageUp: PAGE, PageDown: -PAGE }[key];
  const end = { Home: control.min, End: control.max }[key];
  if (steps === undefined && end === undefined) return;
  event.preventDefault();
  if (session.held?.input !== control.input) hold(session, control);
  move(end ?? control.get() + steps * (shiftKey ? control.step / FINE : control.step));
}

/**
 * In the range of the slider, unless a typed number is outside already; without the dust of sums.
 * @param {{ min: number, max: number, step: number, get: () => number }} control
 * @param {number} value
 */
export function fitting({ min, max, step, get }, value) {
  const inside = Math.min(Math.max(value, Math.min(min, get())), Math.max(max, get()));
  const unit = step / FINE;
  return Number((Math.round(inside / unit) * unit).toPrecision(12));
}

// A text box over the number; Enter takes what it says, Escape leaves it.
function typeOver({ place }, handle, box) {
  const [frame, area] = [place.getBoundingClientRect(), handle.getBoundingClientRect()];
  const root = element("span", { class: "typed-over" }, box.root);
  root.style.left = `${area.left - frame.left + place.scrollLeft}px`;
  root.style.top = `${area.top - frame.top + place.scrollTop}px`;
  root.style.minWidth = `${area.width}px`;
  const leave = () => root.isConnected && root.remove();
  box.root.addEventListener("blur", leave);
  box.root.addEventListener("keydown", ({ key }) => key === "Enter" && handle.focus());
  place.append(root);
  box.root.focus();
}
