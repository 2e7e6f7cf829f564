"""What `/me` shows of a person who has a Steam account."""

from collections.abc import Mapping

from discord.utils import MISSING
from sqlalchemy.orm import Session

from commands.account.backlog import waiting_games
from commands.account.fetching import FetchAgain
from commands.account.library_card import OwnData, own_account
from commands.core.replies.deferral import run_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from store import user_data
from store.catalogue.game_refs import game_refs
from store.results import GameRef
from store.user_data import SteamAccount

_MOST_PLAYED = 5
# More than are shown, since some may be unknown to the data.
_LOOKED_AT = 50


async def show_own_account(ctx: Context, account: SteamAccount, *, is_shared: bool) -> None:
    """Reply with the person's own library, and with what is stored unless the reply is shared.

    Raises what reading the store and what people stored raises.
    """
    asker, translations = ctx.asker.id, ctx.translations
    repository = ctx.services.user_data
    profile = await ctx.asker.profile()
    library = profile.library
    most_played: tuple[tuple[GameRef, float], ...] = ()
    waiting: tuple[GameRef, ...] = ()
    if library is not None:
        games = library.games

        def find(session: Session) -> tuple[tuple[tuple[GameRef, float], ...], tuple[GameRef, ...]]:
            return _most_played(session, games), waiting_games(session, profile)

        most_played, waiting = await run_or_defer(ctx, find, ephemeral=not is_shared, needs_data=False)
    data = OwnData(
        library,
        most_played,
        await repository.read(lambda session: user_data.lenders(session, asker)),
        len(await ctx.asker.hidden_games()),
        len(profile.taste.liked) + len(profile.taste.disliked),
        waiting,
    )
    card = own_account(account, data, await repository.sharing(asker), translations, is_shared=is_shared)
    await reply(
        ctx,
        embed=embed_of(card, translations),
        view=MISSING if is_shared else FetchAgain(ctx),
        ephemeral=not is_shared,
    )


def _most_played(session: Session, games: Mapping[int, float | None]) -> tuple[tuple[GameRef, float], ...]:
    played = {game: minutes for game, minutes in games.items() if minutes}
    first = sorted(played, key=lambda game: (-played[game], game))[:_LOOKED_AT]
    refs = game_refs(session, first)
    return tuple((refs[game], played[game]) for game in first if game in refs)[:_MOST_PLAYED]
