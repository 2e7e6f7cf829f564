// @ts-check
/**
 * Pictures and files that came with messages. The page itself never asks another computer for anything: what
 * lies elsewhere comes through the playground's own server.
 */
import { h, icon, link, webAddress } from "./dom.js";
import { currentLocale, t } from "./i18n.js";

/**
 * @typedef {object} Media
 * @property {string} url
 * @property {number} [width]
 * @property {number} [height]
 * @property {string | null} [description]
 * @property {string} [source] where it lies, if this playground fetches it from elsewhere
 */

/**
 * The address if this playground serves it.
 * @param {string} address
 * @returns {string | null}
 */
function ownAddress(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin && url.pathname.startsWith("/media/") ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A picture. One that cannot be had is named, with a link to where it lies.
 * @param {Media} media
 * @param {string} className
 */
export function picture(media, className) {
  const own = ownAddress(media.url);
  const size = media.width && media.height ? { width: media.width, height: media.height } : {};
  if (own) {
    const image = h("img", { src: own, alt: media.description ?? "", decoding: "async", ...size });
    const shown = h("a", { class: className, href: own, target: "_blank", rel: "noopener noreferrer" }, image);
    image.addEventListener("error", () => shown.replaceWith(named(media, className)));
    return shown;
  }
  return named(media, className);
}

/**
 * A picture that is not shown, by where it lies.
 * @param {Media} media
 * @param {string} className
 */
function named(media, className) {
  const address = media.source ?? media.url;
  const host = webAddress(address) ? new URL(address).host : "?";
  const words = t("image_outside", { host });
  const thumbnail = className === "embed-thumbnail";
  const outside = link(address, `${className} picture-outside`, icon("image"), h("span", {}, thumbnail ? host : words));
  outside.title = words;
  return outside;
}

/**
 * A small round picture beside a name; left out where it lies elsewhere.
 * @param {string | undefined} address
 */
export function smallPicture(address) {
  const own = address ? ownAddress(address) : null;
  return own ? h("img", { class: "small-picture", src: own, alt: "", width: 24, height: 24 }) : null;
}

/**
 * An attachment: shown if it is a picture, else named with its size.
 * @param {{filename: string, size: number, url: string, content_type?: string, width?: number, height?: number, description?: string}} file
 */
export function attachment(file) {
  if (file.content_type?.startsWith("image/") && file.width) {
    return picture({ ...file, description: file.description ?? file.filename }, "picture");
  }
  const own = ownAddress(file.url);
  const name = own ? h("a", { href: own, download: file.filename }, file.filename) : h("span", {}, file.filename);
  return h("div", { class: "file" }, icon("file"), h("div", {}, name, h("div", { class: "muted" }, bytes(file.size))));
}

/** @param {number} size in bytes */
function bytes(size) {
  const units = ["byte", "kilobyte", "megabyte"];
  const step = size >= 1e6 ? 2 : size >= 1e3 ? 1 : 0;
  const number = size / 1000 ** step;
  return number.toLocaleString(currentLocale(), { style: "unit", unit: units[step], maximumFractionDigits: 1 });
}
