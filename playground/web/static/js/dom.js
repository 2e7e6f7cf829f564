// @ts-check
/** Elements made from data. Text only ever becomes text nodes: nothing here parses HTML. */

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | EventListener>} Attributes
 */

/**
 * Make an element. An attribute that is null, undefined or false is left out, true is an empty one, and a
 * function listens to the event that its name ("onclick") says.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

/**
 * @param {Element | DocumentFragment} parent
 * @param {Child[]} children
 */
export function append(parent, children) {
  parent.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

/**
 * The element with this id, which index.html has.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

const PATHS = {
  hash: "M4 9h16M4 15h16M10 4 8 20M16 4l-2 16",
  at: "M16 8v5a3 3 0 0 0 5 2c1.5-6-2-12-9-12a9 9 0 1 0 5 16M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  chevron: "m6 9 6 6 6-6",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 12 5 5 9-10",
  outside: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
  file: "M7 3h7l4 4v14H7zM14 3v5h4",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9.2v.1",
  pad: "M7 7h10a5 5 0 0 1 4.6 7l-1 2.4a2.4 2.4 0 0 1-4 .7L15 15H9l-1.6 2.1a2.4 2.4 0 0 1-4-.7l-1-2.4A5 5 0 0 1 7 7zM8 9.5v3M6.5 11h3M15.5 10.5v.1M17.5 12v.1",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.6v.1",
};

/**
 * A drawn icon, hidden from assistive technology.
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/**
 * A round picture: of a name's initials, its colour chosen by the id; of a game pad for a bot.
 * @param {{id: string, name: string, bot?: boolean}} who
 * @param {string} [extra] a further class
 */
export function avatar(who, extra = "") {
  if (who.bot) return h("span", { class: `avatar bot ${extra}`, "aria-hidden": "true" }, icon("pad"));
  const words = who.name.split(/\s+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0]).join("").toUpperCase();
  const picture = h("span", { class: `avatar ${extra}`, "aria-hidden": "true" }, letters || "?");
  // The golden angle sets ids that follow each other far apart.
  const seed = Array.from(who.id).reduce((sum, digit) => (sum * 10 + Number(digit)) % 9973, 0);
  picture.style.setProperty("--hue", String(Math.round(seed * 137.508) % 360));
  return picture;
}

/**
 * The address if it leads to the web, else null: never javascript:, data: or the like.
 * @param {unknown} address
 * @returns {string | null}
 */
export function webAddress(address) {
  try {
    const url = new URL(String(address));
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A link that opens in a tab of its own; plain text where the address is no web address.
 * @param {unknown} address
 * @param {string} className
 * @param {...Child} children
 */
export function link(address, className, ...children) {
  const href = webAddress(address);
  if (!href) return h("span", { class: className }, ...children);
  return h("a", { class: className, href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
