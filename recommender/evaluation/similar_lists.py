"""Measuring a store's lists of similar games: what they find, and what should not be among them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.evaluation.alike import (
    Alike,
    KnownGame,
    named_by_players,
    read_games,
    sequels,
    series,
    sold_together,
)
from recommender.evaluation.table import markdown
from store.errors import NothingToGoOn
from store.models import GameTag
from store.names.editions import edition_key
from store.scoring.filters import ANY_GAME
from store.scoring.item_index import ItemIndex, load_item_index
from store.scoring.members import who_likes
from store.scoring.preferences import load_scores
from store.scoring.scorer import SparseScores
from store.scoring.similar import load_similar
from store.scoring.top_k import best_candidates

LENGTH = 10
# A list that finds less than this of what players name is poor.
_POOR = 0.2
_MOST_OWNED = 10
# The bands by the number of owners, the last number of each included; and how many games of each are asked
# about, spread evenly over their app ids.
_BANDS: Mapping[str, range] = {
    "nobody": range(1),
    "1 to 5": range(1, 6),
    "6 to 20": range(6, 21),
    "21 to 100": range(21, 101),
    "more": range(101, 2**31),
}
_OF_EACH = 200
_MOST_VOTED = 5

Lists = Callable[[int], list[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """How much of what is alike the lists find: means over the games asked about.

    Attributes:
        asked: How many these are.
        share: The share of what is alike, or of ten of it, among the first ten; 0 to 1.
        poor: The share of lists that find less than a fifth.
    """

    asked: int
    share: float
    poor: float


def lists_of(session: Session) -> Lists:
    """Return what gives the first ten games like one, by app ids, as the bot answers."""

    def scores_of(games: ItemIndex, game: int) -> SparseScores | None:
        similar = load_similar(session, games, game)
        if similar is None:
            return None
        return similar.scores

    return _first_ten(session, scores_of)


def lists_for_who_likes_one(session: Session) -> Lists:
    """Return what gives the first ten games for somebody who names one, by app ids, as the bot answers."""

    def scores_of(games: ItemIndex, game: int) -> SparseScores | None:
        try:
            [found] = load_scores(session, games, [who_likes(games, [game])])
        except NothingToGoOn:
            return None
        return found.scores

    return _first_ten(session, scores_of)


def _first_ten(session: Session, scores_of: Callable[[ItemIndex, int], SparseScores | None]) -> Lists:
    games = load_item_index(session)
    parameters = ANY_GAME.parameters(session)

    @cache
    def first_ten(game: int) -> list[int]:
        scores = scores_of(games, game)
        if scores is None:
            return []
        itself = games.mask(games.indices(np.array([game])))
        best = best_candidates(
            session, games, scores, limit=LENGTH, exclude=itself, filter_parameters=parameters
        )
        return [candidate.game.id for candidate in best]

    return first_ten


def found_of(alike: Alike, lists: Lists, editions: Mapping[int, str]) -> Found:
    """Measure how much of what is alike the lists find, any edition of it.

    Args:
        alike: Games, and what is like each.
        lists: The lists.
        editions: The edition key of each game.
    """
    shares = []
    for game, others in alike.items():
        wanted = {editions[other] for other in others} - {editions[game]}
        if wanted:
            listed = {editions[other] for other in lists(game) if other in editions}
            shares.append(len(wanted & listed) / min(len(wanted), LENGTH))
    if not shares:
        return Found(0, np.nan, np.nan)
    return Found(len(shares), fmean(shares), fmean(share < _POOR for share in shares))


def render_similar_lists(session: Session, bundles: Path | None) -> str:
    """Return, as Markdown, how good the lists of the store are; `bundles` is the file of bundles, if any.

    The first two tables are of the games like one, the others of those for somebody who names that one alone.
    """
    games = read_games(session)
    editions = {game.app_id: edition_key(game.key) for game in games}
    evidence: dict[str, Alike] = {
        "what players name": named_by_players(games),
        "series, by title": series(games),
        "sequels, by title": sequels(games),
    }
    if bundles is not None:
        evidence["sold in one bundle"] = sold_together(bundles, games)
    tables = [
        markdown(list(lines))
        for asked, lists in (
            ("like a game are", lists_of(session)),
            ("for who names a game alone are", lists_for_who_likes_one(session)),
        )
        for lines in (
            _by_evidence(asked, evidence, lists, editions),
            _by_owners(session, games, lists, editions),
        )
    ]
    return "\n\n".join(tables)


def _by_evidence(
    asked: str, evidence: Mapping[str, Alike], lists: Lists, editions: Mapping[int, str]
) -> Iterator[list[str]]:
    """Yield the lines of the table of what the lists find of what is alike."""
    yield [asked, "games asked", f"found in the first {LENGTH}", "poor lists"]
    for name, alike in evidence.items():
        found = found_of(alike, lists, editions)
        yield [name, f"{found.asked:,}", _figure(found.share), _figure(found.poor)]


def _by_owners(
    session: Session, games: Sequence[KnownGame], lists: Lists, editions: Mapping[int, str]
) -> Iterator[list[str]]:
    """Yield the lines of the table of what the lists hold, by how many own the game asked about."""
    owners = {game.app_id: game.owners for game in games}
    most_owned = set(sorted(owners, key=lambda game: -owners[game])[:_MOST_OWNED])
    known = {game.app_id for game in games if game.known_by}
    tags = _tags(session)
    yield [
        "owners",
        "games asked",
        "of the game's first tags, carried by those listed",
        "lists with one of the ten most owned",
        "with another edition of the game",
        "games that nobody owns or reviewed",
        "shorter than ten",
    ]
    for band, counts in _BANDS.items():
        asked = [game for game, owned in owners.items() if owned in counts]
        asked = asked[:: max(1, len(asked) // _OF_EACH)][:_OF_EACH]
        found = [(game, lists(game)) for game in asked]
        listed = [(game, other) for game, list_ in found for other in list_]
        figures = (
            [
                len(set(tags.get(game, [])[:_MOST_VOTED]) & set(tags.get(other, [])))
                / len(tags[game][:_MOST_VOTED])
                for game, other in listed
                if tags.get(game)
            ],
            [bool((most_owned - {game}) & set(list_)) for game, list_ in found],
            [any(editions.get(other) == editions[game] for other in list_) for game, list_ in found],
            [other not in known for _, other in listed],
            [len(list_) < LENGTH for _, list_ in found],
        )
        yield [band, f"{len(asked):,}", *(_figure(fmean(values) if values else np.nan) for values in figures)]


def _tags(session: Session) -> dict[int, list[int]]:
    """Return the tags of each game, its most voted first."""
    tags: dict[int, list[int]] = {}
    rows = select(GameTag.game_id, GameTag.tag_id).order_by(GameTag.game_id, GameTag.position)
    for game, tag in session.execute(rows):
        tags.setdefault(game, []).append(tag)
    return tags


def _figure(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"
