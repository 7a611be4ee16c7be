// The one place where the page keeps what the server told it.
// Listeners subscribe to topics; per-chat topics are written "message:<chat_id>".

export function createStore() {
  const listeners = new Map();
  const store = {
    bot: { first_name: "", username: "" },
    phones: [],
    who: [],
    push: null,
    blocked: new Set(),
    mail: [],
    openedMail: new Set(),
    messages: new Map(),
    keyboards: new Map(),
    unread: new Map(),

    on(topic, listener) {
      if (!listeners.has(topic)) listeners.set(topic, []);
      listeners.get(topic).push(listener);
    },
    emit(topic, payload) {
      for (const listener of listeners.get(topic) ?? []) listener(payload);
    },
    chat(id) {
      if (!store.messages.has(id)) store.messages.set(id, new Map());
      return store.messages.get(id);
    },
    apply(event, payload) {
      REDUCERS[event](store, payload);
    },
    countUnread(id) {
      store.unread.set(id, (store.unread.get(id) ?? 0) + 1);
      store.emit(`unread:${id}`, store.unread.get(id));
    },
    clearUnread(id) {
      if (!store.unread.get(id)) return;
      store.unread.set(id, 0);
      store.emit(`unread:${id}`, 0);
    },
    openMail(id) {
      store.openedMail.add(id);
      store.emit("mail");
    },
    unopenedMail() {
      return store.mail.filter((mail) => !store.openedMail.has(mail.id)).length;
    },
  };
  return store;
}

const REDUCERS = {
  state(store, state) {
    const { bot, phones, who, mail, push } = state;
    Object.assign(store, { bot, phones, who, mail, push, blocked: new Set(state.blocked) });
    store.messages.clear();
    for (const [id, messages] of Object.entries(state.messages)) {
      store.messages.set(Number(id), new Map(messages.map((msg) => [msg.message_id, msg])));
    }
    store.keyboards.clear();
    for (const [id, rows] of Object.entries(state.reply_keyboards)) {
      store.keyboards.set(Number(id), rows);
    }
    store.emit("people");
    store.emit("state");
    store.emit("mail");
  },
  message(store, msg) {
    const chat = store.chat(msg.chat.id);
    const isNew = !chat.has(msg.message_id);
    chat.set(msg.message_id, msg);
    store.emit(`message:${msg.chat.id}`, { msg, isNew });
  },
  delete(store, { chat_id: chatId, message_id: messageId }) {
    store.chat(chatId).delete(messageId);
    store.emit(`delete:${chatId}`, messageId);
  },
  keyboard(store, { chat_id: chatId, rows }) {
    store.keyboards.set(chatId, rows);
    store.emit(`keyboard:${chatId}`);
  },
  blocked(store, { chat_id: chatId, blocked }) {
    if (blocked) store.blocked.add(chatId);
    else store.blocked.delete(chatId);
    store.emit(`blocked:${chatId}`);
  },
  phones(store, { phones, who }) {
    Object.assign(store, { phones, who });
    store.emit("people");
  },
  mail(store, mail) {
    store.mail = [...store.mail.filter((known) => known.id !== mail.id), mail];
    store.emit("mail");
  },
  toast(store, { chat_id: chatId, text, alert }) {
    store.emit(`toast:${chatId}`, { text, alert });
  },
  answered(store, { chat_id: chatId, message_id: messageId }) {
    store.emit(`answered:${chatId}`, messageId);
  },
  action(store, { chat_id: chatId, action }) {
    store.emit(`action:${chatId}`, action);
  },
};

export const EVENTS = Object.keys(REDUCERS).filter((name) => name !== "state");
