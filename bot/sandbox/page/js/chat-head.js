// The top of a chat: who the bot is and what it is doing at this moment.
import { el } from "./dom.js";
import { avatarClass, initials } from "./format.js";
import { icon } from "./icons.js";

const BOT_HUE = 0;
const ACTION_MS = 5500;
const DOING = {
  typing: "escribiendo…",
  upload_document: "enviando documento…",
  upload_photo: "enviando foto…",
};

export function createChatHead(store, api, chatId) {
  const { first_name: name } = store.bot;
  const doing = el("span", { class: "doing", "aria-live": "polite", data: { doing: "" } });
  const block = el("button", { type: "button", class: "command" });
  const menu = el(
    "details",
    { class: "head-menu" },
    el("summary", { class: "icon-button", "aria-label": "Opciones del chat", title: "Opciones del chat" }, icon("dots")),
    el("div", { class: "head-menu-list" }, block),
  );
  let timer = null;

  const rest = () => {
    clearTimeout(timer);
    const blocked = store.blocked.has(chatId);
    doing.textContent = blocked ? "bloqueado" : "bot";
    doing.classList.remove("busy");
    block.textContent = blocked ? "Desbloquear el bot" : "Bloquear el bot";
  };

  block.addEventListener("click", () => {
    menu.open = false;
    api.block(chatId, !store.blocked.has(chatId));
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  store.on(`action:${chatId}`, (action) => {
    rest();
    doing.textContent = DOING[action] ?? "preparando una respuesta…";
    doing.classList.add("busy");
    timer = setTimeout(rest, ACTION_MS);
  });
  store.on(`message:${chatId}`, ({ msg }) => msg.out || rest());
  store.on(`blocked:${chatId}`, rest);
  store.on("state", rest);
  rest();

  return el(
    "header",
    { class: "chat-head" },
    el("span", { class: avatarClass(BOT_HUE), "aria-hidden": "true" }, initials(name)),
    el("div", { class: "chat-title" }, el("b", {}, name), doing),
    menu,
  );
}
