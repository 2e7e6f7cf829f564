"""Times finding games for groups whose libraries are not in the data, warm.

    python -m benchmarks.groups data/nextplay.sqlite3 --samples 200

Each group is eight people with 1,000 games each: those that a player of the data owns, and others drawn by
how many own them. It is what "Show the games" under `/play-together` asks.
"""

import argparse
import random
from collections.abc import Iterator, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.queries import Call, Case, measure, query_of
from benchmarks.targets import GROUP_MS, rows
from bot.gc_tuning import freeze_startup_objects
from store import Database
from store.models import Game, GameStats, OwnedGame, PlayerStats
from store.people.person import Person
from store.people.taste import Taste
from store.queries.groups import MOST, recommend_people

_GAMES = 1_000
_LIMIT = 3

Library = dict[int, float | None]


def libraries(session: Session, count: int, chance: random.Random) -> Iterator[Library]:
    """Yield libraries of a thousand games, each with all that one of the largest libraries has of these."""
    owners = select(PlayerStats.player_id).order_by(PlayerStats.owned.desc(), PlayerStats.player_id)
    games = session.execute(select(Game.id, GameStats.owners).join(GameStats, GameStats.game_id == Game.id))
    ids, weights = zip(*games.all(), strict=True)
    if len(ids) < _GAMES:
        raise SystemExit(
            f"The store has {len(ids):,} games that anything is known of, and {_GAMES:,} are needed."
        )
    for player in session.scalars(owners.limit(count)).all():
        owned = select(OwnedGame.game_id, OwnedGame.minutes).where(OwnedGame.player_id == player)
        library: Library = dict(session.execute(owned.limit(_GAMES)).all())
        while len(library) < _GAMES:
            for game in chance.choices(ids, [1 + owners for owners in weights], k=_GAMES - len(library)):
                library.setdefault(game, None)
        yield library


def groups(found: Sequence[Library], samples: int, chance: random.Random) -> Case:
    """Return the questions of groups, drawn from some libraries, each person with a small taste."""
    calls: list[Call] = []
    for _ in range(samples):
        drawn = chance.choices(found, k=MOST)
        people = [
            Person(f"person {number}", library=library, taste=Taste(disliked=(next(iter(library)),)))
            for number, library in enumerate(drawn)
        ]
        calls.append(query_of(recommend_people, people, _LIMIT))
    return Case(f"recommend_people, {MOST} libraries of {_GAMES:,} games", calls)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    database, chance = Database(arguments.database), random.Random(arguments.seed)
    with database.reader(seconds=600) as session:
        case = groups(list(libraries(session, 50, chance)), arguments.samples, chance)
    freeze_startup_objects()
    wall, processor = np.percentile(measure(database, case), [50, 99], axis=0).T
    note = f"p50 {wall[0]:.1f}; of the processor p50 {processor[0]:.1f}, p99 {processor[1]:.1f}"
    for row in rows(GROUP_MS.judge(float(wall[1]), note)):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
