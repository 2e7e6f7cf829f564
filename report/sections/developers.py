"""Developers, by what is played."""

import pandas as pd

from report.blocks import Column, Kind, Plot, Section, Values
from report.plots.bars import bars
from report.plots.derivations import Grouping, Least, Measure
from report.sections.columns import game_column, games_in
from report.wording import Wording

SHOWN = 12
LEAST_REVIEWS = 100


def by_hours() -> Grouping:
    """Return games by developer, those first whose games are played most."""
    return Grouping(
        "developers",
        (
            Measure("hours", "sum", "hours"),
            Measure("games", "count"),
            Measure("liked", "ratio", "recommended", "reviews", LEAST_REVIEWS),
        ),
        order="hours",
        least=Least("hours", 0.0001),
        count=SHOWN,
        with_unknown=False,
    )


def by_praise() -> Grouping:
    """Return games by developer, those first whose games are recommended most, with enough reviews."""
    return Grouping(
        "developers",
        (
            Measure("liked", "ratio", "recommended", "reviews"),
            Measure("reviews", "sum", "reviews"),
            Measure("games", "count"),
        ),
        order="liked",
        least=Least("reviews", LEAST_REVIEWS),
        count=SHOWN,
        with_unknown=False,
    )


def section(games: pd.DataFrame, words: Wording) -> Section:
    """Name the developers whose games are played most."""
    columns = (
        Column("developer", words.gettext("Developer"), Kind.TEXT),
        game_column(words, "hours"),
        games_in(words),
        game_column(words, "liked"),
    )
    rows = by_hours().rows(games)
    unknown = int((games["developers_of"].map(len) == 0).sum())
    return Section(
        "developers",
        words.gettext("Developers"),
        (
            Plot(
                "developers-played",
                words.gettext("Developers by hours played"),
                words.gettext(
                    "A game counts in full for each of its developers. The share of reviews that recommend"
                    " their games is withheld below {count} reviews.",
                    count=words.number(LEAST_REVIEWS),
                ),
                _summary(rows, games, unknown, words),
                Values(columns, rows),
                bars(columns[0], columns[1]),
                derivation=by_hours().as_dict(),
            ),
            _praise(games, words),
        ),
    )


def _praise(games: pd.DataFrame, words: Wording) -> Plot:
    columns = (
        Column("developer", words.gettext("Developer"), Kind.TEXT),
        game_column(words, "liked"),
        game_column(words, "reviews"),
        games_in(words),
    )
    rows = by_praise().rows(games)
    return Plot(
        "developers-praised",
        words.gettext("Developers by recommendation"),
        words.gettext(
            "Share of the reviews of their games that recommend the game, and the number of reviews."
            " Developers with fewer than {count} reviews are withheld.",
            count=words.number(LEAST_REVIEWS),
        ),
        words.gettext(
            "Of the reviews of games by {developer} {share} recommend the game.",
            developer=str(rows[0][0]),
            share=words.share(float(rows[0][1] or 0)),
        )
        if rows
        else words.gettext("No developer has enough reviews to compare."),
        Values(columns, rows),
        bars(columns[0], columns[1], note=columns[2]),
        derivation=by_praise().as_dict(),
    )


def _summary(rows: tuple[tuple[object, ...], ...], games: pd.DataFrame, unknown: int, words: Wording) -> str:
    if not rows:
        return words.gettext("No developer is known of any game that was played.")
    name, hours, count = rows[0][0], rows[0][1], rows[0][2]
    return words.gettext(
        "{developer} leads: {games}, played for {hours}. Of {unknown} of {all} games the developer is"
        " unknown.",
        developer=str(name),
        games=words.ngettext("{count} game", "{count} games", int(str(count))),
        hours=words.hours(float(str(hours))),
        unknown=words.number(unknown),
        all=words.number(len(games)),
    )
