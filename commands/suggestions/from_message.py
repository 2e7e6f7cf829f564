"""“More like this” in the menu of a message that has an address of the Steam store."""

from collections.abc import Iterator

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.access.permissions import heavy
from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.services import Interaction
from commands.suggestions.buttons import suggest
from commands.suggestions.by_name import LikeGame, LikeGames
from commands.suggestions.request import Constraints
from store.catalogue.game_refs import game_refs
from store.names import app_ids_in
from store.queries import Discovery, Filters
from store.results import GameRef

# A message with more games is a list, of which the first say enough.
_MOST_GAMES = 5
_LIMIT = 5


@app_commands.context_menu(name="More like this")
@heavy
async def more_like_message(interaction: Interaction, message: discord.Message) -> None:
    """Suggest games like those of a message, to the person alone."""
    ctx = Context.of(interaction)
    app_ids = app_ids_in("\n".join(_texts(message)))[:_MOST_GAMES]

    def find(session: Session) -> tuple[GameRef, ...]:
        refs = game_refs(session, app_ids)
        return tuple(refs[app_id] for app_id in app_ids if app_id in refs)

    games = await run_or_defer(ctx, find, ephemeral=True)
    if not games:
        raise CommandError(
            ctx.translations.gettext(
                "This message has no address of a game in the Steam store that these data know."
            )
        )
    constraints = Constraints(Filters(), Discovery.BALANCED)
    request = (
        LikeGame(constraints, _LIMIT, games[0]) if len(games) == 1 else LikeGames(constraints, _LIMIT, games)
    )
    await suggest(ctx, request, ephemeral=True)


def _texts(message: discord.Message) -> Iterator[str]:
    """Yield what may have an address: the message's own text, and the parts of its embeds."""
    yield message.content
    for embed in message.embeds:
        yield from filter(None, (embed.url, embed.title, embed.description))
        for field in embed.fields:
            yield from filter(None, (field.name, field.value))
