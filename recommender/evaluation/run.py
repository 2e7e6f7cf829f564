"""Measuring every method on the same splits."""

from collections.abc import Callable, Sequence

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.evaluation.peers.base import Method
from recommender.evaluation.split import eligible, split
from recommender.evaluation.table import EvaluationTable, Measured
from recommender.evaluation.tasks import Figures, new_games, next_game, similar_games

SEEDS = (1, 2, 3, 4, 5)


def evaluate(
    libraries: Libraries,
    content: Content,
    *,
    methods: Sequence[Method],
    seeds: Sequence[int] = SEEDS,
    with_new_games: bool = True,
    log: Callable[[str], None] | None = None,
) -> EvaluationTable:
    """Measure `methods` on players with at least 5 games, a tenth of them held out by each seed.

    `libraries` must be complete: a game that a person owns but the data lack would count as a wrong answer.
    `with_new_games` learns everything twice, to see where games rank that nobody owns yet. `log` is called
    with a line on each step.

    Raises ValueError if no player has enough games.
    """
    libraries = eligible(libraries)
    if not len(libraries.player_ids):
        raise ValueError("No player has enough games to hide some; evaluate on more data.")
    content = content.over(libraries.game_ids)
    figures: dict[str, list[Figures]] = {method.name: [] for method in methods}
    for seed in seeds:
        dealt = split(libraries, seed)
        for method in methods:
            if log:
                log(f"seed {seed}: {method.name}")
            with method.fit(dealt.train, content) as fitted:
                found = next_game(fitted, dealt) | similar_games(fitted, dealt, seed)
            if with_new_games:
                found |= new_games(method, dealt, content, seed)
            figures[method.name].append(found)
    return EvaluationTable(
        players=len(libraries.player_ids),
        games=len(libraries.game_ids),
        seeds=tuple(seeds),
        rows=tuple(Measured(name, tuple(by_seed)) for name, by_seed in figures.items()),
    )
