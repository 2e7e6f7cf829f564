// @ts-check
/** A chosen command and its options as they are filled in. */
import { append, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { OptionField } from "./option_field.js";
import { matching } from "./option_value.js";

/**
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").Choice} Choice
 * @typedef {import("./option_field.js").Written} Written
 * @typedef {Record<string, string | number | object>} Values
 */

/**
 * @typedef {object} Surroundings
 * @property {import("./suggestions.js").Suggestions} suggestions
 * @property {HTMLElement} send the button that sends
 * @property {() => import("./option_value.js").Offered} offered
 * @property {(command: Command, option: string, typed: string, others: Values) => Promise<Choice[] | null>} complete
 *   null if the bot gave no suggestions in time
 * @property {(sentence: string) => void} complain
 * @property {() => void} onSubmit
 * @property {(text: string) => void} onLeave the person gave it up; `text` is what to type on from
 */

// Long enough to skip the letters of a fast typist, short enough to feel like none.
const TYPING_PAUSE_MS = 120;

export class CommandForm {
  /**
   * @param {Command} command
   * @param {Map<string, Written>} written what is already there, by option name
   * @param {Surroundings} around
   */
  constructor(command, written, around) {
    this.command = command;
    this.around = around;
    this.asked = 0;
    /** @type {HTMLButtonElement | null} */
    this.more = null;
    /** @type {OptionField[]} */
    this.fields = [];
    this.listener = {
      onInput: (/** @type {OptionField} */ field) => this.offer(field),
      onFocus: (/** @type {OptionField} */ field) => this.offer(field),
      onBlur: () => around.suggestions.close(),
      onKey: (/** @type {OptionField} */ field, /** @type {KeyboardEvent} */ event) => this.onFieldKey(field, event),
      onRemove: (/** @type {OptionField} */ field) => this.removeField(field),
    };
    for (const option of command.options) {
      const before = written.get(option.name);
      if (!option.required && !before) continue;
      const field = new OptionField(option, around.offered(), this.listener);
      if (before) field.restore(before);
      this.fields.push(field);
    }
    this.element = h("div", { class: "command-line" });
    this.draw();
  }

  draw() {
    const left = this.command.options.filter((option) => !this.fields.some((field) => field.option === option));
    this.more = left.length ? this.moreButton(left) : null;
    this.element.replaceChildren(h("span", { class: "command-name" }, this.command.shown));
    append(this.element, [...this.fields.map((field) => field.element), this.more]);
  }

  /** Put the focus where typing goes on. */
  focus() {
    const field = this.fields.find((one) => one.isEmpty) ?? this.fields[this.fields.length - 1];
    (field?.input ?? this.more ?? this.around.send).focus();
  }

  written() {
    return new Map(this.fields.map((field) => [field.option.name, field.written]));
  }

  /** Mark the first thing that is wrong, and say it. */
  check() {
    for (const field of this.fields) {
      const { problem = "" } = field.read();
      field.markProblem(problem);
      if (!problem) continue;
      field.input.focus();
      this.around.complain(problem);
      field.markProblem(problem);
      return false;
    }
    return true;
  }

  /** @returns {Promise<Values>} */
  async values() {
    /** @type {Values} */
    const values = {};
    for (const field of this.fields) {
      const value = await field.value();
      if (value !== undefined) values[field.option.name] = value;
    }
    return values;
  }

  // --- options come and go ---

  /**
   * The button behind the last option, which lists those not shown yet.
   * @param {import("./types.js").Option[]} left
   */
  moreButton(left) {
    const { suggestions } = this.around;
    const items = left.map((option) => ({ title: option.shown, detail: option.description, pick: () => this.addField(option) }));
    const open = () => suggestions.open(button, items, { heading: [t("options")], active: -1 });
    const button = h(
      "button",
      {
        class: "more",
        type: "button",
        role: "combobox",
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        "aria-controls": "suggestion-list",
        onfocus: open,
        onclick: open,
        onblur: () => suggestions.close(),
        onkeydown: (event) => this.onMoreKey(/** @type {KeyboardEvent} */ (event)),
      },
      icon("plus"),
      t("optional_more", { count: left.length }),
    );
    return button;
  }

  /** @param {KeyboardEvent} event */
  onMoreKey(event) {
    const { suggestions } = this.around;
    if (event.key === "ArrowDown") suggestions.move(1);
    else if (event.key === "ArrowUp") suggestions.move(-1);
    else if (event.key === " ") suggestions.pick(0);
    else if (event.key === "Enter") {
      if (!suggestions.pick()) this.around.onSubmit();
    } else if (event.key === "Escape" && suggestions.isOpen) suggestions.close();
    else {
      this.onKey(event);
      return;
    }
    event.preventDefault();
  }

  /**
   * Keys where there is nothing to type into.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    if (event.key === "Escape") this.around.onLeave("");
    else if (event.key === "Backspace") this.back(this.fields.length);
    else return;
    event.preventDefault();
  }

  /** @param {import("./types.js").Option} option */
  addField(option) {
    const field = new OptionField(option, this.around.offered(), this.listener);
    this.fields.push(field);
    this.draw();
    field.input.focus();
  }

  /** @param {OptionField} field */
  removeField(field) {
    const index = this.fields.indexOf(field);
    this.fields.splice(index, 1);
    this.draw();
    this.around.complain("");
    (this.fields[index - 1]?.input ?? this.more ?? this.around.send).focus();
  }

  /** @param {number} index of the field to go back from */
  back(index) {
    const field = this.fields[index];
    if (field && !field.option.required) this.removeField(field);
    else if (index > 0) this.fields[index - 1].input.focus();
    else this.around.onLeave(this.command.shown);
  }

  // --- one option is filled in ---

  /**
   * @param {OptionField} field
   * @param {KeyboardEvent} event
   */
  onFieldKey(field, event) {
    if (event.isComposing) return;
    const { suggestions } = this.around;
    const open = suggestions.isOpen;
    const choosing = open && !field.picked;
    const settles = !field.isEmpty || field.option.required;
    if (event.key === "ArrowDown" && open) suggestions.move(1);
    else if (event.key === "ArrowUp" && open) suggestions.move(-1);
    else if (event.key === "Enter") {
      if (!(choosing && suggestions.pick())) this.around.onSubmit();
    } else if (event.key === "Tab" && !event.shiftKey && choosing && settles) suggestions.pick();
    else if (event.key === "Escape" && open) suggestions.close();
    else if (event.key === "Escape") this.around.onLeave("");
    else if (event.key === "Backspace" && field.isEmpty) this.back(this.fields.indexOf(field));
    else return;
    event.preventDefault();
  }

  /**
   * Show what the field takes, and what it may be.
   * @param {OptionField} field
   */
  offer(field) {
    this.asked += 1;
    this.around.complain("");
    field.markProblem("");
    const { option } = field;
    const state = h("span", { class: "option-state" }, option.required ? t("required") : t("optional"));
    const heading = [h("strong", {}, option.shown), h("span", {}, option.description), state];
    if (field.picked) this.around.suggestions.open(field.input, [], { heading });
    else if (field.fixed) {
      const found = matching(field.fixed, field.text).slice(0, 25);
      const note = found.length ? "" : t("no_choices");
      this.around.suggestions.open(field.input, this.choices(field, found), { heading, note });
    } else if (option.autocomplete) void this.complete(field, heading, this.asked);
    else this.around.suggestions.open(field.input, [], { heading });
  }

  /**
   * Ask the bot for suggestions; only the answer to the latest question is shown.
   * @param {OptionField} field
   * @param {import("./dom.js").Child[]} heading
   * @param {number} asked
   */
  async complete(field, heading, asked) {
    const { suggestions } = this.around;
    const isCurrent = () => asked === this.asked && document.activeElement === field.input;
    suggestions.open(field.input, [], { heading, note: t("loading_choices") });
    await new Promise((resolve) => setTimeout(resolve, TYPING_PAUSE_MS));
    if (!isCurrent()) return;
    const found = await this.around
      .complete(this.command, field.option.name, field.text, this.validOthers(field))
      .catch(() => null);
    if (!isCurrent()) return;
    const note = found === null ? t("choices_failed") : found.length ? "" : t("no_choices");
    suggestions.open(field.input, this.choices(field, found ?? []), { heading, note, problem: found === null });
  }

  /** @param {OptionField} field @param {Choice[]} found */
  choices(field, found) {
    return found.map((choice) => ({
      title: choice.name,
      pick: () => {
        field.pick(choice);
        const next = this.fields.find((other) => other.isEmpty && other.option.required);
        if (next) next.input.focus();
        else this.offer(field);
      },
    }));
  }

  /** @param {OptionField} field */
  validOthers(field) {
    /** @type {Values} */
    const values = {};
    for (const other of this.fields) {
      const { value } = other.read();
      if (other !== field && value !== undefined) values[other.option.name] = value;
    }
    return values;
  }
}
