"""`/surprise`."""

import asyncio
import random
from dataclasses import dataclass
from typing import Final

import discord
from discord import app_commands, ui
from sqlalchemy.orm import Session

from commands.core.access.permissions import heavy
from commands.core.access.privacy import require_own_here, require_visible_here
from commands.core.buttons.lasting_buttons import game_buttons
from commands.core.buttons.views import PersonalView
from commands.core.options.autocomplete import descriptions
from commands.core.options.filter_options import FilterOptions, read_filters
from commands.core.options.options import FILTER_OPTIONS, example
from commands.core.replies.deferral import in_turn, run_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.provenance import footer
from commands.core.replies.replies import reply, update
from commands.core.replies.taken_as import with_guesses
from commands.core.request.context import Context
from commands.core.request.profile import Profile
from commands.core.services.cooldowns import Counted
from commands.core.services.services import Interaction
from commands.surprise.card import surprise_card
from commands.surprise.draw import Surprise, draw
from localization.translations import Translations
from store import queries
from store.queries import Filters
from store.results import Provenance

ANOTHER: Final = "surprise:another"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn from: the person's profile, and the filters.

    `guessed` are the genres and tags of these that were guessed at.
    """

    profile: Profile
    filters: Filters
    guessed: tuple[str, ...]


@app_commands.command(description="Pick one game for you, right now", extras=example())
@app_commands.describe(genre=FILTER_OPTIONS["genre"])
@app_commands.autocomplete(genre=descriptions)
@heavy
async def surprise(interaction: Interaction, genre: str | None = None) -> None:
    """Show one game."""
    ctx = Context.of(interaction)
    filters, guessed = await read_filters(ctx, FilterOptions(genre=genre))
    drawing = Drawing(await ctx.asker.profile(), filters, guessed)
    to_asker_only = drawing.profile.to_owner_only
    found, source = await _draw(ctx, drawing, ephemeral=to_asker_only)
    view = SurpriseButtons(ctx, drawing, found, source)
    await require_visible_here(ctx, view.players)  # finding it may have taken long
    await reply(ctx, embed=view.embed(ctx.translations), view=view, ephemeral=to_asker_only)


async def _draw(ctx: Context, drawing: Drawing, *, ephemeral: bool) -> tuple[Surprise, Provenance]:
    """Draw a game that the person has neither hidden nor been shown lately. Raises as `draw` does."""
    lately, person, request = ctx.services.recently_shown, ctx.asker.id, ("surprise", drawing.filters)
    hidden = await ctx.asker.known_unwanted_games() or frozenset()
    seen = lately.games(person, request)
    profile = drawing.profile

    def find(session: Session) -> tuple[Surprise, Provenance]:
        found = draw(session, profile, drawing.filters, hidden=hidden, seen=seen, rng=random.SystemRandom())
        return found, queries.provenance(session)

    found, source = await run_or_defer(ctx, find, ephemeral=ephemeral)
    lately.add(person, request, [found.ref.id])
    return found, source


class SurpriseButtons(PersonalView):
    """Another game in the same reply, and what leads on from this one."""

    def __init__(self, ctx: Context, drawing: Drawing, found: Surprise, source: Provenance) -> None:
        super().__init__(ctx)
        self._drawing = drawing
        self._found = found
        self._source = source
        # Two quick presses must not both draw.
        self._one_at_a_time = asyncio.Lock()
        self._offer_buttons(ctx.translations)

    @property
    def players(self) -> tuple[str, ...]:
        """The player whose taste the game is for."""
        user_id = self._drawing.profile.user_id
        return () if user_id is None else (user_id,)

    async def may_press(self, ctx: Context) -> bool:
        """Let the owner through while that part of the profile is still there. Raises as its base does."""
        if not await super().may_press(ctx):
            return False
        await require_own_here(ctx, self._drawing.profile.own_part)
        return True

    def embed(self, translations: Translations) -> discord.Embed:
        """Show the game."""
        foot = footer(self._source, translations)
        card = with_guesses(surprise_card(self._found, translations), self._drawing.guessed, translations)
        return embed_of(card, translations, foot)

    @ui.button(custom_id=ANOTHER, style=discord.ButtonStyle.primary)
    async def another(self, interaction: Interaction, _button: ui.Button["SurpriseButtons"]) -> None:
        """Draw another game."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            ctx.take_turn(Counted.BUTTON)
            self._found, self._source = await _draw(ctx, self._drawing, ephemeral=True)
            await require_visible_here(ctx, self.players)  # it may have taken long
            self._offer_buttons(ctx.translations)
            await update(ctx, embed=self.embed(ctx.translations), view=self)

    def _offer_buttons(self, translations: Translations) -> None:
        self.another.label = translations.gettext("Another one")
        self.clear_items()
        for button in (self.another, *game_buttons(self._found.ref, translations, thumbs_row=1)):
            self.add_item(button)
