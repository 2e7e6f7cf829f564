"""The buttons of a round: join, leave, show the games, vote, decide."""

import asyncio
from collections.abc import Sequence
from typing import Final

import discord
from discord import ui

from commands.core.buttons.lasting_buttons import how_button
from commands.core.buttons.views import TimedView
from commands.core.cards.filters_line import filters_line
from commands.core.cards.games import store_page
from commands.core.replies.deferral import in_turn
from commands.core.replies.embeds import embed_of
from commands.core.replies.explanations import Topic
from commands.core.replies.provenance import footer
from commands.core.replies.replies import open_form, update
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.cooldowns import Counted
from commands.core.services.rounds import NoSeat, Phase, Round
from commands.core.services.services import AnyInteraction, Interaction
from commands.suggestions.request import Constraints
from commands.suggestions.together.form import PickGames
from commands.suggestions.together.people import has_profile, seat_of
from commands.suggestions.together.round_card import decided_card, gathering_card, voting_card
from commands.suggestions.together.search import Found, find_games
from localization.markdown import clean, shorten
from store.results import GameRef

JOIN: Final = "together:join"
PICK: Final = "together:pick"
LEAVE: Final = "together:leave"
SHOW: Final = "together:show"
DECIDE: Final = "together:decide"
VOTES: Final = tuple(f"together:vote-{place}" for place in range(10))
BUTTON_IDS: Final = (JOIN, PICK, LEAVE, SHOW, DECIDE, *VOTES)

# Times the usual timeout: gathering people takes longer. Discord's token is good for 15 minutes.
_TIMES_AS_LONG = 5
# How many characters of a title a button shows: the width of a phone.
_LABEL = 36
# The rows of buttons: votes for what all can play, votes for what none owns, all else.
_PLAY_NOW, _TO_BUY, _LAST_ROW = 0, 1, 2


