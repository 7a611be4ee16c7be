// Builds DOM nodes. Data only ever becomes text nodes and attributes, never markup.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "class") node.className = value;
  else node.setAttribute(name, value === true ? "" : value);
}

const SAFE_ADDRESS = /^(https?|mailto|tel):/i;

/** A link out of the page; an address of any other kind leaves a link that goes nowhere. */
export function outLink(address, props = {}) {
  const href = SAFE_ADDRESS.test(address) ? address : null;
  return el("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" });
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Restarts a CSS animation that a class carries. */
export function replay(node, className) {
  node.classList.remove(className);
  void node.offsetWidth;
  node.classList.add(className);
}
