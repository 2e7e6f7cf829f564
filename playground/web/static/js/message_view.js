// @ts-check
/** One message as an element. */
import { showComponent } from "./components.js";
import { avatar, h, icon } from "./dom.js";
import { showEmbed } from "./embeds.js";
import { clockTime, t, timestamp } from "./i18n.js";
import { markdown } from "./markdown_view.js";
import { attachment } from "./media.js";

/** @typedef {import("./types.js").Message} Message */

/**
 * @typedef {object} Actions what a person may do with a message
 * @property {import("./markdown_view.js").Names} names
 * @property {(message: Message, customId: string) => Promise<boolean>} onClick
 * @property {(message: Message, customId: string, values: string[]) => Promise<boolean>} onSelect
 * @property {(id: string) => void} onDismiss
 */

/**
 * @param {Message} message
 * @param {Actions} actions
 */
export function showMessage(message, actions) {
  const note = h("p", { class: "problem", role: "alert" });
  const content = h("div", { class: "message-content" }, ...body(message, actions, note), note);
  if (message.ephemeral) content.append(ephemeralNote(() => actions.onDismiss(message.id)));
  const used = message.used && { ...message.used, name: actions.names.commands.get(message.used.name) ?? message.used.name };
  return article({ ...message, used }, message.author, header(message), content);
}

/**
 * What a person sees of a command that got no answer, or none yet.
 * @param {string} id
 * @param {{name: string, user: import("./types.js").Who}} used
 * @param {{failed?: boolean, onDismiss?: () => void}} [state]
 */
export function showPending(id, used, { failed = false, onDismiss } = {}) {
  const words = failed ? t("not_responding") : t("sending");
  const line = h("p", { class: failed ? "problem" : "thinking" }, failed ? icon("warning") : dots(), words);
  const content = h("div", { class: "message-content" }, line);
  if (onDismiss) content.append(ephemeralNote(onDismiss));
  return article({ id, used, reply: null, ephemeral: failed }, null, null, content);
}

/**
 * @param {{id: string, used: Message["used"], reply: Message["reply"], ephemeral: boolean}} message
 * @param {import("./types.js").Who | null} author
 * @param {HTMLElement | null} head
 * @param {HTMLElement} content
 */
function article(message, author, head, content) {
  return h(
    "article",
    { class: `message ${message.ephemeral ? "ephemeral" : ""}`, id: `message-${message.id}` },
    contextLine(message),
    author ? avatar(author) : h("span", { class: "avatar blank", "aria-hidden": "true" }),
    h("div", { class: "message-main" }, head, content),
  );
}

/** @param {{used: Message["used"], reply: Message["reply"]}} message */
function contextLine(message) {
  if (message.used) {
    const command = h("span", { class: "used-command" }, `/${message.used.name}`);
    const line = h("div", { class: "context" }, avatar(message.used.user, "small"));
    // The sentence's order differs by language; its two names are put in as elements.
    for (const piece of t("used", { user: "\u0000", command: "\u0001" }).split(/([\u0000\u0001])/)) {
      if (piece === "\u0000") line.append(h("strong", {}, message.used.user.name));
      else if (piece === "\u0001") line.append(command);
      else if (piece) line.append(piece);
    }
    return line;
  }
  if (!message.reply) return null;
  const { author, content } = message.reply;
  return h("div", { class: "context" }, avatar(author, "small"), h("strong", {}, author.name), h("span", { class: "quoted" }, content));
}

/** @param {Message} message */
function header(message) {
  const moment = new Date(message.created);
  return h(
    "header",
    { class: "message-header" },
    h("strong", {}, message.author.name),
    message.author.bot ? h("span", { class: "tag" }, t("app")) : null,
    h("time", { datetime: message.created, title: timestamp(moment, "F") }, clockTime(moment)),
  );
}

/**
 * @param {Message} message
 * @param {Actions} actions
 * @param {HTMLElement} note where it says that an interaction failed
 * @returns {import("./dom.js").Child[]}
 */
function body(message, actions, note) {
  if (message.loading) return [h("p", { class: "thinking" }, dots(), t("thinking", { name: message.author.name }))];
  const context = {
    names: actions.names,
    onClick: (/** @type {string} */ id) => run(message, id, note, actions.onClick(message, id)),
    onSelect: (/** @type {string} */ id, /** @type {string[]} */ values) =>
      run(message, id, note, actions.onSelect(message, id, values)),
  };
  const edited = message.edited ? h("span", { class: "edited" }, t("edited")) : null;
  const text = message.content ? h("div", { class: "text" }, markdown(message.content, actions.names), edited) : null;
  return [
    text,
    ...message.attachments.map((file) => attachment(file)),
    ...message.embeds.map((embed) => showEmbed(embed, actions.names)),
    ...message.components.map((part) => showComponent(part, context)),
    text ? null : edited,
  ];
}

/**
 * Show that a component is at work, and whether it failed.
 * @param {Message} message
 * @param {string} customId
 * @param {HTMLElement} note
 * @param {Promise<boolean>} outcome
 */
async function run(message, customId, note, outcome) {
  const element = document.querySelector(`#message-${message.id} [data-key="${CSS.escape(customId)}"]`);
  element?.setAttribute("aria-busy", "true");
  note.textContent = "";
  const worked = await outcome;
  element?.removeAttribute("aria-busy");
  if (!worked) note.textContent = t("failed");
}

/** @param {() => void} onDismiss */
function ephemeralNote(onDismiss) {
  return h(
    "p",
    { class: "ephemeral-note" },
    icon("eye"),
    t("only_you"),
    h("span", { "aria-hidden": "true" }, "·"),
    h("button", { class: "link-button", type: "button", onclick: onDismiss }, t("dismiss")),
  );
}

function dots() {
  return h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}