class RoundButtons(TimedView):
    """A round that everybody in the channel may join, until its games are shown.

    One press is dealt with after the other, and each looks at what the ones before it have left.
    """

    def __init__(self, ctx: Context, begun: Round, constraints: Constraints, limit: int) -> None:
        super().__init__(ctx)
        if self.timeout is not None:
            self.timeout *= _TIMES_AS_LONG
        self._round = begun
        self._constraints = constraints
        self._limit = limit
        # All read it, so that it is in the language of whoever asked.
        self._translations = ctx.translations
        self._found: Found | None = None
        self._one_at_a_time = asyncio.Lock()
        ctx.services.rounds.add(begun)
        self._offer_buttons()

    async def may_press(self, ctx: Context) -> bool:
        """Let everybody through, and count no player of the data any more who has become private."""
        visibility = await ctx.services.user_data.visibility()
        self._round.drop_players(visibility.hides)
        return True

    @property
    def page(self) -> discord.Embed:
        """The round as it is now."""
        translations, begun, found = self._translations, self._round, self._found
        limits = filters_line(self._constraints.filters, translations, self._constraints.discovery)
        if found is None:
            return embed_of(gathering_card(begun, limits, translations), translations)
        if begun.phase is Phase.VOTING:
            card = voting_card(begun, found, limits, translations)
        else:
            card = decided_card(begun, found.games, self._winner(found), translations)
        return embed_of(card, translations, footer(found.source, translations))

    @ui.button(custom_id=JOIN, style=discord.ButtonStyle.primary)
    async def join(self, interaction: Interaction, _button: ui.Button["RoundButtons"]) -> None:
        """Count the person in by what the bot knows; ask for games where it knows nothing."""
        ctx = Context.of(interaction)
        if await has_profile(ctx.services.user_data, ctx.asker.id):
            await self._take_seat(ctx, ())
        else:
            await open_form(ctx, PickGames(self._take_seat, ctx.translations))

    @ui.button(custom_id=PICK)
    async def pick(self, interaction: Interaction, _button: ui.Button["RoundButtons"]) -> None:
        """Count the person in by games that are named now."""
        ctx = Context.of(interaction)
        await open_form(ctx, PickGames(self._take_seat, ctx.translations))

    @ui.button(custom_id=SHOW, style=discord.ButtonStyle.success)
    async def reveal(self, interaction: Interaction, _button: ui.Button["RoundButtons"]) -> None:
        """Find the games, which ends the joining."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            if self._round.phase is Phase.GATHERING:
                self._require_part(ctx)
                ctx.take_turn(Counted.BUTTON)
                self._found = await find_games(ctx, self._round, self._constraints, self._limit)
                self._round.phase = Phase.VOTING
            await self._show(ctx)

    @ui.button(custom_id=DECIDE, style=discord.ButtonStyle.success)
    async def decide(self, interaction: Interaction, _button: ui.Button["RoundButtons"]) -> None:
        """End the vote with what there is."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            if self._round.phase is Phase.VOTING:
                self._require_part(ctx)
                if not self._round.votes:
                    raise CommandError(ctx.translations.gettext("Nobody has voted yet."))
                self._decide()
            await self._show(ctx)

    @ui.button(custom_id=LEAVE)
    async def leave(self, interaction: Interaction, _button: ui.Button["RoundButtons"]) -> None:
        """Count the person no more."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            if self._round.phase is not Phase.DECIDED:
                self._round.leave(ctx.asker.id)
                self._decide_if_complete()
            await self._show(ctx)

    async def vote(self, ctx: Context, game: GameRef) -> None:
        """Take the person's vote; the last one decides."""
        async with in_turn(ctx, self._one_at_a_time):
            if self._round.phase is Phase.VOTING:
                if not self._round.has_joined(ctx.asker.id):
                    sentence = ctx.translations.gettext("Only those who joined before can vote.")
                    raise CommandError(sentence)
                self._round.vote(ctx.asker.id, game.id)
                self._decide_if_complete()
            await self._show(ctx)

    async def _take_seat(self, ctx: Context, app_ids: Sequence[int]) -> None:
        translations = ctx.translations
        async with in_turn(ctx, self._one_at_a_time):
            if self._round.phase is not Phase.GATHERING:
                raise CommandError(
                    translations.gettext("The games are shown already, so nobody can join any more.")
                )
            try:
                self._round.join(seat_of(ctx.asker.id, app_ids))
            except NoSeat:
                raise CommandError(
                    translations.gettext("Eight have joined, and there is room for no more.")
                ) from None
            await self._show(ctx)

    def _require_part(self, ctx: Context) -> None:
        """Let those go on who joined, and whoever asked. Raises CommandError for others."""
        if ctx.asker.id != self._round.host and not self._round.has_joined(ctx.asker.id):
            raise CommandError(ctx.translations.gettext("That is for those who joined; press Join first."))

    def _decide_if_complete(self) -> None:
        if self._round.phase is Phase.VOTING and self._round.is_complete:
            self._decide()

    def _decide(self) -> None:
        assert self._found is not None  # there is something to vote for
        self._round.decide([game.id for game in self._found.games.games])

    def _winner(self, found: Found) -> GameRef:
        return next(game for game in found.games.games if game.id == self._round.decided)

    async def _show(self, ctx: Context) -> None:
        self._offer_buttons()
        await update(ctx, embed=self.page, view=self)
        self.answered(ctx)
        if self._round.phase is Phase.DECIDED:
            self.stop()

    def _offer_buttons(self) -> None:
        self.clear_items()
        if self._found is None:
            self._offer_joining()
        elif self._round.phase is Phase.VOTING:
            self._offer_votes(self._found)
        else:
            url = store_page(self._winner(self._found))
            self.add_item(ui.Button(label=self._translations.gettext("Open in Steam"), url=url))

    def _offer_joining(self) -> None:
        translations = self._translations
        self.join.label = translations.gettext("Join")
        self.pick.label = translations.gettext("Join with games")
        self.leave.label = translations.gettext("Leave")
        self.reveal.label = translations.gettext("Show the games")
        for button in (self.join, self.pick, self.leave, self.reveal):
            self.add_item(button)

    def _offer_votes(self, found: Found) -> None:
        translations = self._translations
        now = len(found.games.lists.play_now)
        for place, (custom_id, game) in enumerate(zip(VOTES, found.games.games, strict=False), start=1):
            self.add_item(_Vote(custom_id, place, game, _PLAY_NOW if place <= now else _TO_BUY))
        self.decide.label = translations.gettext("Decide now")
        self.leave.label = translations.gettext("Leave")
        for button in (self.decide, self.leave, how_button(Topic.GROUP, translations)):
            button.row = _LAST_ROW
            self.add_item(button)


class _Vote(ui.Button[RoundButtons]):
    """A vote for one game."""

    def __init__(self, custom_id: str, place: int, game: GameRef, row: int) -> None:
        label = shorten(f"{place}. {clean(game.title)}", _LABEL)
        super().__init__(custom_id=custom_id, label=label, style=discord.ButtonStyle.primary, row=row)
        self._game = game

    async def callback(self, interaction: AnyInteraction) -> None:
        """Vote for it."""
        assert self.view is not None
        await self.view.vote(Context.of(interaction), self._game)
