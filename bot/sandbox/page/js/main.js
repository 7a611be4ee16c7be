// Puts the page together: phones, panels, tabs, and the line to the server.
import { createApi } from "./api.js";
import { el } from "./dom.js";
import { connect } from "./live.js";
import { createMailbox } from "./mailbox.js";
import { createPhone } from "./phone.js";
import { createPush } from "./push.js";
import { createStore } from "./store.js";
import { createTabs } from "./tabs.js";
import { createWho } from "./who.js";

const solo = Number(new URLSearchParams(location.search).get("solo")) || null;
const store = createStore();
const api = createApi(store);

const phones = el("main", { class: "phones", "aria-label": "Teléfonos" });
const side = el("aside", { class: "side" }, createMailbox(store), createPush(store, api), createWho(store));
const stage = el("div", { class: "stage" }, phones, side);
const tabs = createTabs(store, stage);
const offline = el("p", { class: "offline", role: "status", hidden: true }, "Sin conexión con la demostración. Reintentando…");

const isShown = (person) => solo === null || person.user_id === solo;

const addPhones = () => {
  const wasEmpty = phones.childElementCount === 0;
  for (const person of store.phones.filter(isShown)) {
    if (phones.querySelector(`[data-phone="${person.user_id}"]`)) continue;
    phones.append(createPhone(store, api, person));
    tabs.addPhone(person);
  }
  const [first] = phones.children;
  if (wasEmpty && first) tabs.select(first.dataset.view);
};

document.body.classList.toggle("solo", solo !== null);
document.body.append(offline, stage, tabs.node);
store.on("people", addPhones);
store.on("connection", (up) => {
  offline.hidden = up;
});
connect(store, api);
