"""`/play-together`."""

from collections.abc import Sequence

import discord
from discord import app_commands

from commands.core.access.permissions import heavy
from commands.core.access.privacy import VisiblePlayer, visible_players
from commands.core.options.autocomplete import descriptions, names
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
from commands.core.replies.replies import is_quiet, reply
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.rounds import MOST_SEATS, Round, Seat
from commands.core.services.services import Interaction
from commands.suggestions.buttons import suggest
from commands.suggestions.by_name import ForGroup
from commands.suggestions.request import Constraints
from commands.suggestions.together.named import NamedPerson, named_people, too_many
from commands.suggestions.together.people import is_counted_unasked, seat_of
from commands.suggestions.together.view import RoundButtons
from store.models import NameKind
from store.queries import Discovery

_player = names(NameKind.PLAYER)
_ALL_KNOWN = 2


@app_commands.command(
    name="play-together",
    description="Ask “What are we playing?”: whoever joins gets a list, and votes",
    extras=example(),
)
@app_commands.describe(
    friend1="Somebody on Discord who plays too",
    friend2="Another friend",
    friend3="A third friend",
    friend4="A fourth friend",
    friend5="A fifth friend",
    friends="Several friends at once, as mentions: @Ana @Ben",
    player1="A player in the data, by Steam name or SteamID64",
    player2="The second player; two players and no friend get their list at once",
    player3="The third player",
    player4="The fourth player",
    player5="The fifth player",
    player6="The sixth player",
    player7="The seventh player",
    player8="The eighth player",
    limit="How many games of each kind, 3 if you do not say",
    **FILTER_OPTIONS,
    **DISCOVERY_OPTION,
)
@app_commands.choices(discovery=DISCOVERIES, mode=MODES, deck=DECK_RATINGS)
@app_commands.autocomplete(
    player1=_player,
    player2=_player,
    player3=_player,
    player4=_player,
    player5=_player,
    player6=_player,
    player7=_player,
    player8=_player,
    genre=descriptions,
    without=descriptions,
)
@heavy
async def play_together(  # noqa: PLR0917 - the options of the command, in the order in which Discord shows them
    interaction: Interaction,
    friend1: discord.User | None = None,
    friend2: discord.User | None = None,
    friend3: discord.User | None = None,
    friend4: discord.User | None = None,
    friend5: discord.User | None = None,
    friends: str = "",
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
    limit: app_commands.Range[int, 1, 5] = 3,
    player1: str | None = None,
    player2: str | None = None,
    player3: str | None = None,
    player4: str | None = None,
    player5: str | None = None,
    player6: str | None = None,
    player7: str | None = None,
    player8: str | None = None,
) -> None:
    """Suggest games for a group: at once for players of the data alone, else for those who join."""
    ctx = Context.of(interaction)
    chosen = [friend for friend in (friend1, friend2, friend3, friend4, friend5) if friend is not None]
    named = (player1, player2, player3, player4, player5, player6, player7, player8)
    players = await _players(ctx, [player for player in named if player is not None])
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
    if not chosen and not friends and len(players) >= _ALL_KNOWN:
        request = ForGroup(constraints, limit, tuple(player.user_id for player in players))
        is_to_asker_only = any(player.to_owner_only for player in players)
        await suggest(ctx, request, guessed=described, ephemeral=is_to_asker_only)
    else:
        await run_or_defer(ctx, lambda _: None, ephemeral=False)  # without data nobody need join
        _require_room_for_others(ctx)
        people = await named_people(ctx, chosen, friends)
        await _begin_round(ctx, people, players, constraints, limit)


async def _players(ctx: Context, named: Sequence[str]) -> Sequence[VisiblePlayer]:
    """Return the named players of the data. Raises CommandError for one twice, else as `visible_players`."""
    if not named:
        return ()
    shown = await visible_players(ctx, *named)
    if len({player.user_id for player in shown}) < len(shown):
        raise CommandError(ctx.translations.gettext("Name different players; one of them is named twice."))
    return shown


async def _begin_round(
    ctx: Context,
    friends: Sequence[NamedPerson],
    players: Sequence[VisiblePlayer],
    constraints: Constraints,
    limit: int,
) -> None:
    """Post the question that people join, with those counted who need not be asked."""
    _require_people(ctx, friends, players)
    asker = NamedPerson.of(ctx.interaction.user)
    people = {person.id: person for person in (asker, *friends)}
    if len(people) + len(players) > MOST_SEATS:
        raise too_many(ctx.translations)
    begun = Round(asker.id, invited=tuple(people))
    for player in players:
        begun.join(Seat(player.user_id))
    for person in people.values():
        if await is_counted_unasked(ctx, person):
            begun.join(seat_of(person.id))
    view = RoundButtons(ctx, begun, constraints, limit)
    await reply(ctx, embed=view.page, view=view)


def _require_room_for_others(ctx: Context) -> None:
    """Raise CommandError where nobody else would see the question."""
    translations = ctx.translations
    if ctx.interaction.guild_id is None and ctx.interaction.context.dm_channel:
        raise CommandError(
            translations.gettext("Nobody can join you here; ask on a server, or in a chat with your friends.")
        )
    if is_quiet(ctx):
        raise CommandError(
            translations.gettext(
                "On this server only you see the reply to this command, so nobody could join; ask in"
                " another channel, or name two players of the data."
            )
        )


def _require_people(ctx: Context, friends: Sequence[NamedPerson], players: Sequence[VisiblePlayer]) -> None:
    """Raise CommandError for friends that play nothing, and for the asker's own private player."""
    translations = ctx.translations
    if any(friend.is_bot for friend in friends):
        raise CommandError(translations.gettext("Bots play nothing; name people."))
    if any(player.to_owner_only for player in players):
        raise CommandError(
            translations.gettext("One of these players is you, and private; leave it out and press Join.")
        )
