// The overlay in which pictures and documents open, above everything else.
import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_AS_PAGE = new Set(["application/pdf", "text/plain", "text/csv"]);

export function kindOf(file) {
  if (file.type) return file.type;
  const ending = file.name.split(".").at(-1).toLowerCase();
  return { pdf: "application/pdf", txt: "text/plain", csv: "text/csv", png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg" }[ending] ?? "";
}

const canShowPage = (kind) =>
  SHOWN_AS_PAGE.has(kind) && (kind !== "application/pdf" || navigator.pdfViewerEnabled);

function stage(file) {
  const kind = kindOf(file);
  if (kind.startsWith("image/")) return el("img", { class: "viewer-image", src: file.url, alt: file.name });
  if (canShowPage(kind)) {
    const src = `${file.url}#view=FitH&navpanes=0${file.locked ? "&toolbar=0" : ""}`;
    return el("iframe", { class: "viewer-page", src, title: file.name });
  }
  return el("p", { class: "viewer-note" }, "Este tipo de archivo no se puede mostrar aquí. Ábralo en otra pestaña o descárguelo.");
}

const iconLink = (label, name, props) =>
  el("a", { class: "icon-button", "aria-label": label, title: label, ...props }, icon(name));

/** file: {name, url, type, locked}; a locked file is looked at, not kept. */
export function openViewer(file) {
  const dialog = el("dialog", { class: "viewer", data: { viewer: "" }, "aria-label": file.name, onclose: () => dialog.remove() });
  const close = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Cerrar", title: "Cerrar", onclick: () => dialog.close() },
    icon("close"),
  );
  const keep = file.locked
    ? [el("span", { class: "locked" }, icon("lock"), "Protegido")]
    : [
        iconLink("Abrir en otra pestaña", "external", { href: file.url, target: "_blank", rel: "noopener" }),
        iconLink("Descargar", "download", { href: file.url, download: file.name }),
      ];
  const body = el("div", { class: "viewer-body" }, stage(file));
  body.addEventListener("click", (event) => event.target === body && dialog.close());
  dialog.append(el("header", { class: "viewer-head" }, el("h2", {}, file.name), ...keep, close), body);
  document.body.append(dialog);
  dialog.showModal();
}
