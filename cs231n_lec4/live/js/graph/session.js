// What all parts of one view share: the inputs' numbers, the program, and who wants to know of a
// move.

import { compileProgram } from "../program/program.js";
import { listen } from "../core/mount_view.js";
import { send } from "../core/send.js";

export function startSession(model, signal) {
  const program = model.get("program");
  const run = program ? compileProgram(program) : null;
  const listeners = new Set();
  const start = model.get("start");
  const names = Object.keys(start);
  const inputs = Object.fromEntries(names.map((name) => [name, model.get(`input_${name}`)]));
  const session = { model, signal, program, inputs, names, start };
  session.settings = model.get("settings");
  session.inClass = model.get("class_mode");
  session.nodeNames = model.get("names");

  session.onMove = (listener) => listeners.add(listener);
  session.listen = (event, then) => listen(model, event, then, signal);
  session.lookAt = (numbers) => (run ? run(numbers) : null);
  session.look = session.lookAt(inputs);

  session.tell = () => {
    session.look = session.lookAt(inputs);
    for (const listener of listeners) listener(session);
  };

  session.ask = () => {}; // called when numbers are wanted that only Python computes
  session.begin = {}; // what "Reset" puts back beside the inputs

  session.touched = null; // the control that a hand moved or took last
  const move = (control, value) => {
    const { input } = control;
    session.touched = control;
    inputs[input] = withNumber(inputs, control, value)[input];
    session.ask();
    session.tell();
    send(model, { [`input_${input}`]: inputs[input] });
  };
  session.controls = model.get("controls").map((control) => ({
    ...control,
    get: () => numberIn(inputs, control),
    set: (value) => move(control, value),
  }));

  // Several inputs at once; `more` is sent to the kernel with them.
  session.moveTo = (numbers, more = {}) => {
    Object.assign(inputs, numbers);
    session.ask();
    session.tell();
    const moved = Object.fromEntries(names.map((name) => [`input_${name}`, inputs[name]]));
    send(model, { ...moved, ...more });
  };

  session.reset = () => session.moveTo(start, session.begin);

  // A move made in Python, or in another view of the same model.
  for (const name of names)
    session.listen(`change:input_${name}`, () => {
      if (same(inputs[name], model.get(`input_${name}`))) return;
      inputs[name] = model.get(`input_${name}`);
      session.tell();
    });
  return session;
}

/** Numbers or arrays, or inputs by name: nested lists are never the same by `===`. */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The number of a control among all inputs: an input itself, or one entry of it. */
export const numberIn = (inputs, { input, index }) =>
  (index ?? []).reduce((rows, k) => rows[k], inputs[input]);

/** All inputs, this one number changed. */
export const withNumber = (inputs, { input, index }, value) => ({
  ...inputs,
  [input]: index ? withEntry(inputs[input], index, value) : value,
});

/**
 * @param {any[]} array
 * @param {number[]} index
 * @param {number} value
 */
function withEntry(array, [k, ...rest], value) {
  return array.map((row, j) => (j !== k ? row : rest.length ? withEntry(row, rest, value) : value));
}
