"""Times every query and autocomplete on a filled store, warm, over names that it holds.

    python -m benchmarks.queries data/nextplay.sqlite3 --samples 1000

Each call is timed with the session opened before it, by the wall clock and by the processor time that it
used; where other programs keep the machine busy, only the second tells what the query costs. Garbage is
collected as the bot does.
"""

import argparse
import contextlib
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.gc_tuning import freeze_startup_objects
from store import Database, queries
from store.caches.answer_cache import bypass_answer_cache
from store.errors import NextplayError
from store.models import GameReviewYear, Name, NameKind, OwnedGame, Player, PlayerStats
from store.names import resolve
from store.queries.groups import MOST
from store.results import TopBy

Call = Callable[[Session], object]
Names = Mapping[NameKind, Sequence[str]]

TARGET_MS = 5.0
# Half of what is asked is about this many names of the highest ranks.
_POPULAR = 1_000
# How many games a large library has.
_LARGE = 1_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Case:
    """A query with each of its sampled arguments."""

    name: str
    calls: list[Call]


def cases(session: Session, samples: int, random: random.Random) -> Iterator[Case]:
    """Yield every query that a command asks, with `samples` names of the kind it takes."""
    names = {kind: _sampled(session, kind, samples, random) for kind in NameKind}
    # Groups of the others are refused at once.
    owners = select(Player.user_id).join(PlayerStats).where(PlayerStats.owned > 0).order_by(Player.id)
    anybody = random.choices(list(session.scalars(owners)), k=samples)
    years = list(session.scalars(select(GameReviewYear.year).where(GameReviewYear.year > 0).distinct()))
    yield from _about_one_thing(names)
    yield from _about_two_things(names)
    yield from _suggestions(names)
    yield from _groups("", names[NameKind.PLAYER])
    yield from _groups(", any that own games", anybody)
    yield from _large_libraries(session, samples)
    yield from _by_year(random.choices([*years, 1999], k=samples))
    yield from _top(names[NameKind.GENRE], random)
    yield Case("sentiment_over_time, all games", [queries.sentiment_over_time] * min(samples, 200))
    yield Case("data_status", [queries.data_status] * min(samples, 200))
    yield Case("provenance", [queries.provenance] * min(samples, 200))
    for kind in (NameKind.GAME, NameKind.DEVELOPER, NameKind.PLAYER):
        yield from _names(kind, names[kind], random)


def _about_one_thing(names: Names) -> Iterator[Case]:
    by_name: list[tuple[str, Callable[[Session, str], object], NameKind]] = [
        ("developer", queries.developer, NameKind.DEVELOPER),
        ("developer_reviews_analysis", queries.developer_reviews_analysis, NameKind.DEVELOPER),
        ("userdata", queries.userdata, NameKind.PLAYER),
        ("library_by_genre", queries.library_by_genre, NameKind.PLAYER),
        ("find_player", queries.find_player, NameKind.PLAYER),
        ("user_for_genre", queries.user_for_genre, NameKind.GENRE),
        ("play_time_genre", queries.play_time_genre, NameKind.GENRE),
        ("genre_hours", queries.genre_hours, NameKind.GENRE),
        ("game", queries.game, NameKind.GAME),
    ]
    for title, query, kind in by_name:
        yield Case(title, [query_of(query, name) for name in names[kind]])
    for title, opinion in (
        ("sentiment_over_time", queries.sentiment_over_time),
        ("review_texts", queries.review_texts),
    ):
        for word, kind in (("developer", NameKind.DEVELOPER), ("game", NameKind.GAME)):
            yield Case(f"{title}, {word}", [query_of(opinion, **{word: name}) for name in names[kind]])


def _about_two_things(names: Names) -> Iterator[Case]:
    for title, query, kind in (
        ("compare_games", queries.compare_games, NameKind.GAME),
        ("compare_developers", queries.compare_developers, NameKind.DEVELOPER),
        ("compare_players", queries.compare_players, NameKind.PLAYER),
    ):
        pairs = zip(names[kind], names[kind][1:], strict=False)
        yield Case(title, [query_of(query, *pair) for pair in pairs])


def _suggestions(names: Names) -> Iterator[Case]:
    """Yield all that suggest games for one person: for one game, one player, a few games."""
    games, players = names[NameKind.GAME], names[NameKind.PLAYER]
    yield Case("recommend_game", [query_of(queries.recommend_game, game) for game in games])
    yield Case("recommend_user", [query_of(queries.recommend_user, user) for user in players])
    threes = [", ".join(three) for three in zip(games, games[1:], games[2:], strict=False)]
    yield Case("games_named, three games", [query_of(queries.games_named, three) for three in threes])
    yield Case("recommend_library, three games", [partial(_recommend_named, three) for three in threes])


def _groups(drawn: str, players: Sequence[str]) -> Iterator[Case]:
    for word, size in (("three", 3), ("eight", MOST)):
        groups = [players[first : first + size] for first in range(len(players) - size + 1)]
        calls = [query_of(queries.recommend_group, group) for group in groups]
        yield Case(f"recommend_group, {word} players{drawn}", calls)


