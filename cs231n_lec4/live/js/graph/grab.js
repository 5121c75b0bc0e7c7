// A number on an input's wire can be taken: dragged, moved by keys, typed over.

import { isWrittenOut } from "../core/format.js";
import { change, element, fill, shape } from "../core/page_parts.js";
import { entryPlace } from "./places.js";

const PIXELS = 200; // of a drag through the whole range
const FINE = 10; // times finer, with Shift
const PAGE = 10; // steps

/**
 * Handles over the numbers of all inputs that have a control, for arrays over each entry that is
 * written out. `boxOf(control)` makes a text box.
 */
export function mountGrabs(session, boxOf, words) {
  const controlsAt = ({ role, node }) => {
    if (role !== "wire" || !isWrittenOut(session.program.shapes[node])) return [];
    return session.controls.filter(({ input }) => input === session.program.values[node]);
  };
  session.canTake = (wire) => controlsAt(wire).length > 0;
  const show = () => {
    for (const wire of session.wires) {
      const taken = controlsAt(wire);
      wire.grabs ??= taken.map((control) => layGrab(session, wire, control, boxOf, words));
      taken.forEach((control, k) => {
        const frame = frameOf(session, wire, control);
        change(wire.grabs[k], { ...frame, "aria-valuenow": control.get() });
      });
    }
  };
  return { show };
}

// A little smaller than the place of its number, so that what changes has room above it.
function frameOf(session, wire, { index }) {
  const [rows = 1, columns = 1] = session.program.shapes[wire.node];
  const [row = 0, column = 0] = index ?? [];
  const place = entryPlace(wire, "value", row * columns + column, { rows, columns });
  const more = session.inClass && !index ? place.width / 16 : 0; // its digits are larger there
  const [x, width] = [place.x - more, place.width + 2 * more];
  return { x, width, y: place.y + 1, height: place.height - 2 };
}

// A number of an array is reached from its array, by Enter.
function layGrab(session, wire, control, boxOf, words) {
  const name = fill(words.grab, { name: control.label });
  const { min, max } = control;
  const handle = shape("rect", {
    ...{ class: "grab", role: "spinbutton", "aria-label": name, rx: 2 },
    tabindex: control.index ? "-1" : "0",
    ...{ "aria-valuemin": min, "aria-valuemax": max },
  });
  const move = (value) => control.set(fitting(control, value));
  followHand(session, handle, control, move);
  const type = () => typeOver(session, handle, boxOf(control));
  handle.addEventListener("dblclick", type);
  handle.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(event, wire);
    else if (event.key === "Enter") type();
    else keyed(event, session, control, move);
  });
  handle.addEventListener("blur", () => release(session));
  wire.group.append(handle);
  return handle;
}

// ── held and let go ──

// From here on the wires show what this number changes. It stays held while it has the focus.
function hold(session, control) {
  const { label, input, index } = control;
  session.touched = control;
  session.held = { label, input, index, from: session.inputs[input] };
  session.tell();
}

const isHeld = ({ held }, { input, index }) => held?.input === input && held.index === index;

// From a number of an array back to the array.
function leave(event, { cover }) {
  if (!cover) return;
  event.stopPropagation();
  cover.focus();
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
  handle.addEventListener("lostpointercapture", () => (start = null));
}

const DIRECTIONS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

function keyed(event, session, control, move) {
  const { key, shiftKey } = event;
  const steps = { ...DIRECTIONS, PageUp: PAGE, PageDown: -PAGE }[key];
  const end = { Home: control.min, End: control.max }[key];
  if (steps === undefined && end === undefined) return;
  event.preventDefault();
  if (!isHeld(session, control)) hold(session, control);
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
