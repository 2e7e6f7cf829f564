"""Games by name: most owned, most played, most praised, most panned, dearest."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from report.blocks import Plot, Section, Values
from report.plots.bars import bars
from report.plots.derivations import Least, Ranking
from report.sections.columns import game_columns
from report.wording import Wording

SHOWN = 10
# A share of fewer reviews is mostly chance. The interval's end orders by how sure the share is, too.
LEAST_REVIEWS = 20


@dataclass(frozen=True, slots=True)
class _List:
    """A list of games: its columns, the second of which is drawn, and what to say of the first game."""

    name: str
    title: str
    ranking: Ranking
    fields: tuple[str, ...]
    caption: str
    sentence: Callable[[str, float], str]


def section(games: pd.DataFrame, words: Wording) -> Section:
    """Name the games at the head of five lists."""
    return Section(
        "games",
        words.gettext("Games by name"),
        tuple(make(games, words) for make in (_owned, _played, _praised, _panned, _dearest)),
        lead=words.gettext(
            "Owners and hours are those of the players in these data, not of all of Steam. Lists follow the"
            " filters above."
        ),
    )


def top(games: pd.DataFrame, by: str, *, reviewed: bool = False) -> Ranking:
    """Return the ranking of games by a field; with `reviewed`, of those with enough reviews."""
    least = Least("reviews", LEAST_REVIEWS) if reviewed else Least(by, 0.0001)
    return Ranking(by, SHOWN, (least,))


def _owned(games: pd.DataFrame, words: Wording) -> Plot:
    return _plot(
        games,
        words,
        _List(
            "most-owned",
            words.gettext("Most owned"),
            top(games, "owners"),
            ("title", "owners", "year"),
            words.gettext("How many players own each game."),
            lambda first, value: words.gettext(
                "{game} is owned by most players: {value}.", game=first, value=words.number(value)
            ),
        ),
    )


def _played(games: pd.DataFrame, words: Wording) -> Plot:
    return _plot(
        games,
        words,
        _List(
            "most-played",
            words.gettext("Most played"),
            top(games, "hours"),
            ("title", "hours", "median", "owners"),
            words.gettext("Hours of all players together; the table has the median of those who played."),
            lambda first, value: words.gettext(
                "Most time goes into {game}: {value} together.", game=first, value=words.hours(value)
            ),
        ),
    )


def _praised(games: pd.DataFrame, words: Wording) -> Plot:
    return _plot(
        games,
        words,
        _List(
            "most-praised",
            words.gettext("Most praised"),
            top(games, "praise", reviewed=True),
            ("title", "liked", "reviews"),
            words.gettext(
                "Share of reviews that recommend the game. In order of the lower end of the share's 95%"
                " interval, so that many reviews count for more than a few; games with fewer than {count}"
                " reviews are left out.",
                count=words.number(LEAST_REVIEWS),
            ),
            lambda first, value: words.gettext(
                "{game} is praised most: {value} of its reviews recommend it.",
                game=first,
                value=words.share(value),
            ),
        ),
    )


def _panned(games: pd.DataFrame, words: Wording) -> Plot:
    return _plot(
        games,
        words,
        _List(
            "most-panned",
            words.gettext("Most panned"),
            top(games, "pan", reviewed=True),
            ("title", "liked", "reviews"),
            words.gettext(
                "The same share from the other end: in order of how surely reviews advise against the game."
            ),
            lambda first, value: words.gettext(
                "{game} is panned most: only {value} of its reviews recommend it.",
                game=first,
                value=words.share(value),
            ),
        ),
    )


def _dearest(games: pd.DataFrame, words: Wording) -> Plot:
    return _plot(
        games,
        words,
        _List(
            "dearest",
            words.gettext("Dearest"),
            top(games, "price"),
            ("title", "price", "owners", "year"),
            words.gettext("List price in US dollars. Games whose price is unknown are not in this list."),
            lambda first, value: words.gettext(
                "{game} costs most: {value}.", game=first, value=words.dollars(value)
            ),
        ),
    )


def _plot(games: pd.DataFrame, words: Wording, listed: _List) -> Plot:
    columns = game_columns(words, *listed.fields)
    rows = listed.ranking.rows(games, columns)
    note = next((column for column in columns if column.name == "reviews"), None)
    return Plot(
        name=listed.name,
        title=listed.title,
        caption=listed.caption,
        summary=(
            listed.sentence(str(rows[0][0]), float(rows[0][1] or 0))
            if rows
            else words.gettext("No game of these data qualifies.")
        ),
        values=Values(columns, rows),
        spec=bars(columns[0], columns[1], note=note),
        derivation=listed.ranking.as_dict(),
    )
