// What all parts of one view share: the inputs' numbers, the program, and who wants to know of a move.

import { compileProgram } from "./program.js";

export function startSession(model) {
  const program = model.get("program");
  const run = program ? compileProgram(program) : null;
  const controls = model.get("controls");
  const listeners = new Set();
  const heard = []; // what to stop listening to when the view goes
  const names = [...new Set(controls.map((control) => control.input))];
  const inputs = Object.fromEntries(names.map((name) => [name, model.get(`input_${name}`)]));
  const session = { model, program, controls, inputs, names };

  session.start = Object.fromEntries(names.map((name) => [name, model.get("start")[name]]));
  session.onMove = (listener) => listeners.add(listener);
  session.listen = (event, then) => (model.on(event, then), heard.push([event, then]));
  session.stop = () => heard.forEach(([event, then]) => model.off(event, then));
  session.lookAt = (numbers) => (run ? run(numbers) : null);
  session.look = session.lookAt(inputs);

  session.tell = () => {
    session.look = session.lookAt(inputs);
    for (const listener of listeners) listener(session);
  };

  session.get = (control) => (control.index ? entry(inputs[control.input], control.index) : inputs[control.input]);

  session.set = (control, value) => {
    const old = inputs[control.input];
    inputs[control.input] = control.index ? withEntry(old, control.index, value) : value;
    session.tell();
    send(model, { [`input_${control.input}`]: inputs[control.input] });
  };

  session.reset = () => {
    Object.assign(inputs, session.start);
    session.tell();
    send(model, Object.fromEntries(names.map((name) => [`input_${name}`, inputs[name]])));
  };

  // A move made in Python, or in another view of the same model.
  for (const name of names)
    session.listen(`change:input_${name}`, () => {
      if (same(inputs[name], model.get(`input_${name}`))) return;
      inputs[name] = model.get(`input_${name}`);
      session.tell();
    });
  return session;
}

// The kernel may be busy or gone; the picture goes on without it.
export function send(model, changes) {
  try {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  } catch (error) {
    console.debug(error);
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function entry(array, index) {
  return index.reduce((rows, k) => rows[k], array);
}

function withEntry(array, [k, ...rest], value) {
  return array.map((row, j) => (j !== k ? row : rest.length ? withEntry(row, rest, value) : value));
}
