// Drawing: a plot when it comes near the window, one after the other, so that the page stays quick.

const MANY = 800;
const AHEAD = "600px";
const tooltip = document.getElementById("tooltip");
const waiting = new Set();
let isDrawing = false;

// Colours are those of the page as it is now, light or dark.
function coloured(value, colours) {
  if (typeof value === "string") return value.startsWith("--") ? colours.getPropertyValue(value).trim() : value;
  if (Array.isArray(value)) return value.map((part) => coloured(part, colours));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, coloured(part, colours)]));
  }
  return value;
}

function asData(block) {
  return block.rows.map((row, at) => {
    const isUnknown = row[0] === null;
    const datum = { _row: at, _unknown: isUnknown, _axis: isUnknown ? "?" : cell(row[0], block.columns[0].kind) };
    block.columns.forEach(({ name, kind }, place) => {
      datum[name] = row[place];
      datum[`${name}_text`] = cell(row[place], kind);
    });
    return datum;
  });
}

function heightOf({ spec, rows }) {
  return typeof spec.height === "number" ? spec.height : spec.height.step * rows.length;
}

async function draw(block) {
  block.view?.finalize();
  block.view = null;
  const canvas = block.element.querySelector(".canvas");
  if (!canvas) return;
  if (!block.rows.length) {
    canvas.replaceChildren();
    return;
  }
  const colours = getComputedStyle(document.documentElement);
  const spec = { ...coloured(block.spec, colours), config: coloured(page.config, colours) };
  spec.data = { name: "rows", values: asData(block) };
  spec.height = heightOf(block);
  spec.padding = { left: 0, right: 2, top: 4, bottom: 4 };
  const drawn = await vegaEmbed(canvas, spec, {
    mode: "vega-lite",
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: block.rows.length > MANY ? "canvas" : "svg",
    formatLocale: page.numbers,
    tooltip: (_, event, item, value) => showTooltip(block, event, item, value),
  });
  block.view = drawn.view;
  canvas.dataset.drawn = "true";
  canvas.parentElement.style.minHeight = "";
  if (block.zooms) {
    block.whole = Object.fromEntries(["x", "y"].map((axis) => [axis, ends(block, axis)]));
    applyLimits(block);
  }
}

async function drawNext() {
  if (isDrawing) return;
  isDrawing = true;
  while (waiting.size) {
    const [block] = waiting;
    waiting.delete(block);
    block.isStale = false;
    await draw(block);
    await new Promise((resolve) => setTimeout(resolve));
  }
  isDrawing = false;
}

function redraw(block) {
  block.isStale = true;
  if (block.spec && block.isNear) {
    waiting.add(block);
    drawNext();
  }
}

const nearing = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const block = page.blocks[target.closest("[data-block]").dataset.block];
      block.isNear = isIntersecting;
      if (isIntersecting && block.isStale) redraw(block);
    }
  },
  { rootMargin: AHEAD },
);

function makePlot(element, block) {
  block.element = element;
  block.isStale = true;
  const drawing = element.querySelector(".drawing");
  drawing.style.minHeight = `${heightOf(block)}px`;
  nearing.observe(drawing);
}

function showTooltip(block, event, item, value) {
  if (!value || !item?.datum) {
    tooltip.hidden = true;
    return;
  }
  const head = document.createElement("strong");
  const list = document.createElement("dl");
  block.columns.forEach(({ name, title, kind }, at) => {
    const text = item.datum[`${name}_text`] ?? "";
    if (!at && (kind === "text" || kind === "year")) {
      head.textContent = text;
      return;
    }
    const [term, figure] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = title;
    figure.textContent = text;
    list.append(term, figure);
  });
  tooltip.replaceChildren(head, list);
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  const place = (at, size, whole) => Math.max(4, at + 14 + size > whole ? at - size - 10 : at + 14);
  tooltip.style.left = `${Math.min(place(event.clientX, width, innerWidth), innerWidth - width - 4)}px`;
  tooltip.style.top = `${place(event.clientY, height, innerHeight)}px`;
}
