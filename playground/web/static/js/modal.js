// @ts-check
/** Modals: a dialog with a bot's form. */
import { h, icon } from "./dom.js";
import { selectItems } from "./components.js";
import { readFile } from "./files.js";
import { t } from "./i18n.js";
import { markdown } from "./markdown_view.js";
import { Select } from "./select.js";

/**
 * @typedef {string | string[] | boolean | object[]} FieldValue
 * @typedef {{id: string, required: boolean, element: HTMLElement, read: () => Promise<FieldValue>, check: () => string}} Field
 */

let count = 0;

/**
 * Ask the person to fill in a form.
 * @param {import("./types.js").Modal} modal
 * @param {import("./markdown_view.js").Names} names
 * @param {(fields: Record<string, FieldValue>) => Promise<boolean>} onSubmit true if it was accepted
 */
export function openModal(modal, names, onSubmit) {
  /** @type {Field[]} */
  const fields = [];
  const problem = h("p", { class: "problem", role: "alert" });
  const submit = h("button", { class: "button primary", type: "submit" }, t("submit"));
  const close = () => dialog.close();
  const form = h(
    "form",
    { novalidate: true },
    h(
      "header",
      {},
      h("h2", { id: "modal-title" }, modal.title),
      h("button", { class: "icon-button", type: "button", "aria-label": t("close"), onclick: close }, icon("close")),
    ),
    h("div", { class: "modal-fields" }, ...modal.components.map((part) => block(part, names, fields))),
    problem,
    h("footer", {}, h("button", { class: "button secondary", type: "button", onclick: close }, t("cancel")), submit),
  );
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" }, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!check(fields)) return;
    submit.disabled = true;
    /** @type {Record<string, FieldValue>} */
    const values = {};
    for (const field of fields) values[field.id] = await field.read();
    const accepted = await onSubmit(values);
    submit.disabled = false;
    if (accepted) dialog.close();
    else problem.textContent = t("modal_error");
  });
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.element.focus();
}

/** @param {Field[]} fields */
function check(fields) {
  const wrong = fields.filter((field) => {
    const message = field.check();
    field.element.setAttribute("aria-invalid", String(Boolean(message)));
    const note = document.getElementById(`${field.element.id}-error`);
    if (note) note.textContent = message;
    return message;
  });
  wrong[0]?.element.focus();
  return wrong.length === 0;
}

/**
 * @param {any} part a label with one input, a row with one input, or text
 * @param {import("./markdown_view.js").Names} names
 * @param {Field[]} fields
 */
function block(part, names, fields) {
  if (part.type === 10) return h("div", { class: "text-display" }, markdown(part.content, names));
  const input = part.component ?? part.components[0];
  const id = `field-${(count += 1)}`;
  const field = { id: input.custom_id, required: input.required !== false, ...control(input, id, names) };
  fields.push(field);
  const described = part.description ? h("div", { class: "muted", id: `${id}-about` }, part.description) : null;
  const star = field.required ? h("span", { class: "star", "aria-hidden": "true" }, " *") : null;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id, id: `${id}-label` }, part.label ?? input.label, star),
    described,
    field.element.parentElement ?? field.element,
    h("div", { class: "problem", id: `${id}-error` }),
  );
}

/**
 * @param {any} input
 * @param {string} id
 * @param {import("./markdown_view.js").Names} names
 * @returns {{element: HTMLElement, read: () => Promise<FieldValue>, check: () => string}}
 */
function control(input, id, names) {
  const required = input.required !== false;
  if (input.type === 4) return textInput(input, id, required);
  if (input.type === 19) return fileInput(input, id, required);
  if (input.type === 23) {
    const box = h("input", { type: "checkbox", id, checked: input.default });
    return { element: box, read: async () => box.checked, check: () => "" };
  }
  const grouped = input.type === 21 || input.type === 22;
  const select = new Select({
    items: grouped ? selectItems({ ...input, type: 3 }, names) : selectItems(input, names),
    placeholder: input.placeholder || t("choose"),
    min: input.min_values ?? 1,
    max: input.type === 21 ? 1 : (input.max_values ?? (grouped ? input.options.length : 1)),
    labelledBy: `${id}-label`,
  });
  select.button.id = id;
  const check = () => (required && select.values.length < Math.max(1, input.min_values ?? 1) ? t("field_required") : "");
  return { element: select.button, read: async () => (input.type === 21 ? (select.values[0] ?? "") : select.values), check };
}

/** @param {any} input @param {string} id @param {boolean} required */
function textInput(input, id, required) {
  const settings = {
    id,
    placeholder: input.placeholder,
    maxlength: input.max_length,
    "aria-required": String(required),
    "aria-describedby": `${id}-about ${id}-error`,
    autocomplete: "off",
  };
  const element = input.style === 2 ? h("textarea", { ...settings, rows: 4 }) : h("input", { ...settings, type: "text" });
  element.value = input.value ?? "";
  const check = () => {
    if (required && !element.value) return t("field_required");
    const low = input.min_length ?? 0;
    return element.value && element.value.length < low ? t("field_short", { limit: low }) : "";
  };
  return { element, read: async () => element.value, check };
}

/** @param {any} input @param {string} id @param {boolean} required */
function fileInput(input, id, required) {
  const element = h("input", { type: "file", id, multiple: input.max_values > 1 });
  const check = () => (required && !element.files?.length ? t("field_required") : "");
  return { element, read: () => Promise.all([...(element.files ?? [])].map(readFile)), check };
}
