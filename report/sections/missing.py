"""Which columns lack values."""

from dataclasses import dataclass

from report.blocks import Column, Kind, Plot, Section, Values
from report.data import ReportData
from report.plots.bars import bars
from report.wording import Wording


@dataclass(frozen=True, slots=True)
class Gap:
    """A column of a table, its rows, and how many of them lack it."""

    table: str
    column: str
    rows: int
    missing: int


def section(data: ReportData, words: Wording) -> Section:
    """Show which columns lack values, and how many."""
    gaps = [gap for gap in missing_values(data, words) if gap.rows]
    columns = (
        Column("column", words.gettext("Column"), Kind.TEXT),
        Column("share", words.gettext("Share that lacks it"), Kind.SHARE),
        Column("missing", words.gettext("Missing")),
        Column("rows", words.gettext("Rows")),
    )
    ordered = sorted(gaps, key=lambda gap: -gap.missing / gap.rows)
    rows = tuple(
        (f"{gap.table}: {gap.column}", gap.missing / gap.rows, gap.missing, gap.rows) for gap in ordered
    )
    whole = [f"{gap.table}: {gap.column}" for gap in ordered if not gap.missing]
    summary = words.gettext(
        "{share} of {rows} rows lack “{column}”, the largest gap.",
        share=words.share(ordered[0].missing, ordered[0].rows),
        rows=words.number(ordered[0].rows),
        column=f"{ordered[0].table}: {ordered[0].column}",
    )
    if whole:
        summary += " " + words.gettext("Never missing: {columns}.", columns=words.listing(whole))
    return Section(
        "missing",
        words.gettext("Missing values"),
        (
            Plot(
                "missing-values",
                words.gettext("Missing values by column"),
                words.gettext(
                    "Nothing is filled in: an unknown price is not free, and an unknown year is a year of"
                    " its own."
                ),
                summary,
                Values(columns, rows),
                bars(columns[0], columns[1]),
            ),
        ),
    )


def missing_values(data: ReportData, words: Wording) -> tuple[Gap, ...]:
    """Return the rows of each column of apps, players and reviews, and how many of them lack it."""
    apps, players, reviews = data.listed, data.players, data.reviews
    columns = {
        words.gettext("Apps"): (
            len(apps),
            {
                words.gettext("title"): ~apps["named"],
                words.gettext("developers"): apps["developers"] == 0,
                words.gettext("publisher"): apps["publisher"].isna(),
                words.gettext("genres"): apps["genres"] == 0,
                words.gettext("tags"): apps["tags"] == 0,
                words.gettext("specs"): apps["specs"] == 0,
                words.gettext("release date"): apps["release_date"].isna(),
                words.gettext("release year"): apps["release_year"].isna(),
                words.gettext("price"): apps["price_cents"].isna(),
                words.gettext("metascore"): apps["metascore"].isna(),
                words.gettext("Steam's rating"): apps["steam_rating"].isna(),
            },
        ),
        words.gettext("Players"): (
            len(players),
            {
                words.gettext("SteamID64"): ~players["has_steam_id"],
                words.gettext("library"): players["items_count"].isna(),
            },
        ),
        words.gettext("Reviews"): (
            len(reviews),
            {
                words.gettext("date"): reviews["posted_year"].isna(),
                words.gettext("text"): reviews["length"] == 0,
                words.gettext("votes on helpfulness"): reviews["helpful_of"] == 0,
            },
        ),
    }
    return tuple(
        Gap(table, name, rows, int(gaps.sum()))
        for table, (rows, by_name) in columns.items()
        for name, gaps in by_name.items()
    )
