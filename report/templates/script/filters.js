// The filters, and what follows them.

const QUIET_MS = 150;

function makeFilters(form, blocks) {
  const matching = document.getElementById("matching");
  let timer;
  const apply = () => {
    const filter = readFilter(form);
    const chosen = isFiltering(filter) ? games().filter((game) => passes(game, filter)) : games();
    const said = isFiltering(filter) ? page.words.matching : page.words.allGames;
    matching.textContent = said.replace("%", () => formatted(chosen.length, 0));
    blocks.forEach((block) => follow(block, chosen, isFiltering(filter)));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, QUIET_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  matching.textContent = page.words.allGames.replace("%", () => formatted(page.games.title?.length ?? 0, 0));
  // What a browser filled in again after a reload filters at once.
  if (isFiltering(readFilter(form))) apply();
}

function readFilter(form) {
  const year = (id) => (form.querySelector(id).value === "" ? null : Number(form.querySelector(id).value));
  const genre = form.querySelector("#genre").value;
  return {
    genre: genre === "" ? null : Number(genre),
    from: year("#year-from"),
    to: year("#year-to"),
    unknownYears: form.querySelector("#unknown-years").checked,
  };
}

function follow(block, chosen, isFiltered) {
  block.rows = derive(block, chosen);
  block.element.classList.toggle("is-filtered", isFiltered);
  const status = block.element.querySelector(".status");
  status.textContent = block.rows.length ? "" : page.words.nothing;
  markSorted(block.element, -1, false);
  fillTable(block.element, block);
  if (block.zooms) block.limits = { ...NO_LIMITS };
  redraw(block);
}
