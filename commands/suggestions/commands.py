"""`/recommend`."""

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.access.permissions import heavy
from commands.core.access.privacy import visible_players
from commands.core.options.autocomplete import descriptions, game_lists, names
from commands.core.options.filter_options import FilterOptions, read_filters
from commands.core.options.options import (
    DECK_RATINGS,
    DISCOVERIES,
    DISCOVERY_OPTION,
    FILTER_OPTIONS,
    MODES,
    MaxPrice,
    Year,
    example,
)
from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.request.profile import Profile
from commands.core.request.refusal import CommandError
from commands.core.services.cooldowns import Counted
from commands.core.services.services import Interaction
from commands.suggestions.buttons import suggest
from commands.suggestions.by_name import Best, ForPlayer, LikeGame, LikeGames
from commands.suggestions.for_person import request_for
from commands.suggestions.request import Constraints
from localization.markdown import Markdown
from store.catalogue.game_refs import game_refs
from store.catalogue.store_pages import shareable_games
from store.models import NameKind
from store.names import Understood, understand, understand_listed
from store.queries import Discovery, Filters
from store.results import GameRef

_NO_CONSTRAINTS = Constraints(Filters(), Discovery.BALANCED)
# How many games the button "More like this" finds.
_LIKE_THIS = 5
# How many are suggested to a person who did not ask for any number.
_FOR_ASKER = 5


@app_commands.command(
    description="Find games like one, like several, or for a player", extras=example(game="Portal 2")
)
@app_commands.describe(
    game="A game you like, by title or Steam app id",
    games="Several games you like, with commas between them",
    player="A player in the data, by Steam name or SteamID64; without any of these, your own",
    limit="How many games, 5 if you do not say",
    **FILTER_OPTIONS,
    **DISCOVERY_OPTION,
)
@app_commands.choices(discovery=DISCOVERIES, mode=MODES, deck=DECK_RATINGS)
@app_commands.autocomplete(
    game=names(NameKind.GAME),
    games=game_lists,
    player=names(NameKind.PLAYER),
    genre=descriptions,
    without=descriptions,
)
@heavy
async def recommend(  # noqa: PLR0917 - the options of the command, in the order in which Discord shows them
    interaction: Interaction,
    game: str | None = None,
    games: str | None = None,
    player: str | None = None,
    genre: str | None = None,
    without: str | None = None,
    max_price: MaxPrice | None = None,
    free: bool = False,
    since: Year | None = None,
    until: Year | None = None,
    finished: bool = False,
    mode: str | None = None,
    deck: str | None = None,
    discovery: str = Discovery.BALANCED.value,
    limit: app_commands.Range[int, 1, 10] = 5,
) -> None:
    """Suggest games."""
    ctx = Context.of(interaction)
    translations = ctx.translations
    if sum(option is not None for option in (game, games, player)) > 1:
        raise CommandError(translations.gettext("Give only one of game, games and player."))
    filters, described = await read_filters(
        ctx,
        FilterOptions(
            genre=genre,
            without=without,
            max_price=max_price,
            free=free,
            since=since,
            until=until,
            finished=finished,
            mode=mode,
            deck=deck,
        ),
    )
    constraints = Constraints(filters, Discovery(discovery))
    if game is not None:
        named, guessed = await _game(ctx, game)
        await suggest(ctx, LikeGame(constraints, limit, named), guessed=(*guessed, *described))
    elif games is not None:
        all_named, guessed, lacking = await _games(ctx, games)
        if not all_named:
            raise CommandError(translations.gettext("Name at least one game, with commas between several."))
        like_games = LikeGames(constraints, limit, all_named, lacking)
        await suggest(ctx, like_games, guessed=(*guessed, *described))
    elif player is not None:
        (shown,) = await visible_players(ctx, player)
        request = ForPlayer(constraints, limit, shown.user_id)
        await suggest(ctx, request, guessed=described, ephemeral=shown.to_owner_only)
    else:
        await _suggest_by_profile(ctx, constraints, limit, guessed=described)


