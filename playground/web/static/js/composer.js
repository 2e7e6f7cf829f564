// @ts-check
/**
 * Where a person types. Two states: looking for a command (what stands after "/"), and filling in its options.
 * One list of suggestions serves both.
 */
import { append, h, icon } from "./dom.js";
import { Declined } from "./connection.js";
import { t } from "./i18n.js";
import { OptionField } from "./option_field.js";
import { matching, plain } from "./option_value.js";

/**
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").Choice} Choice
 * @typedef {Record<string, string | number | object>} Values
 */

/**
 * @typedef {object} Backend
 * @property {(command: Command, values: Values) => Promise<void>} send rejects with Declined if it may not be sent
 * @property {(command: Command, option: string, typed: string, others: Values) => Promise<Choice[] | null>} complete
 *   null if the bot gave no suggestions in time
 * @property {() => import("./types.js").Place} place
 */

// Long enough to skip the letters of a fast typist, short enough to feel like none.
const TYPING_PAUSE_MS = 120;

export class Composer {
  /**
   * @param {HTMLElement} box
   * @param {HTMLInputElement} search
   * @param {HTMLElement} problem
   * @param {import("./suggestions.js").Suggestions} suggestions
   * @param {Backend} backend
   */
  constructor(box, search, problem, suggestions, backend) {
    this.box = box;
    this.search = search;
    this.problem = problem;
    this.suggestions = suggestions;
    this.backend = backend;
    /** @type {Command[]} */
    this.commands = [];
    /** @type {Command | null} */
    this.command = null;
    /** @type {OptionField[]} */
    this.fields = [];
    /** @type {{command: Command, written: Map<string, import("./option_field.js").Written>} | null} */
    this.last = null;
    this.asked = 0;
    this.line = h("div", { class: "command-line", hidden: true });
    box.prepend(this.line);
    search.addEventListener("input", () => this.onSearch());
    search.addEventListener("focus", () => search.value && this.onSearch());
    search.addEventListener("blur", () => this.suggestions.close());
    search.addEventListener("keydown", (event) => this.onSearchKey(event));
    this.listener = {
      onInput: (/** @type {OptionField} */ field) => this.offer(field),
      onFocus: (/** @type {OptionField} */ field) => this.offer(field),
      onBlur: () => this.suggestions.close(),
      onKey: (/** @type {OptionField} */ field, /** @type {KeyboardEvent} */ event) => this.onFieldKey(field, event),
      onRemove: (/** @type {OptionField} */ field) => this.removeField(field),
    };
  }

  /** @param {Command[]} commands */
  setCommands(commands) {
    this.commands = commands;
    if (this.command) {
      const now = commands.find((command) => command.path === this.command?.path);
      const written = this.written();
      if (now) this.start(now, written, document.activeElement !== null && this.box.contains(document.activeElement));
      else this.reset();
    } else if (document.activeElement === this.search && this.search.value) this.onSearch();
  }

  /** Empty, and ready for the next. */
  reset(text = "") {
    this.command = null;
    this.fields = [];
    this.line.hidden = true;
    this.line.replaceChildren();
    this.search.hidden = false;
    this.search.value = text;
    this.suggestions.close();
    this.complain("");
  }

  /** @param {string} path a command somebody mentioned */
  startNamed(path) {
    const found = this.commands.find((command) => command.path === path);
    if (found) this.start(found);
  }

  /** Send what stands there, or say what is missing. */
  submit() {
    if (this.command) void this.sendCommand(this.command);
    else if (this.search.value.trim()) this.complainAboutText();
    else this.search.focus();
  }

  // --- looking for a command ---

  onSearch() {
    this.complain("");
    const text = this.search.value;
    if (!text.startsWith("/")) {
      this.suggestions.close();
      return;
    }
    if (this.startTyped(text)) return;
    const found = matchingCommands(this.commands, text);
    const matches = text.length > 1 ? t("commands_matching", { text }) : t("commands");
    const note = found.length ? "" : this.commands.length ? t("none_matching", { text }) : t("no_commands");
    this.suggestions.open(
      this.search,
      found.map((command) => ({
        title: command.shown,
        detail: command.description,
        side: command.application,
        pick: () => this.start(command),
      })),
      { heading: found.length ? [matches] : [], note },
    );
  }

