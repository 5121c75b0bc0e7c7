// The one way to the kernel. It may be busy or gone; the picture goes on without it, and never
// waits for a message.

/** @import { Model } from "./mount_view.js" */

/**
 * Traits that a hand has moved.
 * @param {Model} model
 * @param {Record<string, any>} changes {name: value}
 */
export function send(model, changes) {
  try {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
  } catch (error) {
    console.debug(error);
  }
  if (!waiting.size) queueMicrotask(saveAll); // after all changes of this moment
  waiting.add(model);
}

/**
 * A control that moves one trait.
 * @param {Model} model
 * @param {string} trait
 */
export const handOf = (model, trait) => ({
  get: () => model.get(trait),
  set: (value) => send(model, { [trait]: value }),
});

/**
 * A button that only Python can answer. `more` is what it was pressed with: a trait that was moved
 * a moment before may arrive later than the press.
 * @param {Model} model
 * @param {string} button
 * @param {Record<string, any>} more
 */
export function press(model, button, more) {
  guarded(() => model.send({ press: button, ...more }));
}

const waiting = new Set(); // models with changes that the kernel has not heard of

function saveAll() {
  for (const model of waiting) {
    waiting.delete(model);
    guarded(() => model.save_changes());
  }
}

function guarded(act) {
  Promise.resolve().then(act).catch(console.debug);
}
