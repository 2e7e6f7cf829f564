"""Which games are alike by other evidence than the model's: what players name, series, sequels, bundles."""

import ast
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recommender.data.franchises import franchise
from store.models import Game, GameKind, GameStats
from store.names.editions import edition_key
from store.names.search_key import search_key

# A larger group is left out, such as all games whose title begins with one word: a list of ten could hold
# only a part of it.
_LARGEST_GROUP = 12
_NUMERAL = re.compile(r" (?:\d{1,2}|x{0,2}(?:ix|iv|v?i{0,3}))$")

Alike = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class KnownGame:
    """A listed game. `key` is its search key, `known_by` how many own it and how many reviewed it."""

    app_id: int
    title: str
    key: str
    owners: int
    known_by: int


def read_games(session: Session) -> list[KnownGame]:
    """Read the listed games, by app id; add-ons and the like are none."""
    owners, reviews = func.coalesce(GameStats.owners, 0), func.coalesce(GameStats.reviews, 0)
    rows = session.execute(
        select(Game.id, Game.title, owners, owners + reviews)
        .outerjoin(GameStats, GameStats.game_id == Game.id)
        .where(Game.listed, Game.kind == GameKind.GAME)
        .order_by(Game.id)
    )
    return [
        KnownGame(app_id, title, search_key(title), own, known)
        for app_id, title, own, known in rows
        if title is not None
    ]


def named_by_players(games: Iterable[KnownGame]) -> Alike:
    """Return what the file `named_alike.json` names; of games of one title the best known is meant."""
    text = files("recommender.evaluation").joinpath("named_alike.json").read_text(encoding="utf-8")
    by_key: dict[str, int] = {}
    for game in sorted(games, key=lambda game: -game.known_by):
        by_key.setdefault(game.key, game.app_id)
    named: dict[str, list[str]] = json.loads(text)
    found = {
        by_key.get(search_key(title)): {by_key.get(search_key(other)) for other in others}
        for title, others in named.items()
    }
    return {
        game: frozenset(other for other in others if other is not None)
        for game, others in found.items()
        if game is not None
    }


def series(games: Iterable[KnownGame]) -> Alike:
    """Return the games of one franchise, as titles tell it."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for game in games:
        for name in franchise(game.title):
            groups[name].setdefault(edition_key(game.key), game.app_id)
    return _of_groups(groups.values())


def sequels(games: Iterable[KnownGame]) -> Alike:
    """Return the games whose titles differ by the numeral at their end."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for game in games:
        key = edition_key(game.key)
        groups[_NUMERAL.sub("", key)].setdefault(key, game.app_id)
    return _of_groups(groups.values())


def sold_together(file: Path, games: Iterable[KnownGame]) -> Alike:
    """Return the games of one bundle, from a file of bundles: a record of Python's literals a line, packed.

    Raises:
        OSError: It cannot be read.
        ValueError: A line is no such record.
    """
    known = {game.app_id: edition_key(game.key) for game in games}
    groups = []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            # An item is a game, several with commas between them, or nothing.
            ids = ",".join(item["item_id"] for item in ast.literal_eval(line)["items"]).split(",")
            items = [int(app_id) for app_id in ids if app_id]
            groups.append({known[item]: item for item in items if item in known})
    return _of_groups(groups)


def _of_groups(groups: Iterable[Mapping[str, int]]) -> Alike:
    """Return for each game the others of its groups, each of which maps the edition keys of games to them."""
    found: dict[int, set[int]] = defaultdict(set)
    for group in groups:
        if 1 < len(group) <= _LARGEST_GROUP:
            for game in group.values():
                found[game] |= set(group.values()) - {game}
    return {game: frozenset(others) for game, others in sorted(found.items())}
