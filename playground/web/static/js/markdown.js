// @ts-check
/**
 * Discord's markdown, read into a tree. The tree is data; `markdown_view.js` shows it.
 *
 * Lines are read first (code blocks, quotes, headings, lists), then what stands within a line. Depth is
 * limited and a delimiter that is never closed is looked for once, so hostile text costs linear time.
 */

/**
 * @typedef {{kind: "text", text: string}
 *   | {kind: "bold" | "italic" | "underline" | "strike" | "spoiler" | "quote" | "small", inside: Node[]}
 *   | {kind: "heading", level: number, inside: Node[]}
 *   | {kind: "list", ordered: boolean, start: number, items: Node[][]}
 *   | {kind: "code", text: string}
 *   | {kind: "code_block", language: string, text: string}
 *   | {kind: "link", url: string, inside: Node[]}
 *   | {kind: "mention", what: "user" | "role" | "channel" | "command" | "everyone", id: string, name: string}
 *   | {kind: "emoji", name: string}
 *   | {kind: "timestamp", seconds: number, style: string}
 *   | {kind: "line_break"}} Node
 */

const MAX_DEPTH = 12;
const FENCE = /^```(?:([\w+#.-]+)?\n)?([\s\S]*?)\n?```/;
const LIST_ITEM = /^( *)([-*]|\d{1,9}\.) +(?=\S)/;

/**
 * Read a message, an embed description or the like.
 * @param {string} source
 * @returns {Node[]}
 */
export function parse(source) {
  return blocks(source.replace(/\r\n?/g, "\n"), 0);
}

/**
 * @param {string} source
 * @param {number} depth
 * @returns {Node[]}
 */
function blocks(source, depth) {
  /** @type {Node[]} */
  const nodes = [];
  let rest = source;
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...inline(plain, depth));
    plain = "";
  };
  while (rest) {
    const found = depth < MAX_DEPTH ? block(rest, depth, plain === "" || plain.endsWith("\n")) : null;
    if (found) {
      // What ends a paragraph before a block is not shown; a line break by itself, after a block, is an empty line.
      if (plain !== "\n" || !nodes.length) plain = plain.replace(/\n$/, "");
      flush();
      nodes.push(found.node);
      rest = rest.slice(found.length);
      if (rest.startsWith("\n")) rest = rest.slice(1);
      continue;
    }
    const end = endOfPlain(rest);
    plain += rest.slice(0, end);
    rest = rest.slice(end);
  }
  flush();
  return nodes;
}

/**
 * How much of a text in which no block starts is plain: up to the next line or code fence.
 * @param {string} source
 */
