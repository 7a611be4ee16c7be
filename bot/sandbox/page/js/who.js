// The demo persons and what each one needs to enter.
import { appCode } from "./app-code.js";
import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** An address may break before its @, never in the middle of a word. */
const breakable = (text) => text.split(/(?=@)/).flatMap((part) => [el("wbr"), part]);

const fact = (label, value, shown = value) =>
  value
    ? [
        el("dt", {}, label),
        el("dd", {}, el("span", {}, breakable(shown)), copyButton(value, `Copiar ${label.toLowerCase()}`)),
      ]
    : [];

const card = (person) =>
  el(
    "article",
    { class: "person", data: { person: person.document || person.name } },
    el("h3", {}, person.name),
    el("span", { class: "chip" }, person.state),
    el("dl", {}, [
      ...fact("Documento", person.document, `${person.document_type} ${person.document}`),
      ...fact("Primera clave", person.first_key),
      ...fact("Correo", person.email),
      ...(person.app_key ? [el("dt", {}, "Código"), el("dd", {}, appCode(person.app_key))] : []),
    ]),
  );

export function createWho(store) {
  const content = el("div", { class: "panel-body" });
  const draw = () => content.replaceChildren(...store.who.map(card));
  store.on("people", draw);
  draw();
  return el(
    "section",
    { class: "panel view", data: { view: "who" }, "aria-label": "Quién es quién" },
    el("h2", {}, icon("people"), "Quién es quién"),
    content,
  );
}
