// One message: a bubble, its time line and its inline keyboard.
import { el, replay } from "./dom.js";
import { richText } from "./entities.js";
import { clock, toDate } from "./format.js";
import { icon } from "./icons.js";
import { createInlineKeyboard } from "./inline-keyboard.js";
import { mediaOf } from "./media.js";

const PROTECTED = "Contenido protegido: no se puede copiar ni reenviar";

function meta(msg) {
  const time = el("time", { datetime: toDate(msg.date).toISOString() }, clock(msg.date));
  const lock = msg.has_protected_content
    ? el("span", { class: "lock", role: "img", "aria-label": PROTECTED, title: PROTECTED }, icon("lock"))
    : null;
  const edited = msg.edit_date ? el("span", {}, "editado") : null;
  const sent = msg.out ? icon("check") : null;
  return el("span", { class: "meta" }, lock, edited, time, sent);
}

function words(msg, onCommand) {
  const text = msg.text ?? msg.caption;
  if (text) return richText(text, msg.entities ?? msg.caption_entities, onCommand);
  return mediaOf(msg) ? null : "Mensaje que esta página no puede mostrar.";
}

function quoted({ reply_to_message: original }) {
  if (!original) return null;
  return el("p", { class: "quoted" }, original.text ?? original.caption ?? "Mensaje");
}

const contentKey = (msg) => JSON.stringify({ ...msg, reply_markup: null, edit_date: null });

/** actions: {tap(messageId, row, col), command(text)} */
export function createBubble(first, actions) {
  const keyboard = createInlineKeyboard((row, col) => actions.tap(first.message_id, row, col));
  const bubble = el("div", { class: "bubble" });
  const node = el(
    "article",
    { class: `message ${first.out ? "out" : "in"}`, data: { message: first.message_id } },
    el("span", { class: "sr-only" }, first.out ? "Usted:" : "El bot:"),
    bubble,
    keyboard.node,
  );
  let shown = "";

  const draw = (msg) => {
    const media = mediaOf(msg);
    const text = words(msg, actions.command);
    bubble.replaceChildren(
      ...[quoted(msg), media, el("div", { class: "words" }, text, meta(msg))].filter(Boolean),
    );
    bubble.classList.toggle("bare", !text);
    node.classList.toggle("protected", Boolean(msg.has_protected_content));
    node.classList.toggle("with-picture", Boolean(msg.photo?.length));
  };

  const update = (msg) => {
    const rows = msg.reply_markup?.inline_keyboard ?? [];
    const key = contentKey(msg);
    if (key !== shown) {
      draw(msg);
      if (shown) replay(bubble, "changed");
      shown = key;
    }
    node.classList.toggle("with-keyboard", rows.length > 0);
    keyboard.update(rows);
  };

  for (const name of ["copy", "cut", "contextmenu", "dragstart"]) {
    bubble.addEventListener(name, (event) => {
      if (node.classList.contains("protected")) event.preventDefault();
    });
  }
  update(first);
  return { node, update, settle: keyboard.settle };
}
