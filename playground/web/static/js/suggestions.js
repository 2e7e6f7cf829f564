// @ts-check
/** The list above the composer: one listbox that serves whichever input is being typed in. */
import { h } from "./dom.js";

/**
 * @typedef {object} Suggestion
 * @property {string} title
 * @property {string} [detail]
 * @property {string} [side] said at the right
 * @property {() => void} pick
 */

export class Suggestions {
  /**
   * @param {HTMLElement} panel
   * @param {HTMLElement} heading
   * @param {HTMLElement} list the listbox
   */
  constructor(panel, heading, list) {
    this.panel = panel;
    this.heading = heading;
    this.list = list;
    /** @type {Suggestion[]} */
    this.items = [];
    this.active = -1;
    /** @type {HTMLElement | null} */
    this.input = null;
    // A press on the list must not take the focus from the input.
    panel.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.panel.hidden && this.items.length > 0;
  }

  /**
   * Offer these for an input; with none, only the heading (or note) shows.
   * @param {HTMLElement} input
   * @param {Suggestion[]} items
   * @param {{heading?: import("./dom.js").Child[], note?: string, problem?: boolean, active?: number}} [words]
   */
  open(input, items, { heading = [], note = "", problem = false, active = 0 } = {}) {
    if (this.input && this.input !== input) this.release(this.input);
    this.input = input;
    this.items = items;
    this.active = items.length ? active : -1;
    this.heading.replaceChildren(...heading.filter((child) => child !== null && child !== undefined && child !== false));
    this.heading.hidden = heading.length === 0;
    const rows = items.map((item, index) => this.row(item, index));
    if (note) rows.push(h("li", { class: problem ? "note problem" : "note", role: "presentation" }, note));
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.panel.hidden = this.list.hidden && this.heading.hidden;
    input.setAttribute("aria-expanded", String(items.length > 0));
    this.mark();
  }

  close() {
    if (this.input) this.release(this.input);
    this.input = null;
    this.items = [];
    this.active = -1;
    this.panel.hidden = true;
  }

  /** @param {number} step */
  move(step) {
    const count = this.items.length;
    if (!count) return;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    this.mark();
  }

  /**
   * Choose the marked one; false if there is none.
   * @param {number} [otherwise] the one to choose if none is marked
   */
  pick(otherwise = -1) {
    const item = this.isOpen ? this.items[this.active < 0 ? otherwise : this.active] : undefined;
    item?.pick();
    return item !== undefined;
  }

  /** @param {HTMLElement} input */
  release(input) {
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  mark() {
    for (const [index, row] of [...this.list.children].entries()) {
      const active = index === this.active;
      row.classList.toggle("active", active);
      if (row.getAttribute("role") === "option") row.setAttribute("aria-selected", String(active));
      if (!active) continue;
      row.scrollIntoView({ block: "nearest" });
      this.input?.setAttribute("aria-activedescendant", row.id);
    }
    if (this.active < 0) this.input?.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {Suggestion} item
   * @param {number} index
   */
  row(item, index) {
    return h(
      "li",
      {
        id: `suggestion-${index}`,
        role: "option",
        "aria-selected": "false",
        onclick: () => item.pick(),
        onpointermove: () => {
          if (this.active === index) return;
          this.active = index;
          this.mark();
        },
      },
      h("span", { class: "suggestion-title" }, item.title),
      item.detail ? h("span", { class: "suggestion-detail" }, item.detail) : null,
      item.side ? h("span", { class: "suggestion-side" }, item.side) : null,
    );
  }
}
