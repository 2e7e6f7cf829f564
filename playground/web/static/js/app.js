// @ts-check
/** Puts the page together. */
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { byId, icon } from "./dom.js";
import { currentLocale, setLocale, t } from "./i18n.js";
import { refreshRelativeTimes } from "./markdown_view.js";
import { MessageLog, welcome } from "./messages.js";
import { openModal } from "./modal.js";
import { drawSidebar, setUpDrawer, setUpTheme } from "./sidebar.js";
import { Suggestions } from "./suggestions.js";

/**
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./types.js").View} View
 * @typedef {import("./types.js").Outcome} Outcome
 */

/** @type {Place} */
let place = { server: "", people: [], users: [], roles: [], locales: [] };
/** @type {View} */
let view = { person: "", channel: "", locale: "en-US", channels: [], messages: [], commands: [], examples: [] };

const names = {
  users: new Map(),
  channels: new Map(),
  roles: new Map(),
  commands: new Map(),
  onCommand: (/** @type {string} */ path) => composer.startNamed(path),
};

const log = new MessageLog(byId("scroller"), byId("messages"), {
  names,
  onClick: (message, customId) => use(connection.ask("click", { message: message.id, custom_id: customId })),
  onSelect: (message, customId, values) => use(connection.ask("select", { message: message.id, custom_id: customId, values })),
  onDismiss: (id) => {
    log.remove(id);
    void connection.ask("dismiss", { message: id });
    composer.focus();
  },
});

const composer = new Composer(
  {
    box: byId("composer-box"),
    search: /** @type {HTMLInputElement} */ (byId("search")),
    problem: byId("composer-problem"),
    send: /** @type {HTMLButtonElement} */ (byId("send")),
  },
  new Suggestions(byId("suggestions"), byId("suggestion-heading"), byId("suggestion-list")),
  {
    offered: () => ({ ...place, channels: view.channels.filter((channel) => !channel.direct) }),
    complete: async (command, option, value, options) => {
      const { choices } = await connection.ask("autocomplete", { command: command.path, option, value, options });
      return choices;
    },
    send: async (command, options) => {
      const user = { id: view.person, name: names.users.get(view.person) ?? "" };
      const outcome = connection.ask("slash", { command: command.path, options });
      log.toEnd();
      void log.pending({ name: command.shown.slice(1), user }, outcome);
      show(await outcome);
    },
  },
);

const connection = new Connection(takeToken(), {
  onReady: async (found) => {
    place = found;
    byId("notice").hidden = true;
    const saved = { person: sessionStorage.getItem("person"), channel: sessionStorage.getItem("channel"), locale: sessionStorage.getItem("locale") };
    await open(saved);
    if (!matchMedia("(pointer: coarse)").matches) composer.focus();
  },
  onEvent: (event) => {
    if (event.event === "message") log.put(event.message);
    else if (event.event === "deleted") log.remove(event.message);
    else {
      view.commands = event.commands;
      setCommands();
    }
  },
  onLost: (refused) => {
    const notice = byId("notice");
    notice.hidden = false;
    notice.textContent = refused ? t(place.server ? "replaced" : "refused") : t("lost");
  },
});

/**
 * The token of the address, kept for this tab only and taken out of sight.
 * @returns {string}
 */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    sessionStorage.setItem("token", token);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") ?? "";
}

/**
 * See a channel as somebody.
 * @param {{person?: string | null, channel?: string | null, locale?: string | null}} change
 */
async function open(change) {
  view = await connection.ask("open", { person: view.person || null, channel: view.channel || null, ...change });
  for (const key of /** @type {const} */ (["person", "channel", "locale"])) sessionStorage.setItem(key, view[key]);
  for (const [map, all] of /** @type {const} */ ([[names.users, place.users], [names.channels, view.channels], [names.roles, place.roles]])) {
    map.clear();
    for (const { id, name } of all) map.set(id, name);
  }
  setLocale(view.locale);
  draw();
  setCommands();
  log.reset(view.messages);
}

/** Offer the commands there are, and call them so in messages. */
function setCommands() {
  names.commands.clear();
  for (const { path, shown } of view.commands) names.commands.set(path.slice(1), shown.slice(1));
  composer.setCommands(view.commands);
}

/** Everything around the messages, in the language of now. */
function draw() {
  const here = view.channels.find((channel) => channel.id === view.channel);
  const channel = `${here?.direct ? "@" : "#"}${here?.name ?? ""}`;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(/** @type {any} */ (element.getAttribute("data-text")));
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(/** @type {any} */ (element.getAttribute("data-label")), { channel }));
  }
  document.title = `${channel} · ${place.server}`;
  byId("channel").textContent = here?.name ?? "";
  byId("channel-icon").replaceChildren(icon(here?.direct ? "at" : "hash"));
  byId("welcome").replaceChildren(...welcome(channel, view.examples, (line) => composer.type(line)));
  byId("search").setAttribute("placeholder", t("placeholder", { channel }));
  drawSidebar(place, view, {
    onPerson: (person) => void open({ person, locale: currentLocale() }),
    onChannel: (chosen) => void open({ channel: chosen }),
    onLocale: (locale) => void open({ locale }),
  });
}

/**
 * What came of using a component; false if it failed.
 * @param {Promise<Outcome>} asked
 */
async function use(asked) {
  const outcome = await asked.catch(() => ({ failed: true }));
  show(outcome);
  return !outcome.failed;
}

/** @param {Outcome} outcome */
function show(outcome) {
  const { modal } = outcome;
  if (!modal) return;
  openModal(modal, names, async (fields) => {
    const result = await connection.ask("submit", { modal: modal.id, fields }).catch(() => ({ failed: true }));
    return !result.failed;
  });
}

setUpTheme();
setUpDrawer();
setInterval(refreshRelativeTimes, 15_000);
