// A small button that puts a value in the clipboard and says that it did. A function gives the
// value of the moment.
import { el } from "./dom.js";
import { icon } from "./icons.js";

const SAID_MS = 1600;

export function copyButton(value, label) {
  const button = el("button", { type: "button", class: "icon-button small", "aria-label": label, title: label }, icon("copy"));
  const say = (name, text) => {
    button.replaceChildren(icon(name));
    button.setAttribute("aria-label", text);
  };
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(typeof value === "function" ? value() : value);
    say("check", "Copiado");
    setTimeout(() => say("copy", label), SAID_MS);
  });
  return button;
}
