// What a widget's model offers, kept in a page that has no kernel. What is one number in several
// views, its kin, moves in all of them.

/** @import { Model } from "./mount_view.js" */

const kin = [];

/** @returns {Model} */
export function savedModel(state) {
  const listeners = {};
  const take = (key, value) => {
    state[key] = value;
    for (const listener of listeners[`change:${key}`] ?? []) listener();
  };
  for (const which of Object.values(state.kin)) (kin[which] ??= []).push(take);
  return {
    saved: true,
    get: (key) => state[key],
    set: (key, value) => (kin[state.kin[key]] ?? [take]).forEach((one) => one(key, value)),
    save_changes() {},
    send() {},
    on: (event, then) => (listeners[event] ??= new Set()).add(then),
    off: (event, then) => listeners[event]?.delete(then),
  };
}
