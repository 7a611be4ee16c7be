// The menu of commands that opens with the "/" button or by typing a slash.
import { el } from "./dom.js";

const COMMANDS = [
  ["/start", "Empezar"],
  ["/menu", "Ver el menú"],
  ["/ayuda", "Pedir ayuda"],
  ["/salir", "Cerrar la sesión"],
];

export function createCommands(onPick) {
  const items = COMMANDS.map(([name, about]) =>
    el(
      "button",
      { type: "button", class: "command", data: { command: name }, onclick: () => onPick(name) },
      el("b", {}, name),
      el("span", {}, about),
    ),
  );
  const node = el("div", { class: "commands", role: "group", "aria-label": "Comandos", hidden: true }, items);

  /** Shows the commands that begin with what was typed; hides the menu when none does. */
  const filter = (typed) => {
    for (const item of items) item.hidden = !item.dataset.command.startsWith(typed);
    node.hidden = !typed.startsWith("/") || items.every((item) => item.hidden);
  };

  return { node, filter, focusFirst: () => items.find((item) => !item.hidden)?.focus() };
}
