"""One pass over all that a source says."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np

from ingest.clean.developers import unify_developers
from ingest.clean.games import unlisted_game
from ingest.clean.rows import CleanGame, CleanReview
from ingest.clean.text import clean_optional
from ingest.generated import is_generated
from ingest.runtime.aside import aside
from ingest.score.scorer import Scorer
from ingest.score.tone import Tone
from ingest.sources.source import Kind, Source
from ingest.stage.libraries import MergedLibraries, collect_libraries
from ingest.stage.players import StagedPlayers
from ingest.stage.staged import Staged
from store.people.anonymous import is_anonymous
from store.runs import Progress, Stopwatch, TimedStage

Row = TypeVar("Row")


def stage(
    source: Source,
    scorer: Scorer,
    *,
    progress: Progress,
    watch: Stopwatch | None = None,
    most_anonymous: int = 0,
) -> Staged:
    """Read and clean all that `source` says, and have `scorer` judge the reviews meanwhile and after.

    Args:
        source: Where the data come from, fetched.
        scorer: Judges texts until the tones of what is returned have been asked for.
        progress: Follows the reading, and may raise to stop it.
        watch: Takes the seconds of each part.
        most_anonymous: How many people without names training is to learn from, at most.

    Raises:
        SourceError: If an input cannot be read to its end.
        IngestError: If a helper process died.
    """
    watch = watch or Stopwatch()
    with watch.stage(TimedStage.REVIEWS):
        reviews, repeated_reviews = _firsts(
            source.reviews(progress), _review_key, lambda review: scorer.add(review.text, review.language)
        )
        scorer.hand_over_rest()
    with watch.stage(TimedStage.ITEMS):
        collected = collect_libraries(source.libraries(progress), most_anonymous)
    with aside(collected.merged) as merging, watch.stage(TimedStage.GAMES):
        games, repeated_games = _firsts(source.games(progress), _game_key)
        games = unify_developers(games)
    with watch.stage(TimedStage.CLEANING):
        merged = merging.result()
        repeated = {
            Kind.GAMES: repeated_games,
            Kind.REVIEWS: repeated_reviews,
            Kind.OWNED_GAMES: merged.repeated,
        }
        return Staged(
            games=_catalogue(games, reviews, merged),
            players=_with_reviewers(merged.players, reviews),
            libraries=merged.libraries,
            anonymous=merged.anonymous,
            reviews=reviews,
            tones=_tones_by(scorer, progress, watch),
            inputs=source.inputs(),
            repeated=repeated,
            generated=_are_generated(merged.players.user_ids),
        )


def _tones_by(scorer: Scorer, progress: Progress, watch: Stopwatch) -> Callable[[], list[Tone]]:
    """Return what waits for the tones of all texts, and keeps them."""

    @cache
    def tones() -> list[Tone]:
        with watch.stage(TimedStage.SCORING):
            return scorer.finish(progress)

    return tones


def _firsts(
    rows: Iterable[Row], key: Callable[[Row], Hashable], met: Callable[[Row], None] | None = None
) -> tuple[list[Row], int]:
    """Return the first row of each key, in their order, and how many came again.

    `met` is called with each that is returned, as soon as it is read.
    """
    firsts: dict[Hashable, Row] = {}
    read = 0
    for row in rows:
        if firsts.setdefault(key(row), row) is row and met is not None:
            met(row)
        read += 1
    return list(firsts.values()), read - len(firsts)


def _game_key(game: CleanGame) -> int:
    return game.id


def _review_key(review: CleanReview) -> tuple[str, int]:
    return review.user_id, review.game_id


def _catalogue(
    listed: Sequence[CleanGame], reviews: Sequence[CleanReview], merged: MergedLibraries
) -> list[CleanGame]:
    """Return every app that the source mentions anywhere, sorted by id."""
    mentioned = set(np.unique(merged.libraries.game).tolist())
    mentioned.update(np.unique(merged.anonymous.games).tolist())
    mentioned.update(review.game_id for review in reviews)
    unlisted = (
        unlisted_game(app, clean_optional(merged.titles.get(app)))
        for app in mentioned - {game.id for game in listed}
    )
    return sorted((*listed, *unlisted), key=lambda game: game.id)


def _with_reviewers(owners: StagedPlayers, reviews: list[CleanReview]) -> StagedPlayers:
    """Return the owners, followed by those who only wrote reviews, in the order of their first review."""
    writers = dict.fromkeys(review.user_id for review in reviews)
    for user_id in owners.user_ids:
        writers.pop(user_id, None)
    return owners.and_without_library(list(writers))


def _are_generated(user_ids: Iterable[str]) -> bool:
    """Return whether everybody who has a name is of a generated sample, and somebody is."""
    named = [user_id for user_id in user_ids if not is_anonymous(user_id)]
    return bool(named) and all(map(is_generated, named))
