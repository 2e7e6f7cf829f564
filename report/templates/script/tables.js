// Tables that sort, and the files behind plots and tables.

function fillTable(element, block) {
  const body = element.querySelector("tbody");
  if (!body) return;
  const shown = block.rows.slice(0, block.tableRows ?? undefined);
  body.replaceChildren(...shown.map((row) => tableRow(row, block.columns)));
}

function tableRow(row, columns) {
  const line = document.createElement("tr");
  row.forEach((value, at) => {
    const field = document.createElement(at ? "td" : "th");
    if (!at) field.scope = "row";
    field.textContent = cell(value, columns[at].kind);
    line.append(field);
  });
  return line;
}

function makeSortable(element, block) {
  element.querySelectorAll("thead th").forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") !== "descending";
      sortRows(block, at, falling);
      markSorted(element, at, falling);
      fillTable(element, block);
      redraw(block);
    });
  });
}

function sortRows(block, at, falling) {
  const known = block.rows.filter((row) => row[at] !== null);
  const unknown = block.rows.filter((row) => row[at] === null);
  known.sort((one, other) => (falling ? -1 : 1) * comparedCells(one[at], other[at]));
  block.rows = [...known, ...unknown];
}

function comparedCells(one, other) {
  return typeof one === "string" && typeof other === "string" ? one.localeCompare(other, locale) : compared(one, other);
}

function markSorted(element, sorted, falling) {
  element.querySelectorAll("thead th").forEach((head, at) => {
    if (at === sorted) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
}

function makeDownload(button, block) {
  button.addEventListener("click", () => {
    // The byte order mark tells spreadsheets that the letters are UTF-8.
    const file = new Blob(["\ufeff", asFile(block.columns, block.rows)], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${button.dataset.of}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
