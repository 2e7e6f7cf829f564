"""`/recommend` and `/game`."""

from discord import app_commands
from sqlalchemy.orm import Session

from commands.answering import Refusal, answer
from commands.autocomplete import names
from commands.cards import games as cards
from commands.host import Interaction, texts_for
from commands.options import example
from commands.privacy import shown_player
from store import queries
from store.models import NameKind
from store.names import resolve
from store.queries.game_refs import game_refs
from store.results import GameRef, Recommendations


@app_commands.command(description="Find games like one, or for a player", extras=example(game="Portal 2"))
@app_commands.describe(
    game="A game you like, by title or Steam app id",
    player="A player of the data, by Steam name or SteamID64",
    limit="How many games, 5 if you do not say",
)
@app_commands.autocomplete(game=names(NameKind.GAME), player=names(NameKind.PLAYER))
async def recommend(
    interaction: Interaction,
    game: str | None = None,
    player: str | None = None,
    limit: app_commands.Range[int, 1, 10] = 5,
) -> None:
    """Suggest games."""
    if game is not None and player is None:
        await _like(interaction, game, limit)
    elif player is not None and game is None:
        await _for_player(interaction, player, limit)
    else:
        raise Refusal(texts_for(interaction).gettext("Give either a game or a player."))


async def _like(interaction: Interaction, title: str, limit: int) -> None:
    def query(session: Session) -> tuple[GameRef, Recommendations]:
        asked = resolve(session, NameKind.GAME, title)
        return game_refs(session, [asked])[asked], queries.recommend_game(session, asked, limit)

    await answer(interaction, query, lambda found, texts: cards.similar_games(*found, texts))


async def _for_player(interaction: Interaction, player: str, limit: int) -> None:
    shown = await shown_player(interaction, player)
    await answer(
        interaction,
        lambda session: queries.recommend_user(session, shown.user_id, limit),
        lambda found, texts: cards.games_for_player(shown.user_id, found, texts),
        ephemeral=shown.to_owner_only,
    )


@app_commands.command(description="Show what is known of a game", extras=example(name="Portal 2"))
@app_commands.describe(name="Title or Steam app id")
@app_commands.autocomplete(name=names(NameKind.GAME))
async def game(interaction: Interaction, name: str) -> None:
    """Show a game's card."""
    await answer(interaction, lambda session: queries.game(session, name), cards.game)
