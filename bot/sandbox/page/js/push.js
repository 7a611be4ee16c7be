// What the cooperative's own program would push to a member: a form, and what the API answered.
import { el } from "./dom.js";
import { moment } from "./format.js";
import { icon } from "./icons.js";

const STATES = { 202: "Aceptado: quedó guardado.", 200: "Ya se había aceptado antes." };

const option = ({ value, label }) => el("option", { value }, label);

const field = (label, control) => el("label", { class: "field" }, el("span", {}, label), control);

function answered({ status, body }) {
  if (status === 202 || status === 200) {
    const when = moment(body.scheduled_for);
    return el("p", { class: "answer good", role: "status" }, `${STATES[status]} Sale: ${when}. Ref. ${body.reference}.`);
  }
  const problems = (body.errors ?? []).map((each) => el("li", {}, el("code", {}, each.field), `: ${each.detail}`));
  return el("div", { class: "answer bad", role: "alert" }, el("p", {}, `${status}: ${body.detail ?? body.error}`), el("ul", {}, problems));
}

export function createPush(store, api) {
  const member = el("select", { name: "member", required: true });
  const category = el("select", { name: "category" });
  const opens = el("select", { name: "opens" });
  const text = el("textarea", { name: "text", rows: 4, required: true, maxlength: 3900 }, "Su pago de <b>$ 432.100</b> llegó. ¡Gracias!");
  const answer = el("div", { class: "answers", "aria-live": "polite" });
  const send = el("button", { type: "submit", class: "primary" }, "Enviar el aviso");

  const submit = async (event) => {
    event.preventDefault();
    send.disabled = true;
    const [documentType, documentNumber] = member.value.split(" ");
    const asked = { document_type: documentType, document_number: documentNumber, category: category.value, text: text.value };
    if (opens.value) asked.buttons = [{ opens: opens.value }];
    answer.replaceChildren(answered(await api.push(asked)));
    send.disabled = false;
  };

  const section = el(
    "section",
    { class: "panel view", data: { view: "push" }, "aria-label": "Enviar un aviso a un asociado", hidden: true },
    el("h2", {}, icon("bell"), "Enviar un aviso"),
    el(
      "div",
      { class: "panel-body" },
      el("p", { class: "hint" }, "Así los envían los programas de la cooperativa, por la API. Llega si la persona ya entró una vez."),
      el(
        "form",
        { class: "push-form", onsubmit: submit },
        field("Para", member),
        field("Clase de aviso", category),
        field("Texto", text),
        field("Botón", opens),
        send,
      ),
      answer,
    ),
  );

  store.on("people", () => {
    const chosen = member.value;
    member.replaceChildren(...store.who.filter((each) => each.document).map((each) => option({ value: `${each.document_type} ${each.document}`, label: each.name })));
    if (chosen) member.value = chosen;
  });
  store.on("state", () => {
    section.hidden = store.push === null;
    if (store.push === null || category.childElementCount > 0) return;
    category.replaceChildren(...store.push.categories.map(option));
    opens.replaceChildren(option({ value: "", label: "Sin botón" }), ...store.push.buttons.map(option));
  });
  return section;
}
