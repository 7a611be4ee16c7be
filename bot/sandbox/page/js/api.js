// Calls to the sandbox server. A refused call becomes a toast on that phone.

export const fileUrl = (fileId) => `/api/files/${encodeURIComponent(fileId)}`;

async function request(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

const asJson = (body) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

const asForm = (file) => {
  const body = new FormData();
  body.append("file", file);
  if (file.type.startsWith("image/")) body.append("as_photo", "1");
  return { method: "POST", body };
};

export function createApi(store) {
  const act = async (chatId, action, options) => {
    try {
      await request(`/api/chats/${chatId}/${action}`, options);
      return true;
    } catch {
      store.apply("toast", { chat_id: chatId, text: "No se pudo enviar. Intente de nuevo.", alert: false });
      return false;
    }
  };
  return {
    state: async () => (await request("/api/state")).json(),
    say: (chatId, text) => act(chatId, "say", asJson({ text })),
    tap: (chatId, messageId, row, col) =>
      act(chatId, "tap", asJson({ message_id: messageId, row, col })),
    shareContact: (chatId) => act(chatId, "contact", asJson({})),
    upload: (chatId, file) => act(chatId, "upload", asForm(file)),
    block: (chatId, blocked) => act(chatId, "block", asJson({ blocked })),
    push: async (asked) => (await fetch("/api/push", asJson(asked))).json().then((told) => ({ status: 0, body: told, ...told })),
  };
}
