// @ts-check
/** The list of messages: kept in order, kept at its end while somebody reads there. */
import { h } from "./dom.js";
import { showMessage, showPending } from "./message_view.js";
import { t } from "./i18n.js";

/** @typedef {import("./types.js").Message} Message */

// A command that is answered at once never shows that it is being sent.
const PENDING_AFTER_MS = 400;

export class MessageLog {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} list
   * @param {import("./message_view.js").Actions} actions
   */
  constructor(scroller, list, actions) {
    this.scroller = scroller;
    this.list = list;
    this.actions = actions;
    /** @type {Map<string, Message>} */
    this.shown = new Map();
    this.attempts = 0;
    // Pictures and fonts change the height after a message was added.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(list);
    this.atEnd = true;
    scroller.addEventListener("scroll", () => {
      this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
    });
  }

  /**
   * Show these messages and no others.
   * @param {Message[]} messages
   */
  reset(messages) {
    this.shown.clear();
    this.list.replaceChildren();
    for (const message of messages) this.put(message);
    this.toEnd();
  }

  /**
   * Show a message, or its new state.
   * @param {Message} message
   */
  put(message) {
    const before = document.getElementById(`message-${message.id}`);
    const focused = before?.contains(document.activeElement) ? document.activeElement : null;
    const element = showMessage(message, this.actions);
    this.shown.set(message.id, message);
    if (before) before.replaceWith(element);
    else this.list.append(element);
    if (focused) refocus(element, focused.getAttribute("data-key"));
    this.follow();
  }

  /** @param {string} id */
  remove(id) {
    this.shown.delete(id);
    document.getElementById(`message-${id}`)?.remove();
  }

  /** Show every message again, in the language of now. */
  redraw() {
    this.reset([...this.shown.values()]);
  }

  /**
   * Show that a command was sent until its outcome is known.
   * @param {{name: string, user: import("./types.js").Who}} used
   * @param {Promise<{failed?: boolean}>} outcome
   */
  async pending(used, outcome) {
    const id = `pending-${(this.attempts += 1)}`;
    const timer = setTimeout(() => {
      this.list.append(showPending(id, used));
      this.follow();
    }, PENDING_AFTER_MS);
    try {
      const { failed } = await outcome;
      if (failed) this.fail(id, used);
      else this.remove(id);
    } catch {
      this.remove(id);
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {string} id @param {{name: string, user: import("./types.js").Who}} used */
  fail(id, used) {
    this.remove(id);
    this.list.append(showPending(id, used, { failed: true, onDismiss: () => this.remove(id) }));
    this.follow();
  }

  /** Stay at the end if that is where the person reads. */
  follow() {
    if (this.atEnd) this.toEnd();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.atEnd = true;
  }
}

/**
 * The words at the top of a channel, with the first hint, and command lines to begin with.
 * @param {string} channel with its sign
 * @param {string[]} examples
 * @param {(line: string) => void} onExample somebody chose one
 */
export function welcome(channel, examples, onExample) {
  const chips = examples.map((line) => h("button", { class: "chip", type: "button", onclick: () => onExample(line) }, line));
  const hint = h("p", {});
  for (const piece of t("welcome_hint", { slash: "\u0000" }).split(/(\u0000)/)) {
    hint.append(piece === "\u0000" ? h("kbd", {}, "/") : piece);
  }
  return [h("h2", {}, t("welcome", { channel })), hint, h("p", { class: "muted" }, t("welcome_keys")), h("div", { class: "chips" }, ...chips)];
}

/**
 * After a message was drawn anew, put the focus back where it was, or on the next thing to press.
 * @param {HTMLElement} element
 * @param {string | null} key
 */
function refocus(element, key) {
  const same = key === null ? null : element.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  const next = same ?? element.querySelector("[data-key]:not(:disabled)");
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}
