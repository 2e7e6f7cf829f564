// Brings the page to life; without this it has its sentences and tables.

document.documentElement.classList.remove("no-script");
document.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));

document.querySelectorAll("[data-block]").forEach((element) => {
  const block = page.blocks[element.dataset.block];
  makeSortable(element, block);
  const download = element.querySelector("button.file");
  if (download) makeDownload(download, block);
  if (!element.querySelector(".drawing")) return;
  makePlot(element, block);
  if (block.zooms) makeZoomable(element, block);
});

const following = Object.values(page.blocks).filter((block) => block.element && block.derivation?.kind);
makeFilters(document.getElementById("filters"), following);

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  Object.values(page.blocks).filter((block) => block.element).forEach(redraw);
});
