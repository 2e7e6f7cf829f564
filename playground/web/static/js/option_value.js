// @ts-check
/** What a person wrote for one option, checked and read as the value to send. */
import { t } from "./i18n.js";

/** Discord's option types. */
export const TYPE = { STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, ATTACHMENT: 11 };

/**
 * @typedef {import("./types.js").Option} Option
 * @typedef {import("./types.js").Choice} Choice
 * @typedef {{users: import("./types.js").Who[], roles: import("./types.js").Named[], channels: import("./types.js").Channel[]}} Offered
 */

/**
 * What an option offers to choose from; null if it is filled in freely.
 * @param {Option} option
 * @param {Offered} offered
 * @returns {Choice[] | null}
 */
export function fixedChoices(option, offered) {
  if (option.choices.length) return option.choices;
  const users = offered.users.map((user) => ({ name: `@${user.name}`, value: user.id }));
  const roles = offered.roles.map((role) => ({ name: `@${role.name.replace(/^@/, "")}`, value: role.id }));
  switch (option.type) {
    case TYPE.BOOLEAN:
      return [{ name: t("yes"), value: "true" }, { name: t("no"), value: "false" }];
    case TYPE.USER:
      return users;
    case TYPE.ROLE:
      return roles;
    case TYPE.MENTIONABLE:
      return [...users, ...roles];
    case TYPE.CHANNEL:
      return offered.channels.map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
    default:
      return null;
  }
}

/**
 * The choices whose names hold the text, those that begin with it first.
 * @param {Choice[]} choices
 * @param {string} text
 */
export function matching(choices, text) {
  const wanted = plain(text);
  const rank = (/** @type {Choice} */ choice) => {
    const at = plain(choice.name).indexOf(wanted);
    return at <= 0 ? at : 1;
  };
  return choices.filter((choice) => rank(choice) >= 0).sort((a, b) => rank(a) - rank(b));
}

/** @param {string} text without case, accents and leading signs */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/^[@#/]/, "").trim();
}

/**
 * Read the text of an option.
 * @param {Option} option
 * @param {string} text
 * @param {Choice | null} picked the suggestion that the text came from
 * @param {Choice[] | null} fixed
 * @returns {{value?: string | number, problem?: string}}
 */
export function readOption(option, text, picked, fixed) {
  const name = option.shown;
  if (!text.trim()) return option.required ? { problem: t("error_required", { name }) } : {};
  if (fixed) {
    const found = picked ?? fixed.find((choice) => plain(choice.name) === plain(text));
    return found ? { value: found.value } : { problem: t("error_choice", { name }) };
  }
  if (picked) return { value: picked.value };
  return option.type === TYPE.STRING ? readText(option, text) : readNumber(option, text);
}

/** @param {Option} option @param {string} text */
function readText(option, text) {
  const { shown: name, min_length: low, max_length: high } = option;
  if (low !== undefined && text.length < low) return { problem: t("error_short", { name, limit: low }) };
  if (high !== undefined && text.length > high) return { problem: t("error_long", { name, limit: high }) };
  return { value: text };
}

/** @param {Option} option @param {string} text */
function readNumber(option, text) {
  const { shown: name, min_value: low, max_value: high } = option;
  const number = Number(text.trim().replace(",", "."));
  if (option.type === TYPE.INTEGER && !Number.isSafeInteger(number)) return { problem: t("error_integer", { name }) };
  if (!Number.isFinite(number)) return { problem: t("error_number", { name }) };
  if (low !== undefined && number < low) return { problem: t("error_min", { name, limit: low }) };
  if (high !== undefined && number > high) return { problem: t("error_max", { name, limit: high }) };
  return { value: number };
}
