// The cooperative's outgoing e-mail: a list, and one message open at a time.
import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import { moment } from "./format.js";
import { icon } from "./icons.js";
import { fileCard } from "./media.js";

const CODE = /\b\d{6}\b/;

function codeIn(text) {
  const code = text.match(CODE)?.[0];
  return code ? el("p", { class: "mail-code" }, "Código: ", el("b", {}, code), copyButton(code, "Copiar el código")) : null;
}

const attachment = (file) =>
  fileCard({ name: file.name, size: file.size, url: file.url, type: file.mime_type });

export function createMailbox(store) {
  const count = el("span", { class: "badge", hidden: true });
  const content = el("div", { class: "panel-body", "aria-live": "polite" });
  let open = null;

  const row = (mail) =>
    el(
      "button",
      { type: "button", class: store.openedMail.has(mail.id) ? "mail-row" : "mail-row fresh", data: { mail: mail.id }, onclick: () => read(mail.id) },
      el("span", { class: "mail-to" }, `Para: ${mail.to.join(", ")}`),
      el("b", {}, mail.subject),
      el("time", {}, moment(mail.date)),
    );

  const list = () => {
    const rows = [...store.mail].reverse().map(row);
    return rows.length > 0 ? rows : [el("p", { class: "empty" }, "Aquí aparecerán los correos que la cooperativa envíe.")];
  };

  const letter = (mail) => {
    const text = mail.text || "Este correo no trae una versión de solo texto.";
    return el(
      "article",
      { class: "letter", data: { letter: mail.id } },
      el("button", { type: "button", class: "back", onclick: () => read(null) }, icon("back"), "Todos los correos"),
      el("h3", {}, mail.subject),
      el("p", { class: "mail-to" }, `De: ${mail.from}`),
      el("p", { class: "mail-to" }, `Para: ${mail.to.join(", ")}`),
      el("p", { class: "mail-to" }, moment(mail.date)),
      codeIn(text),
      el("p", { class: "letter-text" }, text),
      mail.attachments.map(attachment),
    );
  };

  const draw = () => {
    const mail = store.mail.find((known) => known.id === open);
    content.replaceChildren(...(mail ? [letter(mail)] : list()));
    count.textContent = store.unopenedMail();
    count.hidden = store.unopenedMail() === 0;
  };

  const read = (id) => {
    const previous = open;
    open = id;
    if (id === null) draw();
    else store.openMail(id);
    const target = id === null ? `[data-mail="${previous}"]` : ".back";
    content.querySelector(target)?.focus();
    content.scrollTop = 0;
  };

  store.on("mail", draw);
  draw();
  return el(
    "section",
    { class: "panel view", data: { view: "mail" }, "aria-label": "Correo saliente de la cooperativa" },
    el("h2", {}, icon("mail"), "Correo saliente de la cooperativa", count),
    content,
  );
}
