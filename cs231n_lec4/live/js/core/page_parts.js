// Small helpers to build a page. Text from people only ever goes through textContent.

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {}))
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// "{name}: {value}" with the facts put in. Every sentence comes from words/.
export function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}
