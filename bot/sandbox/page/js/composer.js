// Where the person writes: attach, commands, text, send, and the bot's keyboard.
import { createCommands } from "./commands.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { createReplyKeyboard } from "./reply-keyboard.js";

const iconButton = (label, name, props = {}) =>
  el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...props }, icon(name));

/** `ask` shows a question over the phone and resolves to the choice. */
export function createComposer(store, api, chatId, ask) {
  const say = (text) => api.say(chatId, text);

  const field = el("textarea", { rows: "1", placeholder: "Escriba un mensaje", "aria-label": "Mensaje", enterkeyhint: "send" });
  const send = iconButton("Enviar", "send", { type: "submit", class: "icon-button send" });
  const picker = el("input", { type: "file", hidden: true, "aria-label": "Archivo para enviar" });
  const attach = iconButton("Adjuntar un archivo", "clip", { onclick: () => picker.click() });
  const commands = createCommands((name) => {
    commands.filter("");
    say(name);
    field.value = "";
    field.focus();
  });
  const slash = iconButton("Ver los comandos", "slash", {
    onclick: () => {
      commands.filter(commands.node.hidden ? "/" : "");
      commands.focusFirst();
    },
  });

  const shareContact = async () => {
    const question = `¿Compartir su número de teléfono con ${store.bot.first_name}?`;
    if ((await ask(question, ["Cancelar", "Compartir"])) === 1) api.shareContact(chatId);
  };
  const replies = createReplyKeyboard(store, chatId, { say, contact: shareContact });

  const submit = async (event) => {
    event?.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    commands.filter("");
    if (!(await say(text)) && !field.value) field.value = text;
  };

  field.addEventListener("input", () => commands.filter(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  picker.addEventListener("change", () => {
    for (const file of picker.files) api.upload(chatId, file);
    picker.value = "";
  });

  const form = el("form", { class: "composer", data: { composer: "" }, onsubmit: submit }, attach, slash, field, replies.toggle, picker, send);
  const begin = el("button", { type: "button", class: "wide-button", onclick: () => say("/start") }, "Iniciar");
  const unblock = el("button", { type: "button", class: "wide-button", onclick: () => api.block(chatId, false) }, "Desbloquear el bot");
  const node = el("footer", { class: "foot" }, commands.node, form, replies.node, begin, unblock);

  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || commands.node.hidden) return;
    commands.filter("");
    field.focus();
  });

  const arrange = () => {
    const blocked = store.blocked.has(chatId);
    const empty = store.chat(chatId).size === 0 && !blocked;
    unblock.hidden = !blocked;
    begin.hidden = !empty;
    form.hidden = blocked || empty;
  };
  for (const topic of ["state", `message:${chatId}`, `delete:${chatId}`, `blocked:${chatId}`]) store.on(topic, arrange);
  arrange();
  return node;
}
