"""What became of the raw files: what was read, refused and decided."""

from report.blocks import Column, Kind, Section, Table, Values
from report.data import ReportData
from report.wording import Wording

_MOST_REASONS = 12


def section(data: ReportData, words: Wording) -> Section:
    """Show what was read, what was refused and why, and what cleaning decided."""
    return Section(
        "cleaning",
        words.gettext("Cleaning"),
        (_sources(data, words), _reject_counts(data, words), _decisions(data, words), _kinds(data, words)),
        lead=words.gettext(
            "A line or record that cannot be used is refused, and kept with the reason; the others are"
            " cleaned."
        ),
    )


def _sources(data: ReportData, words: Wording) -> Table:
    roles = {
        "games": words.gettext("Games"),
        "items": words.gettext("Libraries"),
        "reviews": words.gettext("Reviews"),
    }
    columns = (
        Column("file", words.gettext("File"), Kind.TEXT),
        Column("megabytes", words.gettext("Size in MB"), Kind.NUMBER),
        Column("lines", words.gettext("Lines")),
        Column("refused", words.gettext("Refused")),
        Column("sha256", words.gettext("SHA-256"), Kind.TEXT),
    )
    rows = tuple(
        (
            f"{roles.get(source.role, source.role)}: {source.name}",
            round(source.size / 1e6, 1),
            source.lines,
            source.rejected,
            f"{source.sha256[:12]}…",
        )
        for source in data.sources
    )
    return Table("files", words.gettext("Files read"), Values(columns, rows))


def _reject_counts(data: ReportData, words: Wording) -> Table:
    lines = words.ngettext("{count} line", "{count} lines", sum(source.lines for source in data.sources))
    refused = sum(reject.count for reject in data.reject_counts)
    columns = (
        Column("reason", words.gettext("Reason"), Kind.TEXT),
        Column("file", words.gettext("File"), Kind.TEXT),
        Column("refused", words.gettext("Refused")),
    )
    return Table(
        "refused",
        words.gettext("Refused lines and records, and why"),
        Values(columns, tuple((r.reason, r.file, r.count) for r in data.reject_counts[:_MOST_REASONS])),
        words.gettext(
            "{refused} of {lines} and their records could not be used.",
            refused=words.number(refused),
            lines=lines,
        )
        if refused
        else words.gettext("All of {lines} and their records could be used.", lines=lines),
    )


def _decisions(data: ReportData, words: Wording) -> Table:
    columns = (
        Column("decision", words.gettext("Decision"), Kind.TEXT),
        Column("rows", words.gettext("Rows")),
        Column("share", words.gettext("Share"), Kind.SHARE),
    )
    # A store that was filled otherwise than from files has no lines to count.
    rows = (
        (name, part, part / whole)
        for name, part, whole in (*_decisions_on_games(data, words), *_decisions_on_users(data, words))
        if 0 <= part <= whole > 0
    )
    return Table("decisions", words.gettext("What cleaning decided"), Values(columns, tuple(rows)))


def _decisions_on_games(data: ReportData, words: Wording) -> tuple[tuple[str, int, int], ...]:
    """Return what was decided, of how many rows, and how many there were in all."""
    listed = data.listed
    others = data.games[~data.games["listed"]]
    lines, rejected = (
        sum(getattr(source, count) for source in data.sources if source.role == "games")
        for count in ("lines", "rejected")
    )
    inexact = listed["release_date"].isna() & listed["release_year"].notna()
    unread = listed["release_text"].notna() & listed["release_year"].isna()
    return (
        (
            words.gettext("Lines of the games file without any value, or with the app id of an earlier line"),
            lines - rejected - len(listed),
            lines,
        ),
        (words.gettext("Apps known only from libraries and reviews"), len(others), len(data.games)),
        (
            words.gettext("Release year taken from an inexact date, such as “Jul 2010”"),
            int(inexact.sum()),
            len(listed),
        ),
        (
            words.gettext("Release date without a year, such as “Soon..”: year unknown"),
            int(unread.sum()),
            len(listed),
        ),
        (
            words.gettext("Free apps (a price of 0, or text that says so)"),
            int((listed["price_cents"] == 0).sum()),
            len(listed),
        ),
    )


def _decisions_on_users(data: ReportData, words: Wording) -> tuple[tuple[str, int, int], ...]:
    """Return the same of libraries and reviews."""
    lines = sum(source.lines for source in data.sources if source.role == "items")
    with_library = int(data.players["items_count"].notna().sum())
    return (
        (words.gettext("Library lines merged into a player of another line"), lines - with_library, lines),
        (
            words.gettext("Review dates without a year: the year of the crawl is taken"),
            int(data.reviews["posted_inferred"].sum()),
            len(data.reviews),
        ),
    )


def _kinds(data: ReportData, words: Wording) -> Table:
    names = {
        "game": words.gettext("game"),
        "dlc": words.gettext("add-on"),
        "soundtrack": words.gettext("soundtrack"),
        "demo": words.gettext("demo"),
        "beta": words.gettext("beta"),
        "software": words.gettext("software"),
        "video": words.gettext("video"),
        "mod": words.gettext("mod"),
    }
    kinds = data.listed["kind"].value_counts()
    columns = (
        Column("kind", words.gettext("Kind"), Kind.TEXT),
        Column("apps", words.gettext("Apps")),
        Column("share", words.gettext("Share"), Kind.SHARE),
    )
    return Table(
        "kinds",
        words.gettext("What the apps of the games file are"),
        Values(
            columns,
            tuple(
                (names.get(str(kind), str(kind)), int(count), int(count) / len(data.listed))
                for kind, count in kinds.items()
            ),
        ),
        words.gettext(
            "{share} of the apps are games; the rest are add-ons and others.",
            share=words.share(int(kinds.get("game", 0)), len(data.listed)),
        ),
    )
