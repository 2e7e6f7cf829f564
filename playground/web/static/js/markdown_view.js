// @ts-check
/** Shows parsed markdown with elements and text nodes only. */
import { h, link } from "./dom.js";
import { t, timestamp } from "./i18n.js";
import { parse } from "./markdown.js";

/** @typedef {import("./markdown.js").Node} Node */

/**
 * @typedef {object} Names who and what a mention may mean, by id
 * @property {Map<string, string>} users
 * @property {Map<string, string>} channels
 * @property {Map<string, string>} roles
 * @property {Map<string, string>} commands the names of commands in the reader's language, by the registered ones
 * @property {(path: string) => void} onCommand somebody chose a mentioned command
 */

/**
 * Markdown as nodes to put on the page.
 * @param {string} source
 * @param {Names} names
 * @returns {DocumentFragment}
 */
export function markdown(source, names) {
  const fragment = document.createDocumentFragment();
  fragment.append(...show(parse(source), names));
  return fragment;
}

/**
 * A line of markdown without blocks, for titles and names.
 * @param {string} source
 * @param {Names} names
 */
export function markdownLine(source, names) {
  return markdown(source.replace(/\s*\n\s*/g, " ").replace(/^(#{1,3} |-# |> |>>> )/, "\u200b$1"), names);
}

/**
 * @param {Node[]} nodes
 * @param {Names} names
 * @returns {(HTMLElement | Text)[]}
 */
function show(nodes, names) {
  return nodes.map((node) => showOne(node, names));
}

/** @type {Record<string, "strong" | "em" | "u" | "s" | "blockquote" | "small">} */
const TAGS = { bold: "strong", italic: "em", underline: "u", strike: "s", quote: "blockquote", small: "small" };

/**
 * @param {Node} node
 * @param {Names} names
 * @returns {HTMLElement | Text}
 */
function showOne(node, names) {
  switch (node.kind) {
    case "text":
      return document.createTextNode(node.text);
    case "line_break":
      return h("br");
    case "heading":
      // Pages have headings of their own; a message's rank below them.
      return h("div", { class: `heading heading-${node.level}`, role: "heading", "aria-level": node.level + 3 }, ...show(node.inside, names));
    case "list":
      return h(node.ordered ? "ol" : "ul", node.ordered ? { start: node.start } : {}, ...node.items.map((item) => h("li", {}, ...show(item, names))));
    case "code":
      return h("code", {}, node.text);
    case "code_block":
      return h("pre", { tabindex: 0 }, h("code", { "data-language": node.language || null }, node.text));
    case "link":
      return link(node.url, "", ...show(node.inside, names));
    case "spoiler":
      return spoiler(show(node.inside, names));
    case "emoji":
      return h("span", { class: "emoji-name" }, `:${node.name}:`);
    case "timestamp":
      return moment(node.seconds, node.style);
    case "mention":
      return mention(node, names);
    default:
      return h(TAGS[node.kind], {}, ...show(node.inside, names));
  }
}

/**
 * @param {Extract<Node, {kind: "mention"}>} node
 * @param {Names} names
 */
function mention(node, names) {
  if (node.what === "command") {
    const path = `/${node.name}`;
    return h("button", { class: "mention", type: "button", onclick: () => names.onCommand(path) }, path);
  }
  const known = { user: names.users, role: names.roles, channel: names.channels, everyone: null }[node.what];
  const sign = node.what === "channel" ? "#" : "@";
  const name = known ? (known.get(node.id) ?? "unknown") : node.name;
  return h("span", { class: "mention" }, `${sign}${name.replace(/^@/, "")}`);
}

/** @param {(HTMLElement | Text)[]} inside */
function spoiler(inside) {
  const cover = h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler"), "aria-expanded": "false" });
  const content = h("span", { class: "spoiler-inside", inert: true }, ...inside);
  cover.append(content);
  const reveal = (/** @type {Event} */ event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    if (cover.classList.contains("shown")) return;
    event.preventDefault();
    cover.classList.add("shown");
    content.removeAttribute("inert");
    for (const name of ["role", "tabindex", "aria-label", "aria-expanded"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", reveal);
  return cover;
}

/** @param {number} seconds @param {string} style */
function moment(seconds, style) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return document.createTextNode(`<t:${seconds}:${style}>`);
  return h(
    "time",
    { class: "timestamp", datetime: date.toISOString(), title: timestamp(date, "F"), "data-style": style },
    timestamp(date, style),
  );
}

/** Bring every relative time on the page up to date. */
export function refreshRelativeTimes() {
  for (const element of document.querySelectorAll('time[data-style="R"]')) {
    element.textContent = timestamp(new Date(element.getAttribute("datetime") ?? 0), "R");
  }
}
