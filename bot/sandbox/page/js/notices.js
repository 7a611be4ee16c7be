// What appears over one phone: passing toasts, and boxes that need an answer.
import { el } from "./dom.js";

const TOAST_MS = 5000;

export function createNotices(store, chatId) {
  const toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
  const layer = el("div", { class: "notices" }, toasts);

  const toast = (text) => {
    const node = el("p", { class: "toast", data: { toast: "" } }, text);
    toasts.replaceChildren(node);
    setTimeout(() => node.remove(), TOAST_MS);
  };

  /** Resolves to the index of the pressed choice; Escape is the first one. */
  const ask = (text, choices) =>
    new Promise((resolve) => {
      const before = document.activeElement;
      const finish = (index) => {
        box.remove();
        before?.focus({ preventScroll: true });
        resolve(index);
      };
      const buttons = choices.map((label, index) =>
        el("button", { type: "button", onclick: () => finish(index) }, label),
      );
      const box = el(
        "div",
        { class: "ask", role: "alertdialog", "aria-modal": "true", "aria-label": text, data: { ask: "" } },
        el("div", { class: "ask-card" }, el("p", {}, text), el("div", { class: "ask-choices" }, buttons)),
      );
      box.addEventListener("keydown", (event) => {
        if (event.key === "Escape") finish(0);
        if (event.key === "Tab") keepInside(event, buttons);
      });
      layer.append(box);
      buttons.at(-1).focus({ preventScroll: true });
    });

  store.on(`toast:${chatId}`, ({ text, alert }) => {
    if (!text) return;
    if (alert) ask(text, ["Aceptar"]);
    else toast(text);
  });

  return { node: layer, ask };
}

function keepInside(event, buttons) {
  event.preventDefault();
  const step = event.shiftKey ? -1 : 1;
  const next = buttons.indexOf(document.activeElement) + step + buttons.length;
  buttons[next % buttons.length].focus();
}
