// What the page is given, and how values are written: as `report.wording.Wording.cell` does.

const page = JSON.parse(document.getElementById("report-data").textContent);
const locale = page.language;
const formatters = new Map();

// As Python rounds: the exact value, and exact halves to the even neighbour.
function rounded(value, decimals) {
  const scaled = value * 10 ** decimals;
  const isHalf = Number.isInteger(value * 2 ** (decimals + 1)) && Math.abs(scaled % 1) === 0.5;
  return isHalf ? (2 * Math.round(scaled / 2)) / 10 ** decimals : Number(value.toFixed(decimals));
}

function formatted(value, decimals, style = {}) {
  const key = `${decimals}${JSON.stringify(style)}`;
  if (!formatters.has(key)) {
    const options = { maximumFractionDigits: decimals, useGrouping: "always", ...style };
    formatters.set(key, new Intl.NumberFormat(locale, options));
  }
  return formatters.get(key).format(value);
}

const plain = (value, decimals) => formatted(rounded(value, decimals), decimals);

function share(value) {
  const percent = (of) => formatted(rounded(of / 100, 3), 1, { style: "percent" });
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
      return page.words.hours.replace("%", () => plain(value, value >= 100 ? 0 : 1));
    case "year":
      return String(value);
    case "count":
      return plain(value, 0);
    case "precise":
      return plain(value, 3);
    default:
      return plain(value, 2);
  }
}

// A spreadsheet takes a cell that begins with one of these for a formula, some of them the wide signs as well.
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

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
