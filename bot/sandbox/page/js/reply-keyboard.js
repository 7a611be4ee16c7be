// The keyboard a bot puts in place of the phone's own, above the message box.
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** actions: {say(text), contact()} */
export function createReplyKeyboard(store, chatId, actions) {
  const node = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Respuestas sugeridas", data: { replyKeyboard: "" } });
  const toggle = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Mostrar u ocultar las respuestas sugeridas", title: "Respuestas sugeridas" },
    icon("keyboard"),
  );

  const setOpen = (open) => {
    node.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };

  const key = (spec) =>
    el(
      "button",
      { type: "button", class: "reply-key", onclick: () => (spec.request_contact ? actions.contact() : actions.say(spec.text)) },
      spec.text,
    );

  const sync = () => {
    const rows = store.keyboards.get(chatId) ?? [];
    node.replaceChildren(...rows.map((row) => el("div", { class: "reply-row" }, row.map(key))));
    toggle.hidden = rows.length === 0;
    setOpen(rows.length > 0);
  };

  toggle.addEventListener("click", () => setOpen(node.hidden));
  store.on("state", sync);
  store.on(`keyboard:${chatId}`, sync);
  sync();
  return { node, toggle };
}
