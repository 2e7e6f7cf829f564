// @ts-check
/** Who the person is, where, in which language and colours. */
import { avatar, byId, h, icon } from "./dom.js";
import { languageName, t } from "./i18n.js";

/**
 * @typedef {object} Choices
 * @property {(person: string) => void} onPerson
 * @property {(channel: string) => void} onChannel
 * @property {(locale: string) => void} onLocale
 */

/**
 * @param {import("./types.js").Place} place
 * @param {import("./types.js").View} view
 * @param {Choices} choices
 */
export function drawSidebar(place, view, choices) {
  byId("server").textContent = place.server;
  byId("channel-list").replaceChildren(
    ...view.channels.map((channel) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            class: "channel",
            type: "button",
            "aria-current": channel.id === view.channel ? "page" : null,
            onclick: () => choices.onChannel(channel.id),
          },
          icon(channel.direct ? "at" : "hash"),
          channel.name,
        ),
      ),
    ),
  );
  byId("people").replaceChildren(...place.people.map((person) => personChoice(person, view, choices)));
  const languages = /** @type {HTMLSelectElement} */ (byId("language"));
  languages.replaceChildren(...place.locales.map((code) => h("option", { value: code, lang: code }, languageName(code))));
  languages.value = view.locale;
  languages.onchange = () => choices.onLocale(languages.value);
}

/**
 * @param {import("./types.js").Person} person
 * @param {import("./types.js").View} view
 * @param {Choices} choices
 */
function personChoice(person, view, choices) {
  return h(
    "label",
    { class: "person" },
    h("input", {
      type: "radio",
      name: "person",
      value: person.id,
      checked: person.id === view.person,
      onchange: () => choices.onPerson(person.id),
    }),
    avatar(person),
    h("span", { class: "person-name" }, person.name, h("span", { class: "muted" }, t(person.admin ? "admin" : "member"))),
  );
}

/** Let the person choose between dark and light; until then the system decides. */
export function setUpTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const buttons = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="theme"]'));
  const root = document.documentElement;
  const show = () => {
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    for (const button of buttons) button.checked = button.value === now;
  };
  for (const button of buttons) {
    button.addEventListener("change", () => {
      root.dataset.theme = button.value;
      localStorage.setItem("theme", button.value);
    });
  }
  dark.addEventListener("change", show);
  show();
}

/** On narrow screens the sidebar is a drawer. */
export function setUpDrawer() {
  const sidebar = byId("sidebar");
  const open = byId("menu-open");
  const close = byId("menu-close");
  const set = (/** @type {boolean} */ shown) => {
    sidebar.classList.toggle("open", shown);
    byId("main").inert = shown;
    open.setAttribute("aria-expanded", String(shown));
    (shown ? close : open).focus();
  };
  open.addEventListener("click", () => set(true));
  close.addEventListener("click", () => set(false));
  byId("scrim").addEventListener("click", () => set(false));
  // Whoever has chosen where to be, or who, wants to see it.
  sidebar.addEventListener("click", (event) => {
    const chosen = event.target instanceof Element && event.target.closest(".channel, .person input");
    if (chosen && sidebar.classList.contains("open")) set(false);
  });
  sidebar.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sidebar.classList.contains("open")) set(false);
  });
}
