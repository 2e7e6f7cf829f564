// @ts-check
/** Embeds: colour bar, author, title, description, fields, pictures, footer. */
import { h, link } from "./dom.js";
import { clockTime } from "./i18n.js";
import { markdown, markdownLine } from "./markdown_view.js";
import { picture, smallPicture } from "./media.js";

/** @typedef {import("./markdown_view.js").Names} Names */

/**
 * @param {any} embed Discord's embed object
 * @param {Names} names
 */
export function showEmbed(embed, names) {
  const article = h("article", { class: "embed" });
  // Black is how Discord writes "no colour".
  if (embed.color) article.style.setProperty("--bar", hex(embed.color));
  const body = h("div", { class: "embed-body" });
  if (embed.author) body.append(author(embed.author));
  if (embed.title) {
    const title = markdownLine(embed.title, names);
    body.append(h("div", { class: "embed-title" }, embed.url ? link(embed.url, "", title) : title));
  }
  if (embed.description) body.append(h("div", { class: "embed-description" }, markdown(embed.description, names)));
  if (embed.fields?.length) body.append(fields(embed.fields, names));
  article.append(body);
  if (embed.thumbnail) article.append(picture(embed.thumbnail, "embed-thumbnail"));
  if (embed.image) article.append(picture(embed.image, "embed-image"));
  if (embed.footer || embed.timestamp) article.append(footer(embed));
  return article;
}

/** @param {number} color 0xRRGGBB */
export function hex(color) {
  return `#${Number(color).toString(16).padStart(6, "0")}`;
}

/** @param {any} who */
function author(who) {
  return h("div", { class: "embed-author" }, smallPicture(who.icon_url), who.url ? link(who.url, "", who.name) : h("span", {}, who.name));
}

/** @param {any} embed */
function footer(embed) {
  const when = embed.timestamp ? h("time", { datetime: embed.timestamp }, clockTime(new Date(embed.timestamp))) : null;
  const between = when && embed.footer ? h("span", { "aria-hidden": "true" }, "•") : null;
  return h("div", { class: "embed-footer" }, smallPicture(embed.footer?.icon_url), embed.footer && h("span", {}, embed.footer.text), between, when);
}

/**
 * Fields in rows of up to three where they are inline, as wide as the row where not.
 * @param {any[]} all
 * @param {Names} names
 */
function fields(all, names) {
  const grid = h("dl", { class: "embed-fields" });
  for (const row of rows(all)) {
    for (const field of row) {
      grid.append(
        h(
          "div",
          { class: `embed-field span-${12 / row.length}` },
          h("dt", {}, markdownLine(field.name, names)),
          h("dd", {}, markdown(field.value, names)),
        ),
      );
    }
  }
  return grid;
}

/**
 * @param {any[]} all
 * @returns {any[][]}
 */
function rows(all) {
  /** @type {any[][]} */
  const found = [];
  for (const field of all) {
    const last = found[found.length - 1];
    if (field.inline && last?.[0].inline && last.length < 3) last.push(field);
    else found.push([field]);
  }
  return found;
}
