"""Showing two games side by side, whichever way they were named."""

from commands.compare import card as cards
from commands.core.replies.card import Card
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.respond import respond
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.results import GamePair


async def show_games(ctx: Context, first: str, second: str, *, ephemeral: bool = False) -> None:
    """Reply with two games side by side. Raises CommandError if both names mean the same."""

    def show(pair: GamePair, translations: Translations) -> Card:
        require_two(pair.first.game.id != pair.second.game.id, translations)
        return cards.games(pair, translations)

    await respond(
        ctx,
        lambda session: queries.compare_games(session, first, second),
        show,
        typed=[(NameKind.GAME, first), (NameKind.GAME, second)],
        ephemeral=ephemeral,
    )


def require_two(are_different: bool, translations: Translations) -> None:
    """Raise CommandError unless two names mean two things."""
    if not are_different:
        raise CommandError(translations.gettext("Both names mean the same; give two different ones."))
