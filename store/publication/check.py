"""Questions that a published store is asked before it serves: those that it answered as it was published."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import queries
from store.database import Database
from store.errors import NotFound
from store.models import Game, GameStats
from store.names.not_found import quotable
from store.publication.errors import PublicationError
from store.publication.manifest import KnownGame, Manifest
from store.scoring.weights import preload_weights

_KNOWN_GAMES = 5
_MOST_OWNED = (
    select(Game.id, Game.title)
    .join(GameStats, GameStats.game_id == Game.id)
    .where(Game.title.is_not(None))
    .order_by(GameStats.owners.desc(), Game.id)
    .limit(_KNOWN_GAMES)
)
_SECONDS = 60.0


def known_games(session: Session) -> tuple[KnownGame, ...]:
    """Return games that most players own, with what their cards show, for whoever checks the store later."""
    found = ((app_id, _look_up(session, str(title))) for app_id, title in session.execute(_MOST_OWNED))
    return tuple(known for app_id, known in found if known is not None and known.app_id == app_id)


def row_counts(session: Session) -> dict[str, int]:
    """Return how many of each thing the store holds."""
    return asdict(queries.data_status(session, runs=0).counts)


def require_answers(database: Database, manifest: Manifest) -> None:
    """Ask a store what `manifest` says that it knows; what its lists are computed from is in memory after it.

    Raises:
        PublicationError: It answers otherwise.
        StoreError: It cannot be read.
    """
    with database.reader(seconds=_SECONDS) as session:
        counts = row_counts(session)
        wrong = sorted(name for name in manifest.counts if counts.get(name) != manifest.counts[name])
        if wrong:
            raise PublicationError(f"it holds other numbers of {', '.join(wrong)} than its manifest says.")
        for known in manifest.known:
            found = _look_up(session, known.title)
            if found is None or found.app_id != known.app_id or bool(found.similar) != bool(known.similar):
                raise PublicationError(
                    f"it answers otherwise about {quotable(known.title)} than its manifest says."
                )
        preload_weights(session)


def _look_up(session: Session, title: str) -> KnownGame | None:
    """Return what the store knows of a game; None where no game, or more than one, goes by `title`."""
    try:
        card = queries.game(session, title)
    except NotFound:
        return None
    return KnownGame(card.game.id, title, len(card.similar))
