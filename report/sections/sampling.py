"""What the data are a sample of: which players, which years, and which games the libraries hardly know."""

import numpy as np

from report.blocks import Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.plots.bars import bars
from report.wording import Wording

_QUANTILES = (0.25, 0.5, 0.75, 0.9, 0.99)
# How many owners a game has at least, in each group.
_OWNERS = (0, 1, 5, 50, 500)


def section(data: ReportData, words: Wording) -> Section:
    """Show whom and what the figures of the page are about."""
    return Section(
        "sampling",
        words.gettext("Whom the data know"),
        (_players(data, words), _libraries(data, words), _games(data, words)),
        lead=" ".join((_as_of(data, words), _years(data, words))).strip(),
    )


def hardly_known(data: ReportData) -> tuple[tuple[int, int], ...]:
    """Return, for each least number of owners, how many base games of the games file have this many."""
    owners = data.listed.loc[data.listed["kind"] == "game", "owners"].to_numpy()
    counts = np.histogram(owners, [*_OWNERS, np.inf])[0].tolist()
    return tuple(zip(_OWNERS, counts, strict=True))


def _as_of(data: ReportData, words: Wording) -> str:
    return words.gettext(
        "The data are as of {day}: they know of nothing that came out or was written later. They are of"
        " players whose profiles were public, as a crawl found them, and no random sample of Steam.",
        day=words.day(data.status.dates.as_of),
    )


def _years(data: ReportData, words: Wording) -> str:
    posted = data.reviews["posted_year"].dropna()
    released = data.listed["release_year"].dropna()
    parts = []
    if len(posted):
        parts.append(
            words.gettext(
                "Reviews are of {first} to {last}.", first=str(int(posted.min())), last=str(int(posted.max()))
            )
        )
    if len(released):
        parts.append(words.gettext("Games came out up to {last}.", last=str(int(released.max()))))
        if len(posted) and released.max() > posted.max():
            later = int((released > posted.max()).sum())
            parts.append(
                words.ngettext(
                    "{count} app is newer than the last review: players could not say anything of it yet.",
                    "{count} apps are newer than the last review: players could not say anything of them"
                    " yet.",
                    later,
                )
            )
    return " ".join(parts)


def _players(data: ReportData, words: Wording) -> Plot:
    players = data.players
    listed = players["items_count"].notna()
    owns = players["owned"] > 0
    wrote = players["reviews"] > 0
    groups = (
        (words.gettext("Library and reviews"), owns & wrote),
        (words.gettext("Library, no review"), owns & ~wrote),
        (words.gettext("In the libraries' file, but without a game"), listed & ~owns),
        (words.gettext("Known by reviews alone"), ~listed & ~owns),
    )
    columns = (
        Column("group", words.gettext("Players"), Kind.TEXT),
        Column("players", words.gettext("Number of players")),
    )
    empty = int(groups[2][1].sum())
    return Plot(
        "players",
        words.gettext("What is known of players"),
        words.gettext("A library without a game may be empty or private; the files do not tell."),
        words.gettext(
            "Of {players} players {owners} have a library with a game; {empty} are listed without any.",
            players=words.number(len(players)),
            owners=words.number(data.libraries),
            empty=words.number(empty),
        ),
        Values(columns, tuple((name, int(group.sum())) for name, group in groups)),
        bars(columns[0], columns[1]),
    )


def _libraries(data: ReportData, words: Wording) -> Table:
    sizes = data.players.loc[data.players["owned"] > 0, "owned"].to_numpy(np.float64)
    columns = (
        Column("share", words.gettext("Share of libraries"), Kind.SHARE),
        Column("games", words.gettext("Games at most")),
    )
    if not len(sizes):
        return Table(
            "library-sizes",
            words.gettext("Sizes of libraries"),
            Values(columns, ()),
            words.gettext("These data have no libraries."),
        )
    return Table(
        "library-sizes",
        words.gettext("Sizes of libraries"),
        Values(columns, tuple((share, float(np.quantile(sizes, share))) for share in _QUANTILES)),
        words.gettext(
            "{share} of the libraries have fewer than five games, too few to tell a taste.",
            share=words.share(int((sizes < 5).sum()), len(sizes)),
        ),
    )


def _games(data: ReportData, words: Wording) -> Plot:
    counts = hardly_known(data)
    total = sum(count for _, count in counts)
    labels = (
        words.gettext("Nobody"),
        words.gettext("1 to 4 players"),
        words.gettext("5 to 49 players"),
        words.gettext("50 to 499 players"),
        words.gettext("500 players or more"),
    )
    columns = (
        Column("owners", words.gettext("Owned by"), Kind.TEXT),
        Column("games", words.gettext("Games")),
    )
    few = counts[0][1] + counts[1][1]
    return Plot(
        "games-known",
        words.gettext("Games that the libraries hardly know"),
        words.gettext("Games of the games file by how many players of these data own them."),
        words.gettext(
            "{few} of {total} games ({share}) have fewer than five owners here: nothing on this page says"
            " much of them.",
            few=words.number(few),
            total=words.number(total),
            share=words.share(few, total),
        ),
        Values(columns, tuple((label, count) for label, (_, count) in zip(labels, counts, strict=True))),
        bars(columns[0], columns[1]),
    )