  /**
   * A command typed out, with what follows it: "/game " or the pasted "/game name:Portal 2".
   * @param {string} text
   */
  startTyped(text) {
    const names = (/** @type {Command} */ command) => [command.shown, command.path].filter((name) => text.startsWith(`${name} `));
    const found = this.commands.find((command) => names(command).length);
    if (!found) return false;
    const rest = text.slice(names(found)[0].length + 1);
    /** @type {Map<string, import("./option_field.js").Written>} */
    const written = new Map();
    const marks = found.options
      .flatMap((option) => [option.shown, option.name].map((name) => ({ option, start: ` ${rest}`.indexOf(` ${name}:`), name })))
      .filter((mark, index, all) => mark.start >= 0 && all.findIndex((other) => other.option === mark.option) <= index)
      .sort((a, b) => a.start - b.start);
    for (const [index, mark] of marks.entries()) {
      const value = rest.slice(mark.start + mark.name.length + 1, marks[index + 1]?.start);
      written.set(mark.option.name, { text: value.trim(), picked: null });
    }
    if (!marks.length && rest.trim() && found.options.length) {
      written.set(found.options[0].name, { text: rest.trim(), picked: null });
    }
    this.start(found, written);
    return true;
  }

  /** @param {KeyboardEvent} event */
  onSearchKey(event) {
    if (event.isComposing) return;
    const open = this.suggestions.isOpen;
    if (event.key === "ArrowDown" && open) this.suggestions.move(1);
    else if (event.key === "ArrowUp" && open) this.suggestions.move(-1);
    else if (event.key === "ArrowUp" && !this.search.value && this.last) this.start(this.last.command, this.last.written);
    else if (event.key === "Tab" && !event.shiftKey && open) this.suggestions.pick();
    else if (event.key === "Enter") {
      if (!this.suggestions.pick() && this.search.value.trim()) this.complainAboutText();
    } else if (event.key === "Escape") this.suggestions.close();
    else return;
    event.preventDefault();
  }

  complainAboutText() {
    const text = this.search.value;
    this.complain(text.startsWith("/") ? t("none_matching", { text }) : t("only_commands"));
  }

  // --- filling in its options ---

  /**
   * @param {Command} command
   * @param {Map<string, import("./option_field.js").Written>} [written] what is already there, by option name
   * @param {boolean} [focus]
   */
  start(command, written = new Map(), focus = true) {
    this.reset();
    this.command = command;
    this.search.hidden = true;
    this.line.hidden = false;
    for (const option of command.options) {
      const before = written.get(option.name);
      if (!option.required && !before) continue;
      const field = new OptionField(option, this.backend.place(), this.listener);
      if (before) field.restore(before);
      this.fields.push(field);
    }
    this.drawLine();
    if (!focus) return;
    const target = this.fields.find((field) => field.isEmpty) ?? this.fields[this.fields.length - 1];
    (target?.input ?? this.more ?? this.name)?.focus();
  }

  drawLine() {
    const command = /** @type {Command} */ (this.command);
    const left = command.options.filter((option) => !this.fields.some((field) => field.option === option));
    // A command without options still takes keys: Enter sends it, Backspace and Escape leave it.
    this.name = h("span", { class: "command-name", tabindex: this.fields.length || left.length ? null : 0, "aria-label": command.shown }, command.shown);
    this.name.addEventListener("keydown", (event) => this.onLineKey(event));
    this.more = left.length ? this.moreButton(left) : null;
    this.line.replaceChildren(this.name, ...this.fields.map((field) => field.element));
    append(this.line, [this.more]);
  }