async def _suggest_by_profile(
    ctx: Context, constraints: Constraints, limit: int, *, guessed: tuple[str, ...]
) -> None:
    """Suggest games by the person's profile, or the best within the constraints.

    Raises:
        CommandError: The profile is empty, and there are no constraints.
    """
    profile = await _with_shareable(ctx, await ctx.asker.profile())
    own = request_for(profile, constraints, limit)
    if own is None and constraints == _NO_CONSTRAINTS:
        raise CommandError(await _what_to_go_by(ctx))
    await suggest(ctx, own or Best(constraints, limit), guessed=guessed, ephemeral=profile.to_owner_only)


async def _what_to_go_by(ctx: Context) -> Markdown:
    """Say what to do where nothing is known of the person and the question names nothing."""
    translations = ctx.translations
    if await ctx.services.user_data.steam_account(ctx.asker.id) is not None:
        return translations.gettext(
            "Your Steam account is linked, but no library of it is stored; {me} says why and fetches it"
            " again. Or name a game, several games or a player, or say what you like with {taste}.",
            me=translations.command("me"),
            taste=translations.command("taste"),
        )
    return translations.gettext(
        "Name a game, several games or a player, or say what you like with {link} or {taste}.",
        link=translations.command("link"),
        taste=translations.command("taste"),
    )


async def more_like_this(interaction: Interaction, app_id: int) -> None:
    """Suggest games like the one whose button was pressed, only to the person."""
    ctx = Context.of(interaction)
    ctx.take_turn(Counted.BUTTON)
    named, _ = await _game(ctx, str(app_id))
    await suggest(ctx, LikeGame(_NO_CONSTRAINTS, _LIKE_THIS, named), ephemeral=True)


async def suggest_for_asker(interaction: Interaction, above: discord.Embed) -> None:
    """Suggest games by the person's profile, below an embed, only to the person.

    Raises what the query raises.
    """
    ctx = Context.of(interaction)
    profile = await _with_shareable(ctx, await ctx.asker.profile())
    request = request_for(profile, _NO_CONSTRAINTS, _FOR_ASKER)
    if request is not None:
        await suggest(ctx, request, ephemeral=True, above=(above,))


async def _with_shareable(ctx: Context, profile: Profile) -> Profile:
    """Return the same profile, with only those lent games that Steam allows to be lent."""
    if not profile.lent:
        return profile
    lent = await run_or_defer(ctx, lambda session: shareable_games(session, profile.lent), ephemeral=True)
    return replace(profile, lent=lent)


async def _game(ctx: Context, text: str) -> tuple[GameRef, tuple[str, ...]]:
    """Return the game that a text names, and its title if that was guessed. Raises as `understand` does."""

    def find(session: Session) -> tuple[GameRef, tuple[str, ...]]:
        (named,), guessed = _with_guessed(session, (understand(session, NameKind.GAME, text),))
        return named, guessed

    return await run_or_defer(ctx, find, ephemeral=False)


async def _games(ctx: Context, text: str) -> tuple[tuple[GameRef, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the games of a list, the titles of those guessed at, and of those that the data lack.

    Raises as `understand_listed` does.
    """

    def find(session: Session) -> tuple[tuple[GameRef, ...], tuple[str, ...], tuple[str, ...]]:
        listed = understand_listed(session, text)
        return *_with_guessed(session, listed.games), tuple(error.title for error in listed.lacking)

    return await run_or_defer(ctx, find, ephemeral=False)


def _with_guessed(
    session: Session, understood: Sequence[Understood]
) -> tuple[tuple[GameRef, ...], tuple[str, ...]]:
    """Return the games that are understood, and the titles of those that were guessed."""
    refs = game_refs(session, [game.id for game in understood])
    guessed = tuple(refs[game.id].title for game in understood if game.guessed)
    return tuple(refs[game.id] for game in understood), guessed
