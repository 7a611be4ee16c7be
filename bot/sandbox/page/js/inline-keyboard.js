// The rows of buttons under a bubble. An edit that keeps the shape keeps the
// buttons, so that fast taps and the keyboard focus are never lost.
import { el, outLink } from "./dom.js";

const BUSY_LIMIT_MS = 20_000;

const ONLY_EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]{1,7}$/u;
const PLAIN_SIGN = /[\d#*]/;

const shapeOf = (rows) => rows.map((row) => row.map((button) => button.url ?? "*").join(" ")).join("\n");

export function createInlineKeyboard(onTap) {
  const node = el("div", { class: "inline-keyboard" });
  let shape = "";
  let timer = null;

  const buttons = () => [...node.querySelectorAll("[data-inline]")];

  const settle = () => {
    clearTimeout(timer);
    for (const button of buttons()) setBusy(button, false);
  };

  const press = (button, row, col) => {
    setBusy(button, true);
    clearTimeout(timer);
    timer = setTimeout(settle, BUSY_LIMIT_MS);
    onTap(row, col);
  };

  const make = (spec, row, col) => {
    const props = { class: "inline-button", data: { inline: "" } };
    if (spec.url) return outLink(spec.url, props);
    const button = el("button", { type: "button", ...props });
    button.addEventListener("click", () => press(button, row, col));
    return button;
  };

  const rebuild = (rows) => {
    const focused = buttons().indexOf(document.activeElement);
    node.replaceChildren(
      ...rows.map((row, r) => el("div", { class: "inline-row" }, row.map((spec, c) => make(spec, r, c)))),
    );
    if (focused >= 0) (buttons()[focused] ?? buttons()[0])?.focus({ preventScroll: true });
  };

  const update = (rows = []) => {
    if (shapeOf(rows) !== shape) {
      shape = shapeOf(rows);
      rebuild(rows);
    }
    node.hidden = rows.length === 0;
    const current = buttons();
    rows.flat().forEach((spec, index) => {
      if (current[index].textContent !== spec.text) label(current[index], spec.text);
    });
    settle();
  };

  return { node, update, settle };
}

function label(button, text) {
  button.textContent = text;
  button.classList.toggle("emoji", ONLY_EMOJI.test(text) && !PLAIN_SIGN.test(text));
}

function setBusy(button, busy) {
  button.classList.toggle("busy", busy);
  if (busy) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}