function endOfPlain(source) {
  if (source[0] === "\n") return 1;
  const from = source.startsWith("```") ? 3 : 1;
  const next = /\n|```/.exec(source.slice(from));
  if (!next) return source.length;
  return from + next.index + (next[0] === "\n" ? 1 : 0);
}

/**
 * The block that starts here, if one does.
 * @param {string} source
 * @param {number} depth
 * @param {boolean} lineStart
 * @returns {{node: Node, length: number} | null}
 */
function block(source, depth, lineStart) {
  const fence = source.startsWith("```") && FENCE.exec(source);
  if (fence && fence[2].trim()) {
    const node = /** @type {Node} */ ({ kind: "code_block", language: fence[1] ?? "", text: fence[2] });
    return { node, length: fence[0].length };
  }
  if (!lineStart) return null;
  if (/^>>> \s*\S/.test(source)) {
    return { node: { kind: "quote", inside: blocks(source.slice(4), depth + 1) }, length: source.length };
  }
  const quoted = /^(?:> [^\n]*(?:\n|$))+/.exec(source)?.[0].replace(/\n$/, "");
  if (quoted) {
    return { node: { kind: "quote", inside: blocks(quoted.replace(/^> /gm, ""), depth + 1) }, length: quoted.length };
  }
  const heading = /^(#{1,3}) +([^\n]+)/.exec(source);
  if (heading) {
    const inside = inline(heading[2].trim(), depth + 1);
    return { node: { kind: "heading", level: heading[1].length, inside }, length: heading[0].length };
  }
  const small = /^-# +([^\n]+)/.exec(source);
  if (small) return { node: { kind: "small", inside: inline(small[1], depth + 1) }, length: small[0].length };
  return LIST_ITEM.test(source) ? list(source, depth) : null;
}

/**
 * @param {string} source starts with a list item
 * @param {number} depth
 * @returns {{node: Node, length: number}}
 */
function list(source, depth) {
  const first = /** @type {RegExpExecArray} */ (LIST_ITEM.exec(source));
  const indent = first[1].length;
  const ordered = /\d/.test(first[2]);
  /** @type {string[][]} */
  const items = [];
  let length = 0;
  for (const line of source.split("\n")) {
    const item = LIST_ITEM.exec(line);
    const deep = /^ */.exec(line)?.[0].length ?? 0;
    if (item && item[1].length <= indent) {
      if (item[1].length < indent || /\d/.test(item[2]) !== ordered) break;
      items.push([line.slice(item[0].length)]);
    } else if (line.trim() && deep > indent) {
      items[items.length - 1].push(line.slice(Math.min(deep, indent + 2)));
    } else break;
    length += line.length + 1;
  }
  const node = /** @type {Node} */ ({
    kind: "list",
    ordered,
    start: ordered ? parseInt(first[2], 10) : 1,
    items: items.map((lines) => blocks(lines.join("\n"), depth + 1)),
  });
  return { node, length: Math.min(length - 1, source.length) };
}

/** @type {[string, "bold" | "italic" | "underline" | "strike" | "spoiler"][]} */
const PAIRS = [["**", "bold"], ["__", "underline"], ["~~", "strike"], ["||", "spoiler"], ["*", "italic"], ["_", "italic"]];

/** @type {[RegExp, (found: RegExpExecArray, depth: number) => Node | null][]} */
const MARKS = [
  [/\\([^\p{L}\p{N}\s])/uy, (found) => ({ kind: "text", text: found[1] })],
  [/\n/y, () => ({ kind: "line_break" })],
  [/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, (found) => ({ kind: "code", text: found[2].replace(/^ (.*) $/, "$1") })],
  [/<(@!?|@&|#)(\d{1,20})>/y, (found) => mention(found[1], found[2])],
  [/<\/([^:\n<>]{1,100}):(\d{1,20})>/y, (found) => ({ kind: "mention", what: "command", id: found[2], name: found[1] })],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (found) => ({ kind: "timestamp", seconds: Number(found[1]), style: found[2] ?? "f" })],
  [/<a?:(\w{2,32}):\d{1,20}>/y, (found) => ({ kind: "emoji", name: found[1] })],
  [/@(everyone|here)\b/y, (found) => ({ kind: "mention", what: "everyone", id: "", name: found[1] })],
  [/\[([^\]\n]{1,1024})\]\(\s*<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\s*\)/y, masked],
  [/<(https?:\/\/[^\s<>]+)>/y, (found) => address(found[1])],
  // A bare address ends before the punctuation of the sentence it stands in, unless its brackets are a pair.
  [/https?:\/\/(?:[^\s<>|()[\]]|\([^\s<>|()]*\))*(?:[^\s<>|()[\].,:;"'!?*_]|\([^\s<>|()]*\))/y, (found) => address(found[0])],
];

/**
 * @param {string} source
 * @param {number} depth
 * @returns {Node[]}
 */
function inline(source, depth) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Set<string>} */
  const neverClosed = new Set();
  let plain = "";
  let at = 0;
  const push = (/** @type {Node} */ node) => {
    if (plain) nodes.push({ kind: "text", text: plain });
    plain = "";
    nodes.push(node);
  };
  while (at < source.length) {
    const found = mark(source, at, depth, neverClosed) ?? (depth < MAX_DEPTH ? pair(source, at, depth, neverClosed) : null);
    if (found?.node.kind === "text") plain += found.node.text;
    else if (found) push(found.node);
    else plain += source[at];
    at += found ? found.length : 1;
  }
  if (plain) nodes.push({ kind: "text", text: plain });
  return nodes;
}

/**
 * @param {string} source
 * @param {number} at
 * @param {number} depth
 * @param {Set<string>} neverClosed
 * @returns {{node: Node, length: number} | null}
 */
function mark(source, at, depth, neverClosed) {
  if (!/[\\\n`<@[h]/.test(source[at])) return null;
  const ticks = source[at] === "`" ? (/`+/y.exec(source.slice(at))?.[0] ?? "") : "";
  if (ticks && neverClosed.has(ticks)) return { node: { kind: "text", text: ticks }, length: ticks.length };
  for (const [pattern, make] of MARKS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    const node = found && make(found, depth);
    if (found && node) return { node, length: found[0].length };
  }
  if (ticks) neverClosed.add(ticks);
  return null;
}

/**
 * @param {string} source
 * @param {number} at
 * @param {number} depth
 * @param {Set<string>} neverClosed
 * @returns {{node: Node, length: number} | null}
 */
function pair(source, at, depth, neverClosed) {
  for (const [sign, kind] of PAIRS) {
    if (!source.startsWith(sign, at) || neverClosed.has(sign)) continue;
    // "_" within a word and a lone "**" open nothing.
    if (sign === "_" && /\w/.test(source[at - 1] ?? "")) continue;
    if (sign === "*" && (/[\s*]/.test(source[at + 1] ?? "") || source[at - 1] === "*")) continue;
    const start = at + sign.length;
    const end = closing(source, start, sign);
    if (end < 0) neverClosed.add(sign);
    else if (source.slice(start, end).trim()) {
      return { node: { kind, inside: inline(source.slice(start, end), depth + 1) }, length: end + sign.length - at };
    }
  }
  return null;
}

/**
 * Where a delimiter closes, or -1. Escaped signs and code do not count; `_` closes at the end of a word only.
 * @param {string} source
 * @param {number} start
 * @param {string} sign
 */
function closing(source, start, sign) {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "`") {
      const end = source.indexOf("`", at + 1);
      if (end > 0) at = end;
    } else if (source.startsWith(sign, at) && at > start) {
      const double = sign.length === 1 && source[at + 1] === sign;
      if (double) at += 1;
      else if (closes(source, at, sign)) {
        // In "***both***" the outer pair closes last.
        while (source[at + sign.length] === sign[0] && sign.length === 2) at += 1;
        return at;
      }
    }
  }
  return -1;
}

/**
 * Whether a delimiter may close here: "_" only at the end of a word, "*" only after something.
 * @param {string} source
 * @param {number} at
 * @param {string} sign
 */
function closes(source, at, sign) {
  if (sign === "_") return !/\w/.test(source[at + 1] ?? "");
  return sign !== "*" || !/\s/.test(source[at - 1]);
}

/** @param {string} sign @param {string} id @returns {Node} */
function mention(sign, id) {
  const what = sign === "#" ? "channel" : sign === "@&" ? "role" : "user";
  return { kind: "mention", what, id, name: "" };
}

/** @param {RegExpExecArray} found @param {number} depth @returns {Node | null} */
function masked(found, depth) {
  // Discord shows a link as typed when its words are themselves an address, so that no link can pretend.
  if (/https?:\/\//.test(found[1])) return null;
  return { kind: "link", url: found[2], inside: depth < MAX_DEPTH ? inline(found[1], MAX_DEPTH) : [] };
}

/** @param {string} url @returns {Node} */
function address(url) {
  return { kind: "link", url, inside: [{ kind: "text", text: url }] };
}
