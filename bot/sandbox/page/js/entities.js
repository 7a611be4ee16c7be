// Turns a Bot API text with entities into DOM nodes. Offsets count UTF-16 units,
// which is how JavaScript counts too.
import { el, outLink } from "./dom.js";

const withScheme = (text) => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Texto oculto: pulse para verlo" });
  const reveal = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") reveal();
  });
  return node;
}

const command = (text, { onCommand }) =>
  el("button", { type: "button", class: "as-link", onclick: () => onCommand(text) });

const WRAPPERS = {
  bold: () => el("b"),
  italic: () => el("i"),
  underline: () => el("u"),
  strikethrough: () => el("s"),
  code: () => el("code"),
  pre: () => el("pre"),
  blockquote: () => el("blockquote"),
  expandable_blockquote: () => el("blockquote"),
  spoiler,
  url: (text) => outLink(withScheme(text)),
  email: (text) => outLink(`mailto:${text}`),
  phone_number: (text) => outLink(`tel:${text.replace(/[^\d+]/g, "")}`),
  text_link: (text, { entity }) => outLink(entity.url),
  bot_command: command,
};

const end = (entity) => entity.offset + entity.length;

const byOrder = (a, b) => a.offset - b.offset || b.length - a.length;

export function richText(text, entities = [], onCommand = () => {}) {
  const known = entities.filter((entity) => entity.type in WRAPPERS).sort(byOrder);
  const fragment = document.createDocumentFragment();
  fill(fragment, { text, from: 0, to: text.length, onCommand }, known);
  return fragment;
}

function fill(parent, range, entities) {
  const { text, to } = range;
  let position = range.from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const stop = Math.min(end(entity), to);
    parent.append(text.slice(position, entity.offset));
    const node = WRAPPERS[entity.type](text.slice(entity.offset, stop), { ...range, entity });
    const inside = others.filter((other) => other.offset < stop);
    fill(node, { ...range, from: entity.offset, to: stop }, inside);
    parent.append(node);
    position = stop;
    rest = others.map((other) => clip(other, stop)).filter(Boolean);
  }
  parent.append(text.slice(position, to));
}

/** What of an entity is left after `from`; overlaps are cut, as messengers do. */
function clip(entity, from) {
  if (end(entity) <= from) return null;
  if (entity.offset >= from) return entity;
  return { ...entity, offset: from, length: end(entity) - from };
}
