// @ts-check
/** Where a person types: first "/" and the name of a command, then its options. */
import { CommandForm } from "./command_form.js";
import { matchingCommands, typedCommand } from "./command_search.js";
import { Declined } from "./connection.js";
import { t } from "./i18n.js";

/**
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./command_form.js").Values} Values
 */

/**
 * @typedef {object} Parts elements of the page
 * @property {HTMLElement} box
 * @property {HTMLInputElement} search
 * @property {HTMLElement} problem
 * @property {HTMLButtonElement} send
 */

/**
 * @typedef {object} Backend
 * @property {(command: Command, values: Values) => Promise<void>} send rejects with Declined if it may not be sent
 * @property {import("./command_form.js").Surroundings["complete"]} complete
 * @property {() => import("./option_value.js").Offered} offered
 */

export class Composer {
  /**
   * @param {Parts} parts
   * @param {import("./suggestions.js").Suggestions} suggestions
   * @param {Backend} backend
   */
  constructor(parts, suggestions, backend) {
    this.parts = parts;
    this.suggestions = suggestions;
    this.backend = backend;
    /** @type {Command[]} */
    this.commands = [];
    /** @type {CommandForm | null} */
    this.form = null;
    /** @type {{command: Command, written: ReturnType<CommandForm["written"]>} | null} */
    this.last = null;
    const { search, send, box } = parts;
    search.addEventListener("input", () => this.onSearch());
    search.addEventListener("focus", () => this.onSearch());
    search.addEventListener("blur", () => suggestions.close());
    search.addEventListener("keydown", (event) => this.onSearchKey(event));
    send.addEventListener("click", () => this.submit());
    send.addEventListener("keydown", (event) => this.form?.onKey(event));
    box.addEventListener("click", (event) => event.target === box && this.focus());
  }

  /**
   * The commands there are from now on. What is being typed stays.
   * @param {Command[]} commands
   */
  setCommands(commands) {
    this.commands = commands;
    const focused = this.parts.box.contains(document.activeElement);
    if (this.form) {
      const same = commands.find((command) => command.path === this.form?.command.path);
      if (same) this.start(same, this.form.written(), focused);
      else this.reset();
    } else if (focused) this.onSearch();
  }

  focus() {
    if (this.form) this.form.focus();
    else this.parts.search.focus();
  }

  /**
   * Leave the command that is being filled in.
   * @param {string} [text] to type on from
   */
  reset(text = "") {
    this.form?.element.remove();
    this.form = null;
    this.parts.search.hidden = false;
    this.parts.search.value = text;
    this.suggestions.close();
    this.complain("");
  }

  /**
   * Fill in a command.
   * @param {Command} command
   * @param {ReturnType<CommandForm["written"]>} [written] values that are there already
   * @param {boolean} [focus]
   */
  start(command, written = new Map(), focus = true) {
    this.reset();
    this.form = new CommandForm(command, written, {
      suggestions: this.suggestions,
      send: this.parts.send,
      offered: this.backend.offered,
      complete: this.backend.complete,
      complain: (sentence) => this.complain(sentence),
      onSubmit: () => this.submit(),
      onLeave: (text) => {
        this.reset(text);
        this.parts.search.focus();
      },
    });
    this.parts.search.hidden = true;
    this.parts.box.prepend(this.form.element);
    if (focus) this.form.focus();
  }

  /** @param {string} line what to type */
  type(line) {
    this.parts.search.value = `${line} `;
    this.onSearch();
  }

  /** @param {string} path of a command that a message mentions, registered or in the reader's language */
  startNamed(path) {
    const found = this.commands.find((command) => [command.path, command.shown].includes(path));
    if (found) this.start(found);
  }

  onSearch() {
    this.complain("");
    const text = this.parts.search.value;
    if (!text.startsWith("/")) {
      this.suggestions.close();
      return;
    }
    const typed = typedCommand(this.commands, text);
    if (typed) {
      this.start(typed.command, typed.written);
      return;
    }
    const found = matchingCommands(this.commands, text);
    const items = found.map((command) => ({
      title: command.shown,
      detail: command.description,
      side: command.application,
      pick: () => this.start(command),
    }));
    const heading = found.length ? [text.length > 1 ? t("commands_matching", { text }) : t("commands")] : [];
    const note = found.length ? "" : this.commands.length ? t("none_matching", { text }) : t("no_commands");
    this.suggestions.open(this.parts.search, items, { heading, note });
  }

  /** @param {KeyboardEvent} event */
  onSearchKey(event) {
    if (event.isComposing) return;
    const open = this.suggestions.isOpen;
    const empty = !this.parts.search.value;
    if (event.key === "ArrowDown" && open) this.suggestions.move(1);
    else if (event.key === "ArrowUp" && open) this.suggestions.move(-1);
    else if (event.key === "ArrowUp" && empty && this.last) this.start(this.last.command, this.last.written);
    else if (event.key === "Tab" && !event.shiftKey && open) this.suggestions.pick();
    else if (event.key === "Enter") {
      if (!this.suggestions.pick()) this.submit();
    } else if (event.key === "Escape") this.suggestions.close();
    else return;
    event.preventDefault();
  }

  /** Send the command, or say what is missing. */
  submit() {
    const text = this.parts.search.value;
    if (this.form) void this.sendForm(this.form);
    else {
      this.parts.search.focus();
      if (text.trim()) this.complain(text.startsWith("/") ? t("none_matching", { text }) : t("only_commands"));
    }
  }

  /** @param {CommandForm} form */
  async sendForm(form) {
    if (!form.check()) return;
    const values = await form.values();
    const written = form.written();
    this.last = { command: form.command, written };
    this.reset();
    this.parts.search.focus();
    try {
      await this.backend.send(form.command, values);
    } catch (error) {
      if (!(error instanceof Declined)) return;
      if (!this.form && !this.parts.search.value) this.start(form.command, written);
      this.complain(error.message);
    }
  }

  /** @param {string} sentence */
  complain(sentence) {
    this.parts.problem.textContent = sentence;
    this.parts.problem.hidden = !sentence;
  }
}
