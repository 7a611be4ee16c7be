// Pictures, documents and shared contacts inside a bubble or an e-mail.
import { fileUrl } from "./api.js";
import { el } from "./dom.js";
import { fileSize } from "./format.js";
import { icon } from "./icons.js";
import { openViewer } from "./viewer.js";

/** file: {name, size, url, type, locked} */
export function fileCard(file) {
  const ending = file.name.includes(".") ? file.name.split(".").at(-1).slice(0, 4).toUpperCase() : "";
  return el(
    "button",
    { type: "button", class: "file-card", data: { file: file.name }, onclick: () => openViewer(file) },
    el("span", { class: "file-badge", "aria-hidden": "true" }, ending || icon("file")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, file.name),
      el("span", { class: "file-size" }, `${fileSize(file.size ?? 0)} · Abrir`),
    ),
  );
}

function picture(msg) {
  const largest = msg.photo.reduce((best, size) => (size.width > best.width ? size : best));
  const name = msg.caption ? msg.caption.split("\n")[0] : "Imagen";
  const file = { name, url: fileUrl(largest.file_id), type: "image/*", locked: msg.has_protected_content };
  return el(
    "button",
    { type: "button", class: "picture", "aria-label": `Ampliar la imagen: ${name}`, onclick: () => openViewer(file) },
    el("img", { src: file.url, alt: name, width: largest.width, height: largest.height }),
  );
}

const attachedFile = (msg) =>
  fileCard({
    name: msg.document.file_name ?? "Documento",
    size: msg.document.file_size,
    url: fileUrl(msg.document.file_id),
    type: msg.document.mime_type,
    locked: msg.has_protected_content,
  });

const contact = ({ contact: shared }) =>
  el(
    "p",
    { class: "contact-card" },
    el("b", {}, [shared.first_name, shared.last_name].filter(Boolean).join(" ")),
    el("span", {}, shared.phone_number),
  );

export function mediaOf(msg) {
  if (msg.photo?.length) return picture(msg);
  if (msg.document) return attachedFile(msg);
  if (msg.contact) return contact(msg);
  return null;
}
