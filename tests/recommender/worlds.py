"""Small worlds of players with a known taste."""

from collections.abc import Mapping

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from recommender.data.libraries import Libraries, libraries_of
from store.models import Base, Game, GameKind, GameTag, Name, NameKind, Player, Tag
from store.names.search_key import search_key
from tests.store.builder import own_library

SHOOTERS = range(100, 110)
PUZZLES = range(200, 210)


def two_tastes(players: int = 120, seed: int = 7) -> Libraries:
    """Return players who own six games each, five of them of their own taste, and play four of these."""
    random = np.random.default_rng(seed)
    rows = []
    for player in range(1, players + 1):
        liked, other = (SHOOTERS, PUZZLES) if player % 2 else (PUZZLES, SHOOTERS)
        owned = [*random.choice(liked, 5, replace=False), random.choice(other)]
        rows += sorted((game, 600 if position < 4 else 0) for position, game in enumerate(owned))
    games, minutes = np.array(rows, np.int32).reshape(-1, 2).T
    return libraries_of(np.arange(1, players + 1), np.full(players, 6), games, minutes)


def fill(
    session: Session, libraries: Libraries, games: Mapping[int, tuple[str, GameKind, list[str]]]
) -> None:
    """Write a catalogue (title, kind and tags by app id) and the players and libraries into the store."""
    session.execute(
        insert(Game),
        [
            {"id": game, "title": title, "listed": True, "kind": kind}
            for game, (title, kind, _) in games.items()
        ],
    )
    names = sorted({tag for _, _, tags in games.values() for tag in tags})
    if names:
        session.execute(insert(Tag), [{"name": name} for name in names])
        ids = {row.name: row.id for row in session.execute(select(Tag.name, Tag.id))}
        session.execute(
            insert(GameTag),
            [
                {"game_id": game, "tag_id": ids[tag], "position": position}
                for game, (_, _, tags) in games.items()
                for position, tag in enumerate(tags)
            ],
        )
    players = libraries.player_ids.tolist()
    _insert(session, Player, [{"id": player, "user_id": f"player{player}"} for player in players])
    for player, start, stop in zip(players, libraries.starts[:-1], libraries.starts[1:], strict=True):
        owned = libraries.game_ids[libraries.columns[start:stop]].tolist()
        own_library(session, player, dict(zip(owned, libraries.minutes[start:stop].tolist(), strict=True)))
    labels = [(NameKind.GAME, game, title) for game, (title, _, _) in games.items()]
    labels += [(NameKind.PLAYER, player, f"player{player}") for player in players]
    session.execute(
        insert(Name),
        [
            {
                "id": Name.make_id(kind, ref),
                "kind": kind,
                "key": search_key(label),
                "label": label,
                "rank": rank,
            }
            for rank, (kind, ref, label) in enumerate(labels)
        ],
    )


def _insert(session: Session, table: type[Base], rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def catalogue() -> dict[int, tuple[str, GameKind, list[str]]]:
    """Return the games of `two_tastes`, each with the tags of its taste."""
    shooters = {game: (f"Shooter {game}", GameKind.GAME, ["FPS", "Action"]) for game in SHOOTERS}
    return shooters | {game: (f"Puzzle {game}", GameKind.GAME, ["Puzzle", "Logic"]) for game in PUZZLES}
