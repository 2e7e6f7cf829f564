// @ts-check
/** A select menu: a button that opens a list, used with the keyboard as with the pointer. */
import { h, icon } from "./dom.js";

/** @typedef {{value: string, label: string, description?: string, emoji?: string, chosen?: boolean}} Item */

let count = 0;

export class Select {
  /**
   * @param {object} settings
   * @param {Item[]} settings.items
   * @param {string} settings.placeholder
   * @param {number} settings.min how many must be chosen
   * @param {number} settings.max how many may be chosen
   * @param {boolean} [settings.disabled]
   * @param {string} [settings.key] data-key of the button, by which it is found again
   * @param {string} [settings.labelledBy] id of a visible label
   * @param {(values: string[]) => void} [settings.onChange] a choice was made
   */
  constructor(settings) {
    this.settings = settings;
    this.chosen = new Set(settings.items.filter((item) => item.chosen).map((item) => item.value));
    this.active = 0;
    this.id = `select-${(count += 1)}`;
    this.label = h("span", { class: "select-label", id: `${this.id}-label` });
    this.button = h(
      "button",
      {
        class: "select-button",
        type: "button",
        role: "combobox",
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        "aria-controls": this.id,
        "aria-labelledby": `${settings.labelledBy ?? ""} ${this.id}-label`.trim(),
        "data-key": settings.key,
        disabled: settings.disabled,
        onclick: () => (this.open ? this.close() : this.show()),
        onkeydown: (event) => this.onKey(/** @type {KeyboardEvent} */ (event)),
        onblur: () => this.close(),
      },
      this.label,
      icon("chevron"),
    );
    this.list = h("ul", { class: "select-list", id: this.id, role: "listbox", hidden: true, "aria-multiselectable": this.many });
    // A press on the list must not take the focus from the button.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element = h("div", { class: "select" }, this.button, this.list);
    this.update();
  }

  get many() {
    return this.settings.max > 1;
  }

  get open() {
    return !this.list.hidden;
  }

  /** The values chosen, in the order of the list. */
  get values() {
    return this.settings.items.filter((item) => this.chosen.has(item.value)).map((item) => item.value);
  }

  show() {
    this.before = this.values.join("\n");
    const first = this.settings.items.findIndex((item) => this.chosen.has(item.value));
    this.active = Math.max(0, first);
    this.list.hidden = false;
    const box = this.button.getBoundingClientRect();
    this.list.classList.toggle("above", box.bottom + 300 > innerHeight && box.top > innerHeight - box.bottom);
    this.button.setAttribute("aria-expanded", "true");
    this.update();
  }

  close() {
    if (!this.open) return;
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.button.removeAttribute("aria-activedescendant");
    if (this.many && this.before !== this.values.join("\n") && this.chosen.size >= this.settings.min) {
      this.settings.onChange?.(this.values);
    }
  }

  /** @param {number} index */
  choose(index) {
    const item = this.settings.items[index];
    if (!item) return;
    if (!this.many) {
      this.chosen = new Set([item.value]);
      this.update();
      this.list.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
      this.settings.onChange?.(this.values);
      return;
    }
    if (!this.chosen.delete(item.value) && this.chosen.size < this.settings.max) this.chosen.add(item.value);
    this.update();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const last = this.settings.items.length - 1;
    const moves = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, Home: 0, End: last };
    if (!this.open) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      this.show();
    } else if (event.key in moves) {
      this.active = Math.min(last, Math.max(0, moves[/** @type {keyof typeof moves} */ (event.key)]));
      this.update();
    } else if (event.key === "Enter" || event.key === " ") this.choose(this.active);
    else if (event.key === "Escape") this.close();
    else if (event.key.length === 1) this.jumpTo(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} letter */
  jumpTo(letter) {
    const items = this.settings.items;
    const order = items.map((_, step) => (this.active + 1 + step) % items.length);
    const found = order.find((index) => items[index].label.toLowerCase().startsWith(letter.toLowerCase()));
    if (found !== undefined) this.active = found;
    this.update();
  }

  update() {
    const labels = this.settings.items.filter((item) => this.chosen.has(item.value)).map((item) => item.label);
    this.label.textContent = labels.join(", ") || this.settings.placeholder;
    this.label.classList.toggle("empty", labels.length === 0);
    if (!this.open) return;
    this.list.replaceChildren(...this.settings.items.map((item, index) => this.row(item, index)));
    this.button.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Item} item
   * @param {number} index
   */
  row(item, index) {
    const chosen = this.chosen.has(item.value);
    return h(
      "li",
      {
        id: `${this.id}-${index}`,
        role: "option",
        class: index === this.active ? "active" : null,
        "aria-selected": String(chosen),
        onclick: () => this.choose(index),
      },
      item.emoji ? h("span", { class: "emoji", "aria-hidden": "true" }, item.emoji) : null,
      h("span", { class: "select-text" }, item.label, item.description ? h("span", { class: "muted" }, item.description) : null),
      chosen ? icon("check") : null,
    );
  }
}

