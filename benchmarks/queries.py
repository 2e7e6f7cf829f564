"""Times every query and autocomplete on a filled store, warm, over sampled real names.

    python benchmarks/queries.py data/nextplay.sqlite3 --samples 1000

Each call is timed with the session opened before it, by the wall clock and by the processor time that it
used; where other programs keep the machine busy, only the second tells what the query costs.
"""

import argparse
import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import Database, queries
from store.errors import NextplayError
from store.models import GameReviewYear, Name, NameKind
from store.names import resolve

Call = Callable[[Session], object]

TARGET_MS = 5.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Case:
    """A query with each of its sampled arguments."""

    name: str
    calls: list[Call]


def cases(session: Session, samples: int, random: random.Random) -> Iterator[Case]:
    """Yield every query with `samples` names, drawn evenly from all names of the kind."""
    names = {kind: _sampled(session, kind, samples, random) for kind in NameKind}
    years = list(session.scalars(select(GameReviewYear.year).where(GameReviewYear.year > 0).distinct()))
    by_name: list[tuple[str, Callable[[Session, str], object], NameKind]] = [
        ("developer", queries.developer, NameKind.DEVELOPER),
        ("developer_reviews_analysis", queries.developer_reviews_analysis, NameKind.DEVELOPER),
        ("userdata", queries.userdata, NameKind.PLAYER),
        ("user_for_genre", queries.user_for_genre, NameKind.GENRE),
        ("play_time_genre", queries.play_time_genre, NameKind.GENRE),
        ("game", queries.game, NameKind.GAME),
        ("recommend_game", queries.recommend_game, NameKind.GAME),
        ("recommend_user", queries.recommend_user, NameKind.PLAYER),
    ]
    for title, query, kind in by_name:
        yield Case(title, [_call(query, name) for name in names[kind]])
    by_year: list[tuple[str, Callable[[Session, int], object]]] = [
        ("best_developer_year", queries.best_developer_year),
        ("users_recommend", queries.users_recommend),
        ("users_not_recommend", queries.users_not_recommend),
        ("users_worst_developer", queries.users_worst_developer),
        ("sentiment_analysis", queries.sentiment_analysis),
    ]
    for title, by in by_year:
        yield Case(title, [_call(by, year) for year in random.choices([*years, 1999], k=samples)])
    yield Case("data_status", [queries.data_status] * min(samples, 200))
    for kind in (NameKind.GAME, NameKind.DEVELOPER, NameKind.PLAYER):
        word = kind.name.lower()
        typed = [name[: random.randint(1, len(name))] for name in names[kind]]
        wrong = [_misspelt(name, random) for name in names[kind]]
        yield Case(f"complete {word}, as typed", [_completion(kind, text) for text in typed])
        yield Case(f"complete {word}, misspelt", [_completion(kind, text) for text in wrong])
        yield Case(f"resolve {word}", [_resolution(kind, text) for text in names[kind]])
        yield Case(f"resolve {word}, part or misspelt", [_resolution(kind, text) for text in typed + wrong])


def measure(database: Database, case: Case) -> NDArray[np.float64]:
    """Return the milliseconds of each call, warm: (calls, 2), by the wall clock and of the processor."""
    times = []
    with database.reader(seconds=3600) as session:
        for call in case.calls[: len(case.calls) // 5]:
            _answer(call, session)
        for call in case.calls:
            session.expunge_all()
            wall, processor = time.perf_counter(), time.thread_time()
            _answer(call, session)
            times.append((time.perf_counter() - wall, time.thread_time() - processor))
    return 1000 * np.array(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    database = Database(arguments.database)
    with database.reader(seconds=600) as session:
        prepared = list(cases(session, arguments.samples, random.Random(arguments.seed)))
        names = session.scalar(select(func.count(Name.id)))
        pairs = queries.data_status(session).counts.owned_games
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
    labels = list(session.scalars(select(Name.label).where(Name.kind == kind)))
    return random.choices(labels, k=samples)


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


def _call(
    query: Callable[[Session, str], object] | Callable[[Session, int], object], argument: object
) -> Call:
    return lambda session: query(session, argument)  # type: ignore[arg-type]


def _completion(kind: NameKind, text: str) -> Call:
    return lambda session: queries.complete(session, kind, text)


def _resolution(kind: NameKind, text: str) -> Call:
    return lambda session: resolve(session, kind, text)


def _answer(call: Call, session: Session) -> None:
    with contextlib.suppress(NextplayError):  # "not found" is an answer, and timed like any other
        call(session)


if __name__ == "__main__":
    main()
