"""The part of `/me` about what waits in a person's library."""

from sqlalchemy.orm import Session

from commands.core.cards.games import game_link
from commands.core.replies.card import Field
from commands.core.request.profile import Profile
from localization.markdown import Markdown
from localization.translations import Translations
from store.catalogue.game_refs import game_refs
from store.queries.favourites import backlog
from store.results import GameKind, GameRef

_SHOWN = 5
# More than are shown, since some of what a person owns is no game, or unknown to the data.
_LOOKED_AT = 50


def waiting_games(session: Session, profile: Profile) -> tuple[GameRef, ...]:
    """Return what the person owns, has hardly played and would like most, by prediction."""
    found = backlog(session, profile.person(""), _LOOKED_AT)
    refs = game_refs(session, found)
    games = (refs[app_id] for app_id in found if app_id in refs)
    return tuple(game for game in games if game.kind is GameKind.GAME)[:_SHOWN]


def backlog_field(games: tuple[GameRef, ...], translations: Translations) -> Field:
    """Show it; without games its value is empty."""
    return Field(
        translations.gettext("Waiting in your library"),
        Markdown("\n".join(game_link(game) for game in games)),
    )
