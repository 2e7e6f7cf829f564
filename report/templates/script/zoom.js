// Narrowing the axes of a plot: by buttons, by keys, and by drawing a rectangle with a mouse.

const NO_LIMITS = { x: null, y: null };
const LEAST_DRAG = 8;

function makeZoomable(element, block) {
  block.limits = { ...NO_LIMITS };
  const drawing = element.querySelector(".drawing");
  element.querySelectorAll("[data-zoom]").forEach((button) =>
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "all") showAll(block);
      else zoomBy(block, button.dataset.zoom === "in" ? 0.5 : 2);
    }),
  );
  drawing.addEventListener("keydown", (event) => {
    const act = {
      "+": () => zoomBy(block, 0.5),
      "-": () => zoomBy(block, 2),
      0: () => showAll(block),
      ArrowLeft: () => move(block, "x", -0.25),
      ArrowRight: () => move(block, "x", 0.25),
      ArrowUp: () => move(block, "y", 0.25),
      ArrowDown: () => move(block, "y", -0.25),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && block.view) select(drawing, block, event);
  });
}

// A scale in which equal distances on the screen are equal numbers.
function straight(block, axis) {
  const isLog = block.view.scale(axis).type === "log";
  return { to: isLog ? Math.log10 : (value) => value, from: isLog ? (value) => 10 ** value : (value) => value };
}

function ends(block, axis) {
  return block.view.scale(axis).domain().map(straight(block, axis).to);
}

function zoomBy(block, factor) {
  if (!block.view) return;
  for (const axis of ["x", "y"]) {
    const [low, high] = ends(block, axis);
    const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
    limit(block, axis, middle - half, middle + half);
  }
  applyLimits(block);
}

function move(block, axis, by) {
  if (!block.view || !block.limits[axis]) return;
  const [low, high] = ends(block, axis);
  const [first, last] = block.whole[axis];
  const step = Math.max(first - low, Math.min(last - high, (high - low) * by));
  limit(block, axis, low + step, high + step);
  applyLimits(block);
}

function showAll(block) {
  block.limits = { ...NO_LIMITS };
  applyLimits(block);
}

// Beyond the data there is nothing to see.
function limit(block, axis, low, high) {
  const [first, last] = block.whole[axis];
  const [from, to] = [Math.max(first, low), Math.min(last, high)];
  block.limits[axis] = from <= first && to >= last ? null : [from, to].map(straight(block, axis).from);
}

function applyLimits(block) {
  if (!block.view) return;
  for (const axis of ["x", "y"]) {
    const [low, high] = block.limits[axis] ?? [null, null];
    block.view.signal(`${axis}Min`, low).signal(`${axis}Max`, high);
  }
  block.view.runAsync();
}

function select(drawing, block, start) {
  const canvas = drawing.querySelector("svg, canvas").getBoundingClientRect();
  const frame = document.createElement("div");
  frame.className = "selection";
  const box = (event) => ({
    left: Math.min(start.clientX, event.clientX) - canvas.left,
    right: Math.max(start.clientX, event.clientX) - canvas.left,
    top: Math.min(start.clientY, event.clientY) - canvas.top,
    bottom: Math.max(start.clientY, event.clientY) - canvas.top,
  });
  const grow = (event) => {
    const { left, right, top, bottom } = box(event);
    if (!frame.isConnected) drawing.append(frame);
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
  };
  const stop = new AbortController();
  window.addEventListener("pointermove", grow, { signal: stop.signal });
  window.addEventListener("pointerup", (event) => {
    stop.abort();
    frame.remove();
    const { left, right, top, bottom } = box(event);
    if (right - left < LEAST_DRAG || bottom - top < LEAST_DRAG) return;
    const [dx, dy] = block.view.origin();
    narrow(block, "x", left - dx, right - dx);
    narrow(block, "y", bottom - dy, top - dy);
    applyLimits(block);
  }, { signal: stop.signal });
  start.preventDefault();
  drawing.focus({ preventScroll: true });
}

function narrow(block, axis, from, to) {
  const { to: straighten } = straight(block, axis);
  const scale = block.view.scale(axis);
  limit(block, axis, straighten(scale.invert(from)), straighten(scale.invert(to)));
}
