// The bar at the bottom that, on a narrow screen, picks what fills it.
import { el } from "./dom.js";
import { avatarClass, initials } from "./format.js";
import { icon } from "./icons.js";

export function createTabs(store, stage) {
  const node = el("nav", { class: "tabs", "aria-label": "Teléfonos y paneles" });

  const select = (view) => {
    for (const tab of node.children) tab.setAttribute("aria-pressed", String(tab.dataset.tab === view));
    for (const part of stage.querySelectorAll("[data-view]")) part.classList.toggle("current", part.dataset.view === view);
  };

  const tab = (view, label, sign, badge, fullName = label) =>
    el(
      "button",
      { type: "button", class: "tab", data: { tab: view }, "aria-label": fullName, onclick: () => select(view) },
      el("span", { class: "tab-sign" }, sign, badge),
      el("span", { class: "tab-label" }, label),
    );

  const badge = () => el("span", { class: "badge", hidden: true });

  const fill = (target, number) => {
    target.hidden = number === 0;
    target.textContent = number;
  };

  const phoneTab = (person) => {
    const unread = badge();
    store.on(`unread:${person.user_id}`, (number) => fill(unread, number));
    const sign = el("span", { class: avatarClass(person.user_id), "aria-hidden": "true" }, initials(person.name));
    return tab(`phone-${person.user_id}`, person.name.split(" ")[0], sign, unread, `Teléfono de ${person.name}`);
  };

  const mailBadge = badge();
  store.on("mail", () => fill(mailBadge, store.unopenedMail()));
  const mail = tab("mail", "Correo", icon("mail"), mailBadge, "Correo saliente de la cooperativa");
  const push = tab("push", "Aviso", icon("bell"), null, "Enviar un aviso a un asociado");
  const who = tab("who", "Quién", icon("people"), null, "Quién es quién");
  store.on("state", () => {
    push.hidden = store.push === null;
  });
  node.append(mail, push, who);

  return {
    node,
    select,
    addPhone: (person) => node.insertBefore(phoneTab(person), mail),
  };
}
