// Runs before the page is drawn, so that a chosen theme never flashes. The system's choice needs no help.
{
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
}
