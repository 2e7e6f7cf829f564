"""Step: ask for games' names in the further languages."""

from sqlalchemy import or_, select

from ingest.sources.steam.calls import ITEMS_A_CALL
from ingest.sources.steam.fetching import Fetching, in_batches
from ingest.sources.steam.kept.apps import states_of
from ingest.sources.steam.kept.models import AppState
from ingest.sources.steam.pages import PageKeeper
from store.runs import Stage


def fetch_titles(fetching: Fetching, keeper: PageKeeper) -> None:
    """Ask for the names of games that are new or have changed, those with most reviews first.

    Raises:
        Interruption: Not all were asked for.
    """
    languages = fetching.settings.languages[1:]
    if not languages:
        return
    due_if = or_(AppState.titles_modified.is_(None), AppState.titles_modified != AppState.last_modified)
    with fetching.kept.writer() as session:
        due = session.scalars(
            select(AppState.app).where(AppState.is_game, due_if).order_by(AppState.ratings.desc())
        ).all()
    fetching.progress.start(Stage.ASKING_FOR_TITLES, len(due), "games")
    for batch in in_batches(due, ITEMS_A_CALL):
        titles: dict[int, dict[str, str]] = {app: {} for app in batch}
        for language in languages:
            for item in fetching.client.names_of(batch, language):
                app, name = item.get("id"), item.get("name")
                if app in titles and isinstance(name, str):
                    titles[app][language] = name.strip()
        with fetching.kept.writer() as session:
            for app, state in states_of(session, list(batch)).items():
                if titles[app]:
                    keeper.add_titles(session, app, titles[app])
                state.titles_modified = state.last_modified
        fetching.progress.advance(len(batch))
