"""Prices, and what they go with."""

import numpy as np
import pandas as pd

from report.blocks import Column, Kind, Plot, Section, Values
from report.measures import rank_correlation
from report.plots.axes import points
from report.plots.bars import columns as upright
from report.plots.derivations import Grouping, Least, Measure, Ranking
from report.sections.columns import game_column, game_columns, games_in
from report.wording import Wording

# Lower ends of the bands, in dollars; a price is in the last band that it reaches.
_ENDS = (0.01, 5, 10, 15, 20, 30, 40, 60)
LEAST_OWNERS = 20
LEAST_REVIEWS = 20
# A median of fewer games is withheld.
LEAST_GAMES = 10
# So is a correlation.
LEAST_COMPARED = 30


def bands(words: Wording) -> tuple[tuple[float, str], ...]:
    """Return the lower ends of the bands of prices, and their labels."""
    labels = (words.gettext("Free"), "<5", "5", "10", "15", "20", "30", "40", "60+")
    return tuple(zip((0.0, *_ENDS), labels, strict=True))


def section(games: pd.DataFrame, words: Wording) -> Section:
    """Show how prices are distributed, and how playtime and praise go with them."""
    return Section(
        "prices",
        words.gettext("Price against playtime and rating"),
        (_bands(games, words), _medians(games, words), _playtime(games, words), _rating(games, words)),
        lead=words.gettext(
            "List prices of the crawl, without discounts. An unknown price is a group of its own and never"
            " free. What goes together need not be cause and effect."
        ),
    )


def with_owners(games: pd.DataFrame) -> pd.DataFrame:
    """Return the games that are compared: with a price above zero, a median and enough owners."""
    return games[(games["price"] > 0) & (games["owners"] >= LEAST_OWNERS) & games["median"].notna()]


def with_reviews(games: pd.DataFrame) -> pd.DataFrame:
    """Return those with a price above zero and enough reviews."""
    return games[(games["price"] > 0) & (games["reviews"] >= LEAST_REVIEWS)]


def _band(words: Wording) -> Column:
    return Column("band", words.gettext("Price from, in US dollars"), Kind.TEXT)


def _bands(games: pd.DataFrame, words: Wording) -> Plot:
    grouping = Grouping("price", (Measure("games", "count"),), bands(words))
    columns = (_band(words), games_in(words))
    known = games["price"].dropna()
    paid = known[known > 0]
    unknown = len(games) - len(known)
    parts = []
    if len(known):
        parts.append(
            words.gettext(
                "Of {known} games with a known price {share} are free.",
                known=words.number(len(known)),
                share=words.share(len(known) - len(paid), len(known)),
            )
        )
    if len(paid):
        parts.append(
            words.gettext(
                "Half of the others cost {price} or less.", price=words.dollars(float(paid.median()))
            )
        )
    parts.append(words.gettext("Of {unknown} the price is unknown.", unknown=words.number(unknown)))
    return Plot(
        "price-bands",
        words.gettext("Games by price"),
        words.gettext("From each price up to the next. The last bar are games whose price is unknown."),
        " ".join(parts),
        Values(columns, grouping.rows(games)),
        upright(columns[1], reference=columns[0].title),
        derivation=grouping.as_dict(),
    )


def _medians(games: pd.DataFrame, words: Wording) -> Plot:
    grouping = Grouping(
        "price",
        (
            Measure("median", "median", "median", least=LEAST_GAMES),
            Measure("liked", "ratio", "recommended", "reviews", LEAST_REVIEWS),
            Measure("games", "count"),
        ),
        bands(words),
    )
    columns = (
        _band(words),
        Column("median", words.gettext("Median of the games' median hours"), Kind.HOURS),
        game_column(words, "liked"),
        games_in(words),
    )
    rows = grouping.rows(games)
    known = [(str(row[0]), float(row[1])) for row in rows if row[0] is not None and row[1] is not None]
    return Plot(
        "price-medians",
        words.gettext("Playtime by price"),
        words.gettext(
            "The middle game of each band, by the median hours of those who played it; the table has the"
            " share of reviews that recommend these games as well. Bands with fewer than {count} such games"
            " are withheld.",
            count=words.number(LEAST_GAMES),
        ),
        _highest_and_lowest(known, words),
        Values(columns, rows if known else ()),
        upright(columns[1], reference=columns[0].title),
        derivation=grouping.as_dict(),
    )


def _highest_and_lowest(medians: list[tuple[str, float]], words: Wording) -> str:
    """Return in which price bands the median hours are highest and lowest; `medians` are by band."""
    if not medians:
        return words.gettext("No price has enough played games to tell.")
    high, most = max(medians, key=lambda entry: entry[1])
    low, least = min(medians, key=lambda entry: entry[1])
    return words.gettext(
        "The median is highest in the band “{high}” with {most}, and lowest in “{low}” with {least}.",
        high=high,
        most=words.hours(most),
        low=low,
        least=words.hours(least),
    )


def _playtime(games: pd.DataFrame, words: Wording) -> Plot:
    compared = with_owners(games)
    ranking = Ranking(
        "owners", None, (Least("owners", LEAST_OWNERS), Least("price", 0.01), Least("median", 0.01))
    )
    columns = game_columns(words, "title", "price", "median", "owners")
    return Plot(
        "price-playtime",
        words.gettext("Each game: price and playtime"),
        words.gettext(
            "A point is a game with at least {count} owners that is not free; upwards, the median hours of"
            " those who played. Both axes are logarithmic.",
            count=words.number(LEAST_OWNERS),
        ),
        relation(
            words,
            rank_correlation(compared["price"], compared["median"]),
            len(compared),
            words.gettext("price and playtime"),
        ),
        Values(columns, ranking.rows(games, columns)),
        points(columns[1], columns[2], log_x=True, log_y=True),
        derivation=ranking.as_dict(),
        zooms=True,
        table_rows=15,
    )


def _rating(games: pd.DataFrame, words: Wording) -> Plot:
    compared = with_reviews(games)
    ranking = Ranking("reviews", None, (Least("reviews", LEAST_REVIEWS), Least("price", 0.01)))
    columns = game_columns(words, "title", "price", "liked", "reviews")
    return Plot(
        "price-rating",
        words.gettext("Each game: price and rating"),
        words.gettext(
            "A point is a game with at least {count} reviews that is not free; upwards, the share of them"
            " that recommend it.",
            count=words.number(LEAST_REVIEWS),
        ),
        relation(
            words,
            rank_correlation(compared["price"], compared["liked"]),
            len(compared),
            words.gettext("price and rating"),
        ),
        Values(columns, ranking.rows(games, columns)),
        points(columns[1], columns[2], log_x=True),
        derivation=ranking.as_dict(),
        zooms=True,
        table_rows=15,
    )


def relation(words: Wording, rho: float, rows: int, what: str) -> str:
    """Show what a rank correlation says of two things."""
    if np.isnan(rho) or rows < LEAST_COMPARED:
        return words.gettext("There are too few games to compare {what}.", what=what)
    figures = {"what": what, "rho": words.number(rho, 2), "games": words.number(rows)}
    if abs(rho) < 0.1:
        return words.gettext(
            "Between {what} there is next to no relation: rho {rho} over {games} games.", **figures
        )
    if rho < 0:
        return words.gettext(
            "Where one is higher, the other tends to be lower, between {what}: rho {rho} over {games} games.",
            **figures,
        )
    return words.gettext(
        "Where one is higher, the other tends to be as well, between {what}: rho {rho} over {games} games.",
        **figures,
    )
