// The scrolling conversation: messages grouped by day, oldest first.
import { createBubble } from "./bubble.js";
import { calm, el } from "./dom.js";
import { dayKey, dayName } from "./format.js";
import { icon } from "./icons.js";

const NEAR_PX = 60;
const LEAVE_MS = 220;

export function createLog(store, api, chatId) {
  const list = el("div", { class: "log-list", role: "log", "aria-live": "polite", "aria-label": "Conversación" });
  const scroller = el("div", { class: "log", tabindex: "0", "aria-label": "Mensajes", role: "region" }, list);
  const count = el("span", { class: "badge", hidden: true });
  const newest = el(
    "button",
    { type: "button", class: "to-newest", "aria-label": "Ir al mensaje más reciente", hidden: true },
    icon("down"),
    count,
  );
  const empty = el("p", { class: "log-empty" }, "Aún no hay mensajes. Pulse «Iniciar» para saludar al bot.");
  const bubbles = new Map();
  let stuck = true;

  const actions = {
    tap: async (messageId, row, col) => {
      if (!(await api.tap(chatId, messageId, row, col))) bubbles.get(messageId)?.settle();
    },
    command: (text) => api.say(chatId, text),
  };

  const visible = () => scroller.offsetParent !== null && !document.hidden;

  const follow = () => {
    if (stuck) scroller.scrollTop = scroller.scrollHeight;
    newest.hidden = stuck;
    empty.hidden = bubbles.size > 0;
    if (stuck && visible()) store.clearUnread(chatId);
  };

  const section = (key) => {
    const sections = [...list.children];
    const found = sections.find((node) => Number(node.dataset.day) === key);
    if (found) return found;
    const made = el("section", { data: { day: key } }, el("h3", { class: "day" }, dayName(key)));
    list.insertBefore(made, sections.find((node) => Number(node.dataset.day) > key) ?? null);
    return made;
  };

  const place = (msg, bubble) => {
    const day = section(dayKey(msg.date));
    const later = [...day.querySelectorAll(":scope > .message")].find(
      (node) => Number(node.dataset.message) > msg.message_id,
    );
    day.insertBefore(bubble.node, later ?? null);
  };

  const show = (msg, arriving) => {
    const known = bubbles.get(msg.message_id);
    if (known) return known.update(msg);
    const bubble = createBubble(msg, actions);
    bubbles.set(msg.message_id, bubble);
    if (arriving) bubble.node.classList.add("arriving");
    return place(msg, bubble);
  };

  const drop = (messageId, animated) => {
    const node = bubbles.get(messageId)?.node;
    if (!node) return;
    bubbles.delete(messageId);
    const remove = () => {
      const day = node.parentElement;
      node.remove();
      if (!day.querySelector(".message")) day.remove();
    };
    node.classList.add("leaving");
    if (animated && !calm()) setTimeout(remove, LEAVE_MS);
    else remove();
  };

  const sync = () => {
    const messages = store.chat(chatId);
    for (const id of [...bubbles.keys()]) if (!messages.has(id)) drop(id, false);
    for (const msg of messages.values()) show(msg, false);
    follow();
  };

  store.on("state", sync);
  store.on(`message:${chatId}`, ({ msg, isNew }) => {
    if (isNew && msg.out) stuck = true;
    show(msg, isNew);
    if (isNew && !msg.out && !(stuck && visible())) store.countUnread(chatId);
    follow();
  });
  store.on(`delete:${chatId}`, (messageId) => drop(messageId, true));
  store.on(`answered:${chatId}`, (messageId) => bubbles.get(messageId)?.settle());
  store.on(`unread:${chatId}`, (unread) => {
    count.hidden = unread === 0;
    count.textContent = unread;
  });

  scroller.addEventListener("scroll", () => {
    stuck = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    newest.hidden = stuck;
    if (stuck && visible()) store.clearUnread(chatId);
  });
  document.addEventListener("visibilitychange", follow);
  newest.addEventListener("click", () =>
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm() ? "instant" : "smooth" }),
  );
  const resized = new ResizeObserver(follow);
  resized.observe(scroller);
  resized.observe(list);
  sync();

  return el("div", { class: "log-box" }, scroller, empty, newest);
}
