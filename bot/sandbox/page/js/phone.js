// One person's phone: a caption that says whose it is, and the chat with the bot.
import { createChatHead } from "./chat-head.js";
import { createComposer } from "./composer.js";
import { el } from "./dom.js";
import { createLog } from "./log.js";
import { createNotices } from "./notices.js";

const ROLES = { member: "Asociado(a)", employee: "Personal de la cooperativa" };

export function createPhone(store, api, person) {
  const id = person.user_id;
  const notices = createNotices(store, id);
  return el(
    "section",
    { class: "phone view", data: { phone: id, view: `phone-${id}` }, "aria-label": `Teléfono de ${person.name}` },
    el(
      "div",
      { class: "caption" },
      el("h2", {}, person.name),
      el("span", { class: "chip" }, ROLES[person.role] ?? person.role),
      el("p", {}, person.about),
    ),
    el(
      "div",
      { class: "device" },
      createChatHead(store, api, id),
      createLog(store, api, id),
      createComposer(store, api, id, notices.ask),
      notices.node,
    ),
  );
}
