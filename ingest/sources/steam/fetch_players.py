"""Step: ask how many play the games that most people know."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ingest.clean.rows import CleanGame
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.kept.apps import most_wanted
from ingest.sources.steam.kept.marks import GAMES_STATE, touch
from ingest.sources.steam.kept.models import AppState, PlayerCount
from store.runs import Stage

_ASKED_LATELY = timedelta(hours=20)
_MOST_PLAYERS = 2**31 - 1


def fetch_players(fetching: Fetching) -> None:
    """Ask for the games that are wanted and those with most reviews, each once a night.

    Raises:
        Interruption: Not all were asked for.
    """
    with fetching.kept.writer() as session:
        due = session.scalars(
            select(AppState.app)
            .outerjoin(PlayerCount, PlayerCount.app == AppState.app)
            .where(
                AppState.is_game,
                or_(
                    PlayerCount.asked_at.is_(None),
                    PlayerCount.asked_at < fetching.clock.now() - _ASKED_LATELY,
                ),
            )
            .order_by(*most_wanted(fetching.settings.wanted))
            .limit(fetching.settings.player_counts_a_run)
        ).all()
    fetching.progress.start(Stage.ASKING_FOR_PLAYERS, len(due), "games")
    for app in due:
        players = fetching.client.player_count(app)
        with fetching.kept.writer() as session:
            _keep(session, app, players, fetching)
        fetching.progress.advance(1)


def _keep(session: Session, app: int, players: int | None, fetching: Fetching) -> None:
    now = fetching.clock.now()
    count = session.get(PlayerCount, app)
    if count is None:
        count = PlayerCount(app=app, asked_at=now, players=None, counted_at=None)
        session.add(count)
    count.asked_at = now
    if players is not None and players <= _MOST_PLAYERS:
        count.players, count.counted_at = players, now
        touch(session, GAMES_STATE)


def with_players(game: CleanGame, count: PlayerCount | None) -> CleanGame:
    """Return a game with how many played it when it was last counted."""
    if count is None or count.counted_at is None or game.page is None:
        return game
    page = replace(game.page, players_now=count.players, players_counted_at=count.counted_at)
    return replace(game, page=page)


def kept_counts(session: Session) -> dict[int, PlayerCount]:
    """Return what is known of each app that was ever asked for."""
    return {count.app: count for count in session.scalars(select(PlayerCount))}
