"""What became of the raw files: what was read, cleaned, refused, and what is missing."""

from dataclasses import dataclass

from report import say
from report.charts import horizontal_bar_chart_of_counts
from report.data import ReportData
from report.page import CaptionedChart, Section, Table

_MOST_REASONS = 12
_MOST_COLUMNS = 10
_ROLES = {"games": "Games", "items": "Libraries", "reviews": "Reviews"}


def section(data: ReportData) -> Section:
    """Tell what was read, what was refused and why, and what cleaning decided."""
    return Section(
        name="cleaning",
        title="Cleaning",
        lead="A line or record that cannot be used is refused, and kept with the reason; the others"
        " are cleaned.",
        blocks=(_sources(data), _reject_counts(data), _decisions(data), _kinds(data)),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A column of a table, its rows, and how many of them lack it."""

    table: str
    column: str
    rows: int
    missing: int


def missing(data: ReportData) -> Section:
    """Tell which columns lack values, and how many."""
    gaps = missing_values(data)
    games = sorted((gap for gap in gaps if gap.table == "Games"), key=lambda gap: -gap.missing)
    shown = [(gap.column, gap.missing, say.share(gap.missing, gap.rows)) for gap in games[:_MOST_COLUMNS]]
    named = ", ".join(f"{name} {text}" for name, _, text in shown)
    first = games[0]
    whole = [gap.column for gap in games if not gap.missing]
    sentence = (
        f"Of {say.number(first.rows)} apps, {say.share(first.missing, first.rows)} lack {first.column}, the"
        " column with most gaps. "
        + (f"Never missing: {say.listing(whole)}." if whole else "No column is without gaps.")
    )
    table = Table(
        caption="Missing values by column",
        columns=("Column", "Rows", "Missing", "Share"),
        rows=tuple(
            (
                f"{gap.table}: {gap.column}",
                say.number(gap.rows),
                say.number(gap.missing),
                say.share(gap.missing, gap.rows),
            )
            for gap in gaps
        ),
        sentence="Nothing is filled in: an unknown price is not free, and an unknown year is a year"
        " of its own.",
    )
    figure = CaptionedChart(
        horizontal_bar_chart_of_counts(
            "Missing values of apps", shown, alt=f"Bar chart of missing values by column: {named}."
        ),
        sentence,
    )
    return Section("missing", "Missing values", (figure, table))


def missing_values(data: ReportData) -> tuple[Gap, ...]:
    """Return the rows of each column of games, players and reviews, and how many of them lack it."""
    games, players, reviews = data.listed, data.players, data.reviews
    columns = {
        "Games": (
            len(games),
            {
                "title": games["title"].isna(),
                "developers": games["developers"] == 0,
                "publisher": games["publisher"].isna(),
                "genres": games["genres"] == 0,
                "tags": games["tags"] == 0,
                "specs": games["specs"] == 0,
                "release date": games["release_date"].isna(),
                "release year": games["release_year"].isna(),
                "price": games["price_cents"].isna(),
                "metascore": games["metascore"].isna(),
                "Steam's rating": games["steam_rating"].isna(),
            },
        ),
        "Players": (
            len(players),
            {"SteamID64": players["steam_id"].isna(), "library": players["items_count"].isna()},
        ),
        "Reviews": (
            len(reviews),
            {
                "date": reviews["posted"].isna(),
                "text": reviews["length"] == 0,
                "votes on helpfulness": reviews["helpful_of"] == 0,
            },
        ),
    }
    return tuple(
        Gap(table, name, rows, int(gaps.sum()))
        for table, (rows, by_name) in columns.items()
        for name, gaps in by_name.items()
    )


def _sources(data: ReportData) -> Table:
    return Table(
        caption="Files read",
        columns=("File", "Size", "Lines", "Refused", "SHA-256"),
        rows=tuple(
            (
                f"{_ROLES.get(source.role, source.role)}: {source.name}",
                f"{say.number(source.size / 1e6, 1)} MB",
                say.number(source.lines),
                say.number(source.rejected),
                f"{source.sha256[:12]}…",
            )
            for source in data.sources
        ),
    )


def _reject_counts(data: ReportData) -> Table:
    lines = say.count(sum(source.lines for source in data.sources), "line", "lines")
    refused = sum(reject.count for reject in data.reject_counts)
    sentence = f"{say.number(refused)} of {lines} and their records could not be used."
    return Table(
        caption="Refused lines and records, and why",
        columns=("Reason", "File", "Refused"),
        rows=tuple((r.reason, r.file, say.number(r.count)) for r in data.reject_counts[:_MOST_REASONS]),
        sentence=sentence if refused else f"All of {lines} and their records could be used.",
    )


def _decisions(data: ReportData) -> Table:
    listed, reviews, players = data.listed, data.reviews, data.players
    others = data.games[~data.games["listed"]]
    library_lines = sum(source.lines for source in data.sources if source.role == "items")
    with_library = int(players["items_count"].notna().sum())
    games_lines, games_rejected = (
        sum(getattr(source, count) for source in data.sources if source.role == "games")
        for count in ("lines", "rejected")
    )
    inexact = listed["release_date"].isna() & listed["release_year"].notna()
    unread = listed["release_text"].notna() & listed["release_year"].isna()
    rows = (
        (
            "Lines of the games file without any value, or with the app id of an earlier line",
            games_lines - games_rejected - len(listed),
            games_lines,
        ),
        ("Apps known only from libraries and reviews", len(others), len(data.games)),
        ("Release year taken from an inexact date, such as “Jul 2010”", int(inexact.sum()), len(listed)),
        ("Release date without a year, such as “Soon..”: year unknown", int(unread.sum()), len(listed)),
        (
            "Free apps (a price of 0, or text that says so)",
            int((listed["price_cents"] == 0).sum()),
            len(listed),
        ),
        ("Library lines merged into a player of another line", library_lines - with_library, library_lines),
        (
            "Review dates without a year: the year of the crawl is taken",
            int(reviews["posted_inferred"].sum()),
            len(reviews),
        ),
    )
    return Table(
        caption="What cleaning decided",
        columns=("Decision", "Rows", "Share"),
        rows=tuple((name, say.number(part), say.share(part, whole)) for name, part, whole in rows),
    )


def _kinds(data: ReportData) -> Table:
    kinds = data.listed["kind"].astype(str).value_counts()
    base = int(kinds.get("game", 0))
    return Table(
        caption="What the apps of the games file are",
        columns=("Kind", "Apps", "Share"),
        rows=tuple(
            (str(kind), say.number(count), say.share(count, len(data.listed)))
            for kind, count in kinds.items()
        ),
        sentence=f"{say.share(base, len(data.listed))} of the apps are games; the rest are add-ons"
        f" and others.",
    )