def _large_libraries(session: Session, samples: int) -> Iterator[Case]:
    """Yield suggestions for a tenth as many libraries at most, each of a thousand games of one player."""
    largest = select(PlayerStats.player_id).where(PlayerStats.owned >= _LARGE).order_by(PlayerStats.player_id)
    owned = select(OwnedGame.game_id, OwnedGame.minutes).limit(_LARGE)
    libraries = [
        dict(session.execute(owned.where(OwnedGame.player_id == player)).all())
        for player in session.scalars(largest.limit(samples // 10))
    ]
    if libraries:
        yield Case(
            f"recommend_library, {_LARGE:,} games",
            [query_of(queries.recommend_library, library) for library in libraries],
        )


def _by_year(years: Sequence[int]) -> Iterator[Case]:
    by_year: list[tuple[str, Callable[[Session, int], object]]] = [
        ("best_developer_year", queries.best_developer_year),
        ("users_recommend", queries.users_recommend),
        ("users_not_recommend", queries.users_not_recommend),
        ("users_worst_developer", queries.users_worst_developer),
        ("sentiment_analysis", queries.sentiment_analysis),
    ]
    for title, query in by_year:
        yield Case(title, [query_of(query, year) for year in years])


def _top(genres: Sequence[str], random: random.Random) -> Iterator[Case]:
    for by in TopBy:
        calls: list[Call] = [partial(queries.top_games, by=by)] * (len(genres) // 4)
        calls += [partial(queries.top_games, by=by, genre=genre) for genre in genres[::4]]
        calls += [
            partial(queries.top_games, by=by, genre=genre, year=random.randint(2000, 2017))
            for genre in genres[::4]
        ]
        yield Case(f"top_games, {by}", calls)


def _names(kind: NameKind, names: Sequence[str], random: random.Random) -> Iterator[Case]:
    word = kind.name.lower()
    typed = [name[: random.randint(1, len(name))] for name in names]
    wrong = [_misspelt(name, random) for name in names]
    yield Case(f"complete {word}, as typed", [partial(_complete, kind, text) for text in typed])
    yield Case(f"complete {word}, misspelt", [partial(_complete, kind, text) for text in wrong])
    yield Case(f"resolve {word}", [partial(_resolve, kind, text) for text in names])
    yield Case(f"resolve {word}, part or misspelt", [partial(_resolve, kind, text) for text in typed + wrong])


def measure(database: Database, case: Case) -> NDArray[np.float64]:
    """Return the milliseconds of each call, warm: (calls, 2), by the wall clock and of the processor.

    Each has a session of its own, and takes no kept answers.
    """
    times = []
    warming_up = case.calls[: len(case.calls) // 5]
    for call in [*warming_up, *case.calls]:
        with database.reader(seconds=60) as session:
            bypass_answer_cache(session)
            wall, processor = time.perf_counter(), time.thread_time()
            _answer(call, session)
            times.append((time.perf_counter() - wall, time.thread_time() - processor))
    return 1000 * np.array(times[len(warming_up) :])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="time only the queries whose name begins so")
    arguments = parser.parse_args()
    database = Database(arguments.database)
    with database.reader(seconds=600) as session:
        prepared = [
            case
            for case in cases(session, arguments.samples, random.Random(arguments.seed))
            if case.name.startswith(arguments.only)
        ]
        names = session.scalar(select(func.count(Name.id)))
        pairs = queries.data_status(session).counts.owned_games
    freeze_startup_objects()
    table = Table(title=f"{arguments.database}: {names:,} names, {pairs:,} owned games; milliseconds")
    table.add_column("query")
    for column in ("calls", "wall p50", "wall p99", "cpu p50", "cpu p99", f"p99 ≤ {TARGET_MS:g}"):
        table.add_column(column, justify="right")
    for case in prepared:
        times = measure(database, case)
        (wall, processor), (wall_99, processor_99) = np.percentile(times, [50, 99], axis=0)
        met = "yes" if wall_99 <= TARGET_MS else "no"
        figures = (f"{figure:.2f}" for figure in (wall, wall_99, processor, processor_99))
        table.add_row(case.name, f"{len(times):,}", *figures, met)
    Console(width=110).print(table)


def _sampled(session: Session, kind: NameKind, samples: int, random: random.Random) -> list[str]:
    """Draw half of the names from all of the kind, and half from the thousand that people ask for most."""
    labels = list(session.scalars(select(Name.label).where(Name.kind == kind).order_by(Name.rank)))
    drawn = random.choices(labels, k=samples - samples // 2) + random.choices(
        labels[:_POPULAR], k=samples // 2
    )
    random.shuffle(drawn)
    return drawn


def _misspelt(name: str, random: random.Random) -> str:
    """Drop, add, change or swap one character, as a hurried person does."""
    place = random.randrange(len(name))
    before, here, after = name[:place], name[place], name[place + 1 :]
    letter = random.choice(_LETTERS)
    return random.choice(
        [
            before + after,
            before + letter + here + after,
            before + letter + after,
            before + after[:1] + here + after[1:],
        ]
    )


def query_of(query: Callable[..., object], *arguments: object, **named: object) -> Call:
    """Return the call of a query with these arguments."""
    return lambda session: query(session, *arguments, **named)


def _recommend_named(text: str, session: Session) -> object:
    return queries.recommend_library(session, dict.fromkeys(queries.games_named(session, text)))


def _complete(kind: NameKind, text: str, session: Session) -> object:
    return queries.complete(session, kind, text)


def _resolve(kind: NameKind, text: str, session: Session) -> object:
    return resolve(session, kind, text)


def _answer(call: Call, session: Session) -> None:
    with contextlib.suppress(NextplayError):  # "not found" is an answer, and timed like any other
        call(session)


if __name__ == "__main__":
    main()
