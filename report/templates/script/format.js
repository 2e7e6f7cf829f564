// What the page is given, and how values are written: as `report.wording.Wording.cell` does.

const page = JSON.parse(document.getElementById("report-data").textContent);
const locale = page.language;
const formatters = new Map();

function formatted(value, decimals, style = {}) {
  const key = `${decimals}${JSON.stringify(style)}`;
  if (!formatters.has(key)) {
    // As Python rounds.
    const rounding = { maximumFractionDigits: decimals, roundingMode: "halfEven" };
    formatters.set(key, new Intl.NumberFormat(locale, { useGrouping: "always", ...rounding, ...style }));
  }
  return formatters.get(key).format(value);
}

function share(value) {
  const percent = (of, decimals = 1) => formatted(of / 100, decimals, { style: "percent" });
  const hundredths = 100 * value;
  if (hundredths > 0 && hundredths < 0.05) return `<${percent(0.1)}`;
  if (hundredths >= 99.95 && hundredths < 100) return `>${percent(99.9)}`;
  return percent(hundredths);
}

function cell(value, kind) {
  if (value === null) return page.words.unknown;
  if (typeof value === "string") return value;
  switch (kind) {
    case "share":
      return share(value);
    case "dollars":
      return formatted(value, 2, { style: "currency", currency: "USD" });
    case "hours":
      return page.words.hours.replace("%", () => formatted(value, value >= 100 ? 0 : 1));
    case "year":
      return String(value);
    case "count":
      return formatted(value, 0);
    case "precise":
      return formatted(value, 3);
    default:
      return formatted(value, 2);
  }
}

// A spreadsheet takes a cell that begins with one of these for a formula.
const FORMULA = /^[=+\-@\t\r]/;

function fileCell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const guarded = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function asFile(columns, rows) {
  const lines = [columns.map((column) => column.title), ...rows];
  return lines.map((line) => line.map(fileCell).join(",")).join("\r\n") + "\r\n";
}
