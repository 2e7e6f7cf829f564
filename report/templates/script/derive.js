// Values from games, for those that the filters let through: as `report.plots.derivations` does for all.

const GROUPED = ["genres", "developers"];
const FIELDS = Object.keys(page.games).filter((name) => !name.endsWith("_names"));
let everyGame = null;

function games() {
  everyGame ??= (page.games.title ?? []).map((_, at) =>
    Object.fromEntries(FIELDS.map((name) => [name, page.games[name][at]])),
  );
  return everyGame;
}

function isFiltering(filter) {
  return filter.genre !== null || filter.from !== null || filter.to !== null || !filter.unknownYears;
}

function passes(game, filter) {
  if (filter.genre === -1 && game.genres.length) return false;
  if (filter.genre !== null && filter.genre !== -1 && !game.genres.includes(filter.genre)) return false;
  if (game.year === null) return filter.unknownYears;
  return game.year >= (filter.from ?? -Infinity) && game.year <= (filter.to ?? Infinity);
}

function derive(block, chosen) {
  const { derivation } = block;
  return derivation.kind === "ranking" ? ranked(derivation, block.columns, chosen) : grouped(derivation, chosen);
}

const compared = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

function ranked({ by, count, least }, columns, chosen) {
  return chosen
    .filter((game) => game[by] !== null)
    .filter((game) => least.every(({ field, value }) => game[field] !== null && game[field] >= value))
    .sort((one, other) => other[by] - one[by] || compared(one.title, other.title))
    .slice(0, count ?? undefined)
    .map((game) => columns.map((column) => game[column.name]));
}

function grouped(derivation, chosen) {
  const { by, measures, order, count } = derivation;
  const groups = new Map();
  const rest = [];
  for (const game of chosen) {
    const keys = keysOf(game, derivation);
    if (!keys.length) rest.push(game);
    for (const key of keys) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(game);
    }
  }
  const figures = (of) => measures.map((measure) => figure(measure, of));
  let rows = [...groups.keys()].sort(compared).map((key) => [label(key, derivation), ...figures(groups.get(key))]);
  if (by === "year") rows = withoutGaps(rows, measures);
  rows = withoutSmall(rows, derivation);
  if (order) {
    const at = 1 + measures.findIndex((measure) => measure.name === order);
    rows.sort((one, other) => (other[at] ?? -Infinity) - (one[at] ?? -Infinity) || compared(one[0], other[0]));
  }
  rows = rows.slice(0, count ?? undefined);
  if (derivation.with_unknown && rest.length) rows.push(...withoutSmall([[null, ...figures(rest)]], derivation));
  return rows;
}

function keysOf(game, { by, bands }) {
  if (GROUPED.includes(by)) return [...new Set(game[by].map((at) => page.games[`${by}_names`][at]))];
  if (game[by] === null) return [];
  return by === "year" ? [game.year] : [bands.findLastIndex(([least]) => game.price >= least)];
}

function label(key, { by, bands }) {
  return by === "price" ? bands[key][1] : key;
}

function figure({ how, field, over, least }, of) {
  const sum = (name) => of.reduce((total, game) => total + (game[name] ?? 0), 0);
  if (how === "count") return of.length;
  if (how === "sum") return sum(field);
  if (how === "ratio") return sum(over) >= least ? sum(field) / sum(over) : null;
  const known = of.map((game) => game[field]).filter((value) => value !== null).sort((one, other) => one - other);
  if (known.length < least) return null;
  const middle = known.length >> 1;
  return known.length % 2 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
}

function withoutGaps(rows, measures) {
  if (!rows.length) return rows;
  const ofYear = new Map(rows.map((row) => [row[0], row]));
  const none = measures.map(({ how }) => (how === "count" || how === "sum" ? 0 : null));
  const [first, last] = [rows[0][0], rows[rows.length - 1][0]];
  return Array.from({ length: last - first + 1 }, (_, at) => ofYear.get(first + at) ?? [first + at, ...none]);
}

function withoutSmall(rows, { least, measures }) {
  if (!least) return rows;
  const at = 1 + measures.findIndex((measure) => measure.name === least.field);
  return rows.filter((row) => row[at] !== null && row[at] >= least.value);
}
