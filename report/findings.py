"""What to know first: sentences of which each holds for the data, or is not there."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from report import agreement
from report.blocks import Finding
from report.data import ReportData
from report.measures import rank_correlation, top_share
from report.sections import genres, prices, recommender
from report.sections.playtime import facts
from report.sections.sampling import hardly_known
from report.sections.together import strongest_pairs
from report.wording import Wording

Find = Callable[[ReportData, pd.DataFrame, Wording], Finding | None]

# A relation that is weaker is next to none.
_LEAST_RHO = 0.1


def findings(data: ReportData, games: pd.DataFrame, words: Wording) -> tuple[Finding, ...]:
    """Return the findings that hold.

    Args:
        data: All data.
        games: The games that plots work on.
        words: The language.
    """
    return tuple(_holding(data, games, words))


def _holding(data: ReportData, games: pd.DataFrame, words: Wording) -> Iterator[Finding]:
    for find in _FINDS:
        found = find(data, games, words)
        if found is not None:
            yield found


def _most_owned(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    if not games["owners"].any() or not data.libraries:
        return None
    first = games.sort_values(["owners", "title"], ascending=[False, True]).iloc[0]
    return Finding(
        words.gettext(
            "{game} stands in most libraries: {share} of those that hold any game.",
            game=str(first["title"]),
            share=words.share(float(first["owners"]), data.libraries),
        ),
        "most-owned",
    )


def _never_played(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    never = int((data.minutes == 0).sum())
    if not never or never == len(data.minutes):
        return None
    return Finding(
        words.gettext(
            "{share} of all owned games were never started.", share=words.share(never, len(data.minutes))
        ),
        "playtime",
    )


def _few_hold_the_hours(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    if (data.minutes > 0).sum() < 100:
        return None
    found = facts(data)
    if found.top_10 < 0.5:
        return None
    return Finding(
        words.gettext(
            "Playing is concentrated: a tenth of the played games hold {share} of all hours.",
            share=words.share(found.top_10),
        ),
        "playtime-lorenz",
    )


def _few_games_hold_the_libraries(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    owners = games.loc[games["owners"] > 0, "owners"].to_numpy(np.float64)
    if len(owners) < 100 or top_share(owners, 0.01) < 0.1:
        return None
    return Finding(
        words.gettext(
            "So is owning: one game in a hundred makes up {share} of all libraries.",
            share=words.share(top_share(owners, 0.01)),
        ),
        "most-owned",
    )


def _price_and_playtime(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    compared = prices.with_owners(games)
    rho = rank_correlation(compared["price"], compared["median"])
    if len(compared) < prices.LEAST_COMPARED or np.isnan(rho) or abs(rho) < _LEAST_RHO:
        return None
    figures = {"rho": words.number(rho, 2), "games": words.number(len(compared))}
    sentence = (
        words.gettext("Dearer games are played longer: rho {rho} over {games} games.", **figures)
        if rho > 0
        else words.gettext("Dearer games are played for less time: rho {rho} over {games} games.", **figures)
    )
    return Finding(sentence, "price-playtime")


def _price_and_rating(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    compared = prices.with_reviews(games)
    rho = rank_correlation(compared["price"], compared["liked"])
    if len(compared) < prices.LEAST_COMPARED or np.isnan(rho):
        return None
    figures = {"rho": words.number(rho, 2), "games": words.number(len(compared))}
    if abs(rho) < _LEAST_RHO:
        sentence = words.gettext(
            "What a game costs says next to nothing of whether it is recommended: rho {rho} over {games}"
            " games.",
            **figures,
        )
    elif rho > 0:
        sentence = words.gettext(
            "Dearer games are recommended more often: rho {rho} over {games} games.", **figures
        )
    else:
        sentence = words.gettext(
            "Dearer games are recommended less often: rho {rho} over {games} games.", **figures
        )
    return Finding(sentence, "price-rating")


def _genres(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    known = [row for row in genres.by_tone().rows(games) if row[0] is not None]
    if len(known) < 2 or known[0][3] == known[-1][3]:
        return None
    return Finding(
        words.gettext(
            "The tone of reviews is most positive about {best} ({best_share}), and least about {worst}"
            " ({worst_share}).",
            best=str(known[0][0]),
            best_share=words.share(float(known[0][3] or 0)),
            worst=str(known[-1][0]),
            worst_share=words.share(float(known[-1][3] or 0)),
        ),
        "genre-tone",
    )


def _together(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    pairs = strongest_pairs(data)
    if not pairs or pairs[0].lift <= 1:
        return None
    return Finding(
        words.gettext(
            "{one} and {other} are owned together {times} times as often as by chance.",
            one=pairs[0].one,
            other=pairs[0].other,
            times=words.number(pairs[0].lift, 1),
        ),
        "together-lift",
    )


def _tone_contradicts(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    found = agreement.confusion(data.reviews)
    if found.total < agreement.LEAST_REVIEWS or not found.opposed:
        return None
    return Finding(
        words.gettext(
            "In {share} of the reviews the tone that VADER reads contradicts the writer's own"
            " recommendation.",
            share=words.share(found.opposed, found.total),
        ),
        "tone",
    )


def _game_words(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    both = None if data.reviews.empty else agreement.with_and_without(data.reviews)
    if both is None:
        return None
    having, others = both
    if having.negative - others.negative <= max(0.0, having.against - others.against):
        return None
    return Finding(
        words.gettext(
            "Words such as “kill”, “war” or “zombie” darken the tone: {having} of the reviews with one are"
            " negative, and {others} of the others, though {having_against} and {others_against} advise"
            " against the game.",
            having=words.share(having.negative),
            others=words.share(others.negative),
            having_against=words.share(having.against),
            others_against=words.share(others.against),
        ),
        "tone-words",
    )


def _popularity(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    found = recommender.reach(data)
    if found is None:
        return None
    _, recommended, owned = found.bands[0]
    figures = {"recommended": words.share(recommended), "owned": words.share(owned)}
    sentence = (
        words.gettext(
            "The recommender favours the most owned 1% of games: they are {recommended} of what it"
            " recommends, and {owned} of what is owned.",
            **figures,
        )
        if recommended > owned
        else words.gettext(
            "The recommender does not favour the most owned 1% of games: they are {recommended} of what it"
            " recommends, and {owned} of what is owned.",
            **figures,
        )
    )
    return Finding(sentence, "recommended-popularity")


def _hardly_known(data: ReportData, games: pd.DataFrame, words: Wording) -> Finding | None:
    counts = hardly_known(data)
    few, total = counts[0][1] + counts[1][1], sum(count for _, count in counts)
    if not data.libraries or 3 * few < total:
        return None
    return Finding(
        words.gettext(
            "{share} of the games have fewer than five owners in these data, so little is known of them.",
            share=words.share(few, total),
        ),
        "games-known",
    )


_FINDS: tuple[Find, ...] = (
    _most_owned,
    _never_played,
    _few_hold_the_hours,
    _few_games_hold_the_libraries,
    _price_and_playtime,
    _price_and_rating,
    _genres,
    _together,
    _tone_contradicts,
    _game_words,
    _popularity,
    _hardly_known,
)
