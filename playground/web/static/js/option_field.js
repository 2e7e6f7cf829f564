// @ts-check
/** One option of the command being typed: its name and what is written for it. */
import { h, icon } from "./dom.js";
import { readFile } from "./files.js";
import { t } from "./i18n.js";
import { TYPE, fixedChoices, readOption } from "./option_value.js";

/**
 * @typedef {import("./types.js").Option} Option
 * @typedef {import("./types.js").Choice} Choice
 * @typedef {{text: string, picked: Choice | null}} Written
 */

/**
 * @typedef {object} Listener
 * @property {(field: OptionField) => void} onInput
 * @property {(field: OptionField) => void} onFocus
 * @property {(field: OptionField) => void} onBlur
 * @property {(field: OptionField, event: KeyboardEvent) => void} onKey
 * @property {(field: OptionField) => void} onRemove
 */

export class OptionField {
  /**
   * @param {Option} option
   * @param {import("./option_value.js").Offered} offered
   * @param {Listener} listener
   */
  constructor(option, offered, listener) {
    this.option = option;
    this.fixed = fixedChoices(option, offered);
    /** @type {Choice | null} */
    this.picked = null;
    this.input = this.isFile ? h("input", { type: "file" }) : this.textInput();
    this.input.setAttribute("aria-label", `${option.shown}: ${option.description}`);
    this.input.setAttribute("aria-required", String(option.required));
    this.input.dataset.option = option.name;
    this.input.addEventListener("input", () => {
      this.picked = null;
      listener.onInput(this);
    });
    this.input.addEventListener("focus", () => listener.onFocus(this));
    this.input.addEventListener("blur", () => listener.onBlur(this));
    this.input.addEventListener("keydown", (event) => listener.onKey(this, event));
    const remove = option.required
      ? null
      : h(
          "button",
          {
            class: "pill-remove",
            type: "button",
            tabindex: -1,
            "aria-label": t("remove_option", { name: option.shown }),
            onclick: () => listener.onRemove(this),
          },
          icon("close"),
        );
    this.element = h("span", { class: "pill" }, h("span", { class: "pill-name", "aria-hidden": "true" }, option.shown), this.input, remove);
    this.element.addEventListener("pointerdown", (event) => {
      if (event.target === this.input || remove?.contains(/** @type {globalThis.Node} */ (event.target))) return;
      event.preventDefault();
      this.input.focus();
    });
  }

  get isFile() {
    return this.option.type === TYPE.ATTACHMENT;
  }

  textInput() {
    const whole = this.option.type === TYPE.INTEGER;
    const number = whole || this.option.type === TYPE.NUMBER;
    return h("input", {
      type: "text",
      size: 1,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      inputmode: number && !this.fixed ? (whole ? "numeric" : "decimal") : null,
      maxlength: 6000,
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestion-list",
      "aria-describedby": "composer-problem",
    });
  }

  get text() {
    return this.isFile ? (this.input.files?.[0]?.name ?? "") : this.input.value;
  }

  get isEmpty() {
    return this.text === "";
  }

  /** @returns {Written} */
  get written() {
    return { text: this.isFile ? "" : this.text, picked: this.picked };
  }

  /** @param {Written} written */
  restore(written) {
    if (this.isFile) return;
    this.input.value = written.text;
    this.picked = written.picked;
  }

  /** @param {Choice} choice */
  pick(choice) {
    this.input.value = choice.name;
    this.picked = choice;
    this.markProblem("");
  }

  /** The value to send, or what is wrong with it. */
  read() {
    if (this.isFile) return this.isEmpty && this.option.required ? { problem: t("error_file", { name: this.option.shown }) } : {};
    return readOption(this.option, this.text, this.picked, this.fixed);
  }

  /**
   * The value to send; a file is read now.
   * @returns {Promise<string | number | object | undefined>}
   */
  async value() {
    const file = this.input.files?.[0];
    return this.isFile ? file && readFile(file) : this.read().value;
  }

  /** @param {string} problem */
  markProblem(problem) {
    this.element.classList.toggle("wrong", Boolean(problem));
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
  }
}
