// Small helpers to build a page. Text from people only ever goes through textContent.

// A function that makes elements of one kind: HTML, SVG or MathML.
export function maker(space) {
  return (tag, attributes, ...children) => {
    const made = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
}

export const element = maker("http://www.w3.org/1999/xhtml");
export const shape = maker("http://www.w3.org/2000/svg");

// "{name}: {value}" with the facts put in. Every sentence comes from words/.
export function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}
