/**
 * What the playground sends to this page. Only types; nothing runs here.
 *
 * @typedef {{id: string, name: string, bot?: boolean}} Who
 * @typedef {{id: string, name: string, locale: string, admin: boolean}} Person
 * @typedef {{id: string, name: string}} Named
 * @typedef {{id: string, name: string, direct: boolean}} Channel
 *
 * @typedef {{name: string, value: string | number}} Choice
 *
 * @typedef {object} Option
 * @property {string} name as declared by the bot
 * @property {string} shown in the person's language
 * @property {string} description
 * @property {number} type Discord's option type, 3 to 11
 * @property {boolean} required
 * @property {boolean} autocomplete
 * @property {Choice[]} choices
 * @property {number} [min_value]
 * @property {number} [max_value]
 * @property {number} [min_length]
 * @property {number} [max_length]
 *
 * @typedef {object} Command
 * @property {string} path as declared, e.g. "/admin refresh"
 * @property {string} shown in the person's language
 * @property {string} id
 * @property {string} description
 * @property {string} application the bot's name
 * @property {Option[]} options
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {Who} author
 * @property {string} content
 * @property {any[]} embeds
 * @property {any[]} components
 * @property {any[]} attachments
 * @property {string} created ISO 8601
 * @property {boolean} edited
 * @property {boolean} ephemeral
 * @property {boolean} loading shown as "thinking"
 * @property {{name: string, user: Who} | null} used the command it answers
 * @property {{author: Who, content: string} | null} reply the message it replies to
 *
 * @typedef {{id: string, title: string, components: any[]}} Modal
 *
 * @typedef {object} View what the person sees in a channel
 * @property {string} person id
 * @property {string} channel id
 * @property {string} locale
 * @property {Channel[]} channels
 * @property {Message[]} messages
 * @property {Command[]} commands
 * @property {string[]} examples command lines to begin with
 *
 * @typedef {object} Place who and what there is
 * @property {string} server
 * @property {Person[]} people
 * @property {Who[]} users everybody who may be mentioned, bots included
 * @property {Named[]} roles
 * @property {string[]} locales
 *
 * @typedef {{failed?: boolean, modal?: Modal}} Outcome
 */
export {};
