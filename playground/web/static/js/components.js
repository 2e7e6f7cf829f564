// @ts-check
/** Message components: rows of buttons and selects, and the layouts of Components V2. */
import { h, icon, webAddress } from "./dom.js";
import { hex } from "./embeds.js";
import { t } from "./i18n.js";
import { markdown } from "./markdown_view.js";
import { attachment, picture } from "./media.js";
import { Select } from "./select.js";

/**
 * @typedef {object} Context
 * @property {import("./markdown_view.js").Names} names
 * @property {(customId: string) => void} onClick
 * @property {(customId: string, values: string[]) => void} onSelect
 */

const STYLES = ["", "primary", "secondary", "success", "danger", "link", "primary"];

/**
 * One component, or null for a kind that this page does not know.
 * @param {any} part
 * @param {Context} context
 * @returns {HTMLElement | null}
 */
export function showComponent(part, context) {
  const show = SHOW[part.type];
  return show ? show(part, context) : null;
}

/** @type {Record<number, (part: any, context: Context) => HTMLElement>} */
const SHOW = {
  1: (part, context) => h("div", { class: "row" }, ...inside(part, context)),
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: (part, context) =>
    h(
      "div",
      { class: "section" },
      h("div", { class: "section-text" }, ...inside(part, context)),
      showComponent(part.accessory, context),
    ),
  10: (part, context) => h("div", { class: "text-display" }, markdown(part.content, context.names)),
  11: (part) => covered(part, picture({ ...part.media, description: part.description }, "embed-thumbnail")),
  12: (part) =>
    h(
      "div",
      { class: `gallery gallery-${Math.min(part.items.length, 4)}` },
      ...part.items.map((/** @type {any} */ item) =>
        covered(item, picture({ ...item.media, description: item.description }, "picture")),
      ),
    ),
  13: (part) => covered(part, attachment({ ...part.file, filename: part.name, size: part.size })),
  14: (part) => h("hr", { class: `separator ${part.divider ? "" : "blank"} ${part.spacing === 2 ? "large" : ""}` }),
  17: container,
};

/**
 * @param {any} part
 * @param {Context} context
 */
function inside(part, context) {
  return part.components.map((/** @type {any} */ child) => showComponent(child, context));
}

/** @param {any} part @param {Context} context */
function container(part, context) {
  const box = h("div", { class: "container" }, ...inside(part, context));
  if (part.accent_color !== null && part.accent_color !== undefined) {
    box.classList.add("accented");
    box.style.setProperty("--bar", hex(part.accent_color));
  }
  return covered(part, box);
}

/**
 * Blurred until it is asked for, if it is a spoiler.
 * @param {any} part
 * @param {HTMLElement} content
 * @returns {HTMLElement}
 */
function covered(part, content) {
  if (!part.spoiler) return content;
  content.inert = true;
  const cover = h("div", { class: "covered" }, content);
  const reveal = h("button", { class: "cover", type: "button", "aria-label": t("spoiler") }, icon("eye"));
  reveal.addEventListener("click", () => {
    content.inert = false;
    cover.classList.add("shown");
    reveal.remove();
  });
  cover.append(reveal);
  return cover;
}

/** @param {any} part @param {Context} context */
function button(part, context) {
  const content = [
    part.emoji ? h("span", { class: "emoji", "aria-hidden": part.label ? "true" : null }, emoji(part.emoji)) : null,
    part.label ?? null,
  ];
  const style = `button ${STYLES[part.style] ?? "secondary"}`;
  const href = part.style === 5 && !part.disabled ? webAddress(part.url) : null;
  if (href) {
    return h("a", { class: style, href, target: "_blank", rel: "noopener noreferrer" }, ...content, icon("outside"));
  }
  return h(
    "button",
    {
      class: style,
      type: "button",
      disabled: part.disabled || !part.custom_id,
      "data-key": part.custom_id,
      onclick: () => context.onClick(part.custom_id),
    },
    ...content,
  );
}

/** @param {{name?: string, id?: string}} found */
export function emoji(found) {
  return found.id ? `:${found.name}:` : (found.name ?? "");
}

/** @param {any} part @param {Context} context */
function select(part, context) {
  return new Select({
    items: selectItems(part, context.names),
    placeholder: part.placeholder || t("choose"),
    min: part.min_values ?? 1,
    max: part.max_values ?? 1,
    disabled: part.disabled,
    key: part.custom_id,
    onChange: (values) => context.onSelect(part.custom_id, values),
  }).element;
}

/**
 * What a select offers: its own options, or people, roles and channels.
 * @param {any} part
 * @param {import("./markdown_view.js").Names} names
 * @returns {import("./select.js").Item[]}
 */
export function selectItems(part, names) {
  if (part.type === 3) {
    return part.options.map((/** @type {any} */ option) => ({
      ...option,
      emoji: option.emoji && emoji(option.emoji),
      chosen: option.default,
    }));
  }
  const chosen = new Set((part.default_values ?? []).map((/** @type {any} */ value) => String(value.id)));
  const people = [...names.users].map(([value, label]) => ({ value, label: `@${label}` }));
  const roles = [...names.roles].map(([value, label]) => ({ value, label: `@${label}` }));
  const channels = [...names.channels].map(([value, label]) => ({ value, label: `#${label}` }));
  const offered = { 5: people, 6: roles, 7: [...people, ...roles], 8: channels }[/** @type {5} */ (part.type)] ?? [];
  return offered.map((item) => ({ ...item, chosen: chosen.has(item.value) }));
}
