// @ts-check
/** Finding the command that somebody is typing. */
import { plain } from "./option_value.js";

/**
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./option_field.js").Written} Written
 */

/**
 * Commands whose names begin with the text, then those that hold it, then those whose description does.
 * @param {Command[]} commands
 * @param {string} text begins with "/"
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

/**
 * The command in a line that has gone on past its name, e.g. "/game " or a pasted "/game name:Portal 2 year:2011",
 * with what the line says for each option.
 * @param {Command[]} commands
 * @param {string} line
 * @returns {{command: Command, written: Map<string, Written>} | null}
 */
export function typedCommand(commands, line) {
  for (const command of commands) {
    for (const name of [command.shown, command.path]) {
      if (line.startsWith(`${name} `)) return { command, written: typedOptions(command, line.slice(name.length)) };
    }
  }
  return null;
}

/**
 * A value goes on to the next option's name. Without any name, all of it is the first option's value.
 * @param {Command} command
 * @param {string} rest begins with a space
 */
function typedOptions(command, rest) {
  /** @type {Map<string, Written>} */
  const written = new Map();
  /** @type {{name: string, start: number, end: number}[]} */
  const marks = [];
  for (const option of command.options) {
    const label = [option.shown, option.name].find((name) => rest.includes(` ${name}:`));
    if (!label) continue;
    const start = rest.indexOf(` ${label}:`);
    marks.push({ name: option.name, start, end: start + label.length + 2 });
  }
  marks.sort((a, b) => a.start - b.start);
  for (const [index, mark] of marks.entries()) {
    written.set(mark.name, { text: rest.slice(mark.end, marks[index + 1]?.start).trim(), picked: null });
  }
  if (!marks.length && rest.trim() && command.options.length) {
    written.set(command.options[0].name, { text: rest.trim(), picked: null });
  }
  return written;
}
