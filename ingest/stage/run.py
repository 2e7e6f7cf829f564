"""One pass over the three files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ingest.clean.games import CleanGame, unify_developers, unlisted_game
from ingest.clean.reviews import CleanReview
from ingest.clean.text import clean_optional
from ingest.runtime.progress import ProgressSink
from ingest.runtime.timing import Stopwatch
from ingest.score.scorer import Scorer
from ingest.settings import IngestSettings
from ingest.sources.steam_files.find import Role, Sources
from ingest.sources.steam_files.source_file import SourceFile
from ingest.sources.steam_files.games import GamesRead, read_games
from ingest.sources.steam_files.items import ItemsRead, read_items
from ingest.sources.steam_files.reviews import ReviewsRead, read_reviews
from ingest.stage.staged import Staged, StagedPlayer, StagedSource

# Account numbers that Steam never gave out, which is why generated samples use them.
_FIRST_STEAM_ID = 76561197960265729


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already knows: VADER compounds by `ingest.score.scorer.text_digest`."""

    scores: Mapping[bytes, float] = field(default_factory=dict)


def stage(sources: Sources, *, known: Known, settings: IngestSettings, progress: ProgressSink) -> Staged:
    """Read, clean and score all three files.

    Raises SourceError if a file cannot be read to its end, IngestError if a helper process died.
    """
    watch = Stopwatch()
    files = {role: SourceFile(sources.of(role), progress) for role in Role}
    with Scorer(known.scores, settings.processes) as scorer:
        with watch.stage("reviews"), files[Role.REVIEWS].reading("Reading reviews"):
            reviews = read_reviews(files[Role.REVIEWS], settings.crawl_year)
        with watch.stage("scoring"):
            scorer.begin([review.text for review in reviews.reviews])
        with watch.stage("games"), files[Role.GAMES].reading("Reading games"):
            games = read_games(files[Role.GAMES])
        with watch.stage("items"), files[Role.ITEMS].reading("Reading items"):
            items = read_items(files[Role.ITEMS])
        with watch.stage("scoring"):
            scores = scorer.finish(progress)
    with watch.stage("cleaning"):
        catalogue = _catalogue(games, reviews, items)
        players = _with_reviewers(items.players, reviews.reviews)
    return Staged(
        games=catalogue,
        players=players,
        libraries=items.libraries,
        reviews=reviews.reviews,
        scores=scores,
        sources=(
            _staged_source(Role.GAMES, files, games),
            _staged_source(Role.REVIEWS, files, reviews),
            _staged_source(Role.ITEMS, files, items),
        ),
        generated=bool(items.players) and all(_is_generated(player.user_id) for player in items.players),
        seconds=watch.seconds,
    )


def _catalogue(games: GamesRead, reviews: ReviewsRead, items: ItemsRead) -> list[CleanGame]:
    """Return every app that any of the files mentions, sorted by id."""
    mentioned = set(np.unique(items.libraries.game).tolist())
    mentioned.update(review.game_id for review in reviews.reviews)
    listed = unify_developers(games.games.values())
    unlisted = (
        unlisted_game(app, clean_optional(items.titles.get(app))) for app in mentioned - games.games.keys()
    )
    return sorted((*listed, *unlisted), key=lambda game: game.id)


def _with_reviewers(owners: list[StagedPlayer], reviews: list[CleanReview]) -> list[StagedPlayer]:
    """Return the owners, followed by those who only wrote reviews, in the order of their first review."""
    known = {player.user_id for player in owners}
    writers = dict.fromkeys(review.user_id for review in reviews if review.user_id not in known)
    return [*owners, *(StagedPlayer(user_id, None, None, None) for user_id in writers)]


def _staged_source(
    role: Role, files: dict[Role, SourceFile], read: GamesRead | ReviewsRead | ItemsRead
) -> StagedSource:
    file, tally = files[role], read.tally
    return StagedSource(
        role,
        file.file,
        file.state,
        file.lines,
        read.blank,
        read.repeated,
        tuple(tally.rejects),
        tally.share,
    )


def _is_generated(user_id: str) -> bool:
    return user_id.startswith("sample_") or (user_id.isdigit() and int(user_id) < _FIRST_STEAM_ID)