  /** @param {import("./types.js").Option[]} left */
  moreButton(left) {
    const button = h("button", { class: "more", type: "button", "aria-haspopup": "listbox" }, icon("plus"), t("optional_more", { count: left.length }));
    const open = () => {
      const items = left.map((option) => ({ title: option.shown, detail: option.description, pick: () => this.addField(option) }));
      this.suggestions.open(/** @type {any} */ (button), items, { heading: [t("options")] });
    };
    button.addEventListener("focus", open);
    button.addEventListener("click", open);
    button.addEventListener("blur", () => this.suggestions.close());
    button.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.suggestions.move(1);
      else if (event.key === "ArrowUp") this.suggestions.move(-1);
      else if (event.key === "Tab" && !event.shiftKey && this.suggestions.isOpen) this.suggestions.pick();
      else if (event.key === " ") this.suggestions.pick();
      else if (event.key === "Escape" && this.suggestions.isOpen) this.suggestions.close();
      else {
        this.onLineKey(event);
        return;
      }
      event.preventDefault();
    });
    return button;
  }

  /** @param {KeyboardEvent} event with no text field in focus */
  onLineKey(event) {
    if (event.key === "Enter") this.submit();
    else if (event.key === "Escape") this.leave("");
    else if (event.key === "Backspace") this.back(this.fields.length);
    else return;
    event.preventDefault();
  }

  /** @param {import("./types.js").Option} option */
  addField(option) {
    const field = new OptionField(option, this.backend.place(), this.listener);
    this.fields.push(field);
    this.drawLine();
    field.input.focus();
  }

  /** @param {OptionField} field */
  removeField(field) {
    const index = this.fields.indexOf(field);
    this.fields.splice(index, 1);
    this.drawLine();
    this.complain("");
    (this.fields[index - 1]?.input ?? this.more ?? this.name)?.focus();
  }

  /** @param {number} index go back from the field with this index */
  back(index) {
    const field = this.fields[index];
    if (field && !field.option.required) this.removeField(field);
    else if (index > 0) this.fields[index - 1].input.focus();
    else this.leave(this.command?.shown ?? "");
  }

  /** @param {string} text what is left of it */
  leave(text) {
    this.reset(text);
    this.search.focus();
    if (text) this.onSearch();
  }

  /**
   * @param {OptionField} field
   * @param {KeyboardEvent} event
   */
  onFieldKey(field, event) {
    if (event.isComposing) return;
    const index = this.fields.indexOf(field);
    const open = this.suggestions.isOpen;
    const choosing = open && !field.picked;
    if (event.key === "ArrowDown" && open) this.suggestions.move(1);
    else if (event.key === "ArrowUp" && open) this.suggestions.move(-1);
    else if (event.key === "Enter") {
      if (!(choosing && (!field.isEmpty || field.option.required) && this.suggestions.pick())) this.submit();
    } else if (event.key === "Tab" && !event.shiftKey && choosing && !field.isEmpty) this.suggestions.pick();
    else if (event.key === "Escape") open ? this.suggestions.close() : this.leave("");
    else if (event.key === "Backspace" && field.isEmpty) this.back(index);
    else return;
    event.preventDefault();
  }

  /** @param {OptionField} field */
  offer(field) {
    this.asked += 1;
    this.complain("");
    const { option } = field;
    const state = h("span", { class: "option-state" }, option.required ? t("required") : t("optional"));
    const heading = [h("strong", {}, option.shown), h("span", {}, option.description), state];
    if (field.fixed) {
      // What was picked is shown among all the others, so that it can be changed.
      const found = matching(field.fixed, field.picked ? "" : field.text).slice(0, 25);
      this.suggestions.open(field.input, this.choices(field, found), { heading, note: found.length ? "" : t("no_choices") });
    } else if (option.autocomplete && !field.picked) void this.complete(field, heading, this.asked);
    else this.suggestions.open(field.input, [], { heading });
  }

  /**
   * Ask the bot for suggestions; only the answer to the latest question is shown.
   * @param {OptionField} field
   * @param {import("./dom.js").Child[]} heading
   * @param {number} asked
   */
  async complete(field, heading, asked) {
    const command = /** @type {Command} */ (this.command);
    const isCurrent = () => asked === this.asked && document.activeElement === field.input;
    this.suggestions.open(field.input, [], { heading, note: t("loading_choices") });
    await new Promise((resolve) => setTimeout(resolve, TYPING_PAUSE_MS));
    if (!isCurrent()) return;
    const others = this.validOthers(field);
    const found = await this.backend.complete(command, field.option.name, field.text, others).catch(() => null);
    if (!isCurrent()) return;
    const note = found === null ? t("choices_failed") : found.length ? "" : t("no_choices");
    this.suggestions.open(field.input, this.choices(field, found ?? []), { heading, note, problem: found === null });
  }

  /** @param {OptionField} field @param {Choice[]} found */
  choices(field, found) {
    return found.map((choice) => ({
      title: choice.name,
      pick: () => {
        field.pick(choice);
        this.suggestions.close();
        this.asked += 1;
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

  written() {
    return new Map(this.fields.map((field) => [field.option.name, field.written]));
  }

  /** @param {Command} command */
  async sendCommand(command) {
    for (const field of this.fields) {
      const { problem = "" } = field.read();
      field.markProblem(problem);
      if (!problem) continue;
      field.input.focus();
      this.complain(problem);
      return;
    }
    /** @type {Values} */
    const values = {};
    for (const field of this.fields) {
      const value = await field.value();
      if (value !== undefined) values[field.option.name] = value;
    }
    this.last = { command, written: this.written() };
    this.reset();
    this.search.focus();
    try {
      await this.backend.send(command, values);
    } catch (error) {
      if (!(error instanceof Declined)) return;
      if (!this.command && !this.search.value) this.start(command, this.last.written);
      this.complain(error.message);
    }
  }

  /** @param {string} sentence */
  complain(sentence) {
    this.problem.textContent = sentence;
    this.problem.hidden = !sentence;
  }
}

/**
 * Commands whose names hold the text, those that begin with it first; then those whose description does.
 * @param {Command[]} commands
 * @param {string} text
 */
export function matchingCommands(commands, text) {
  const wanted = plain(text);
  const rank = (/** @type {Command} */ command) => {
    if (plain(command.shown).startsWith(wanted)) return 0;
    if (plain(command.shown).includes(wanted) || command.path.includes(wanted)) return 1;
    return plain(command.description).includes(wanted) ? 2 : 3;
  };
  return commands.filter((command) => rank(command) < 3).sort((a, b) => rank(a) - rank(b));
}
