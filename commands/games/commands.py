"""`/recommend` and `/game`."""

from collections.abc import Callable

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.autocomplete import names
from commands.core.options import DISCOVERIES, WITHIN, MaxPrice, Year, example
from commands.core.permissions import heavy
from commands.core.privacy import linked_player, own_player, shown_players
from commands.core.respond import Refusal, answer, ask_in_time
from commands.core.services import Interaction, texts_for
from commands.games import card as cards
from commands.suggestions.buttons import suggest
from commands.suggestions.questions import ForPlayer, LikeGame, LikeGames, Within
from store import queries
from store.game_refs import game_refs
from store.models import NameKind
from store.names import resolve
from store.queries import Discovery, Filters
from store.results import GameRef


@app_commands.command(
    description="Find games like one, like several, or for a player", extras=example(game="Portal 2")
)
@app_commands.describe(
    game="A game you like, by title or Steam app id",
    games="Several games you like, with commas between them",
    player="A player of the data, by Steam name or SteamID64; without any of these, your own",
    limit="How many games, 5 if you do not say",
    **WITHIN,
)
@app_commands.choices(discovery=DISCOVERIES)
@app_commands.autocomplete(
    game=names(NameKind.GAME),
    player=names(NameKind.PLAYER),
    genre=names(NameKind.GENRE),
    tag=names(NameKind.TAG),
)
@heavy
async def recommend(  # noqa: PLR0917 - the options of the command, in the order in which Discord shows them
    interaction: Interaction,
    game: str | None = None,
    games: str | None = None,
    player: str | None = None,
    genre: str | None = None,
    tag: str | None = None,
    max_price: MaxPrice | None = None,
    free: bool = False,
    since: Year | None = None,
    finished: bool = False,
    discovery: str = Discovery.BALANCED.value,
    limit: app_commands.Range[int, 1, 10] = 5,
) -> None:
    """Suggest games."""
    texts = texts_for(interaction)
    if sum(option is not None for option in (game, games, player)) > 1:
        raise Refusal(texts.gettext("Give one of game, games and player."))
    filters = Filters(
        genre=genre,
        tag=tag,
        max_price=max_price,
        free_only=free,
        released_since=since,
        exclude_early_access=finished,
    )
    within = Within(filters, Discovery(discovery))
    if game is not None:
        named = await _games(interaction, lambda session: [resolve(session, NameKind.GAME, game)])
        await suggest(interaction, LikeGame(within, limit, named[0]))
    elif games is not None:
        named = await _games(interaction, lambda session: list(queries.games_named(session, games)))
        if not named:
            raise Refusal(texts.gettext("Name at least one game, with commas between several."))
        await suggest(interaction, LikeGames(within, limit, named))
    elif player is not None:
        (shown,) = await shown_players(interaction, player)
        question = ForPlayer(within, limit, shown.user_id)
        await suggest(interaction, question, ephemeral=shown.to_owner_only)
    else:
        if await linked_player(interaction) is None:
            raise Refusal(
                texts.gettext(
                    "Name a game, several games or a player; {link} lets you leave that out.",
                    link=texts.command("link"),
                )
            )
        own = await own_player(interaction)
        await suggest(interaction, ForPlayer(within, limit, own.user_id), ephemeral=not own.public)


async def _games(interaction: Interaction, ids_of: Callable[[Session], list[int]]) -> tuple[GameRef, ...]:
    """Return the games whose app ids `ids_of` finds. Raises what it raises."""

    def find(session: Session) -> tuple[GameRef, ...]:
        ids = ids_of(session)
        refs = game_refs(session, ids)
        return tuple(refs[app_id] for app_id in ids)

    return await ask_in_time(interaction, find, ephemeral=False)


@app_commands.command(description="Show what is known of a game", extras=example(name="Portal 2"))
@app_commands.describe(name="Title or Steam app id")
@app_commands.autocomplete(name=names(NameKind.GAME))
async def game(interaction: Interaction, name: str) -> None:
    """Show a game's card."""
    await answer(interaction, lambda session: queries.game(session, name), cards.game)
