"""`/recommend` and `/game`."""

from dataclasses import dataclass

from discord import app_commands
from sqlalchemy.orm import Session

from commands.answering import Refusal, answer
from commands.autocomplete import names
from commands.cards import games as cards
from commands.host import Interaction, texts_for
from commands.options import Year, example
from commands.permissions import heavy
from commands.privacy import ShownPlayer, hidden_games, linked_player, own_player, shown_player
from store import queries
from store.models import NameKind
from store.names import resolve
from store.queries import Discovery, Filters
from store.queries.game_refs import game_refs
from store.results import GameRef, Recommendations


@app_commands.command(
    description="Find games like one, like several, or for a player", extras=example(game="Portal 2")
)
@app_commands.describe(
    game="A game you like, by title or Steam app id",
    games="Several games you like, with commas between them",
    player="A player of the data, by Steam name or SteamID64; without any of these, your own",
    genre="Only games of this genre",
    tag="Only games with this tag",
    max_price="Only games that cost at most this many US dollars",
    free="Only free games",
    since="Only games released in this year or later",
    finished="No early access games",
    discovery="How well known the games should be",
    limit="How many games, 5 if you do not say",
)
@app_commands.choices(
    discovery=[
        app_commands.Choice(name="Popular games", value=Discovery.POPULAR.value),
        app_commands.Choice(name="A balance", value=Discovery.BALANCED.value),
        app_commands.Choice(name="Hidden gems", value=Discovery.HIDDEN_GEMS.value),
    ]
)
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
    max_price: app_commands.Range[float, 0, 1000] | None = None,
    free: bool = False,
    since: Year | None = None,
    finished: bool = False,
    discovery: str = Discovery.BALANCED.value,
    limit: app_commands.Range[int, 1, 10] = 5,
) -> None:
    """Suggest games."""
    if sum(option is not None for option in (game, games, player)) > 1:
        raise Refusal(texts_for(interaction).gettext("Give one of game, games and player."))
    filters = Filters(
        genre=genre,
        tag=tag,
        max_price=max_price,
        free_only=free,
        released_since=since,
        exclude_early_access=finished,
    )
    wanted = _Wanted(filters, Discovery(discovery), await hidden_games(interaction), limit)
    if game is not None:
        await _like(interaction, game, wanted)
    elif games is not None:
        await _like_several(interaction, games, wanted)
    elif player is not None:
        await _for_player(interaction, await shown_player(interaction, player), wanted)
    else:
        if await linked_player(interaction) is None:
            texts = texts_for(interaction)
            raise Refusal(
                texts.gettext(
                    "Name a game, several games or a player; {link} lets you leave that out.",
                    link=texts.command("link"),
                )
            )
        own = await own_player(interaction)
        await _for_player(interaction, ShownPlayer(own.user_id, not own.public), wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which games, and how many, whatever they are to be like."""

    filters: Filters
    discovery: Discovery
    hidden: frozenset[int]
    limit: int


async def _like(interaction: Interaction, title: str, wanted: _Wanted) -> None:
    def query(session: Session) -> tuple[GameRef, Recommendations]:
        asked = resolve(session, NameKind.GAME, title)
        found = queries.recommend_game(
            session,
            asked,
            wanted.limit,
            filters=wanted.filters,
            discovery=wanted.discovery,
            exclude=wanted.hidden,
        )
        return game_refs(session, [asked])[asked], found

    await answer(interaction, query, lambda found, texts: cards.similar_games(*found, texts))


async def _like_several(interaction: Interaction, titles: str, wanted: _Wanted) -> None:
    def query(session: Session) -> tuple[tuple[str, ...], Recommendations]:
        named = queries.games_named(session, titles)
        found = queries.recommend_library(
            session,
            dict.fromkeys(named),
            wanted.limit,
            filters=wanted.filters,
            discovery=wanted.discovery,
            exclude=wanted.hidden,
        )
        return tuple(named.values()), found

    await answer(interaction, query, lambda found, texts: cards.games_for_those_who_like(*found, texts))


async def _for_player(interaction: Interaction, shown: ShownPlayer, wanted: _Wanted) -> None:
    await answer(
        interaction,
        lambda session: queries.recommend_user(
            session,
            shown.user_id,
            wanted.limit,
            filters=wanted.filters,
            discovery=wanted.discovery,
            exclude=wanted.hidden,
        ),
        lambda found, texts: cards.games_for_player(shown.user_id, found, texts),
        ephemeral=shown.to_owner_only,
    )


@app_commands.command(description="Show what is known of a game", extras=example(name="Portal 2"))
@app_commands.describe(name="Title or Steam app id")
@app_commands.autocomplete(name=names(NameKind.GAME))
async def game(interaction: Interaction, name: str) -> None:
    """Show a game's card."""
    await answer(interaction, lambda session: queries.game(session, name), cards.game)
