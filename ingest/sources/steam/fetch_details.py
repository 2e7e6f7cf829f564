"""Step: ask the slow pages for what they alone have, genres and the Metascore, of some games a night."""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from ingest.clean.games import metascore
from ingest.clean.text import clean_list
from ingest.parse.fields import UnusableValue
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.kept.apps import most_wanted
from ingest.sources.steam.kept.models import AppState
from ingest.sources.steam.pages import PageKeeper
from ingest.sources.steam.shapes.details import Genre, Metacritic
from store.runs import Stage

# The most reviewed games are asked about most, and new ones have no genres from elsewhere.
_TOP = 3_000
_NEW = timedelta(days=14)


def fetch_details(fetching: Fetching, keeper: PageKeeper) -> None:
    """Ask for games that are wanted, new ones and the most reviewed ones, each once.

    Raises:
        Interruption: Not all were asked for.
    """
    with fetching.kept.writer() as session:
        order = most_wanted(fetching.settings.wanted)
        games = select(AppState.app).where(AppState.is_game).order_by(*order)
        top = games.limit(_TOP).subquery()
        wanted = or_(
            AppState.app.in_(select(top.c.app)),
            AppState.first_seen > fetching.clock.now() - _NEW,
        )
        undetailed = games.where(AppState.details_at.is_(None), wanted)
        due = session.scalars(undetailed.limit(fetching.settings.details_a_run)).all()
    fetching.progress.start(Stage.ASKING_FOR_GENRES, len(due), "games")
    for app in due:
        data = fetching.client.details(app)
        with fetching.kept.writer() as session:
            if data is not None and _is_of(app, data):
                keeper.add_details(session, app, _facts(fetching, data))
            session.get_one(AppState, app).details_at = fetching.clock.now()
        fetching.progress.advance(1)


def _is_of(app: int, data: dict[str, Any]) -> bool:
    """Return whether the answer is of the app itself: a child may answer with its parent's data."""
    return str(data.get("steam_appid", app)) == str(app)


def _facts(fetching: Fetching, data: dict[str, Any]) -> dict[str, object]:
    said = data.get("genres")
    genres = [
        fetching.differences.read(genre, Genre, "appdetails.genres").description
        for genre in (said if isinstance(said, list) else ())
    ]
    facts: dict[str, object] = {}
    try:
        facts["genres"] = list(clean_list(genres))
    except UnusableValue:
        fetching.differences.note("appdetails.genres: not names")
    if isinstance(data.get("metacritic"), dict):
        score = fetching.differences.read(data["metacritic"], Metacritic, "appdetails.metacritic").score
        try:
            facts["metascore"] = metascore(score) or None
        except UnusableValue:
            fetching.differences.note("appdetails.metacritic.score: no score")
    return facts
