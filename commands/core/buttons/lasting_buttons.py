"""Buttons that work for everybody, and for as long as their message is there.

What a press needs is in the button's custom id, so that no view has to listen for it: it works after a
restart, and beside the buttons of a `PersonalView`. Whoever presses gets a message of their own.
"""

from collections.abc import Awaitable, Callable, Sequence
from re import Match
from typing import Any, TypeAlias

import discord
from discord import ui
from discord.utils import MISSING

from commands.core.cards.games import store_page
from commands.core.replies.explanations import Topic, explain
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction, Interaction
from localization.translations import Translations
from store.results import GameRef

# More games like one.
LIKE = "like"
COMPARE = "compare"
# The person likes a game, or does not.
LIKED = "liked"
DISLIKED = "disliked"

Act: TypeAlias = Callable[[Context], Awaitable[None]]


class LastingButton(ui.Button[Any]):
    """A button that no view listens for; `GameButton` or `HowButton` answers it."""

    def is_dispatchable(self) -> bool:
        """Tell discord.py that no view is to be kept for it."""
        return False


class GameButton(ui.DynamicItem[ui.Button[Any]], template=r"game:(?P<action>[a-z]+):(?P<app_id>[0-9]{1,10})"):
    """Has a feature do something with a game; the features export what in `GAME_ACTIONS`."""

    def __init__(self, item: ui.Button[Any], action: str, app_id: int) -> None:
        super().__init__(item)
        self._action = action
        self._app_id = app_id

    @classmethod
    async def from_custom_id(
        cls, interaction: AnyInteraction, item: ui.Item[Any], match: Match[str], /
    ) -> "GameButton":
        """Return the button that was pressed."""
        assert isinstance(item, ui.Button)
        return cls(item, match["action"], int(match["app_id"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Do it."""
        await _answer(interaction, self._act)

    async def _act(self, ctx: Context) -> None:
        action = ctx.interaction.client.game_actions.get(self._action)
        if action is None:
            await _say_expired(ctx)
            return
        await action(ctx.interaction, self._app_id)


class HowButton(ui.DynamicItem[ui.Button[Any]], template=r"how:(?P<topic>[a-z-]+)"):
    """Explains how the figures of a reply come about."""

    def __init__(self, item: ui.Button[Any], topic: str) -> None:
        super().__init__(item)
        self._topic = topic

    @classmethod
    async def from_custom_id(
        cls, interaction: AnyInteraction, item: ui.Item[Any], match: Match[str], /
    ) -> "HowButton":
        """Return the button that was pressed."""
        assert isinstance(item, ui.Button)
        return cls(item, match["topic"])

    async def callback(self, interaction: AnyInteraction) -> None:
        """Explain it only to the person."""
        await _answer(interaction, self._explain)

    async def _explain(self, ctx: Context) -> None:
        if self._topic in set(Topic):
            await reply(ctx, explain(Topic(self._topic), ctx.translations), ephemeral=True)
        else:
            await _say_expired(ctx)


KINDS: tuple[type[ui.DynamicItem[Any]], ...] = (GameButton, HowButton)


def game_buttons(
    game: GameRef, translations: Translations, *, thumbs_row: int | None = None
) -> tuple[ui.Button[Any], ...]:
    """Return the buttons that lead on from a game, its thumbs in a row of their own where that is given."""
    return (
        ui.Button(label=translations.gettext("Open in Steam"), url=store_page(game)),
        LastingButton(label=translations.gettext("More like this"), custom_id=f"game:{LIKE}:{game.id}"),
        LastingButton(label=translations.gettext("Compare"), custom_id=f"game:{COMPARE}:{game.id}"),
        *taste_buttons(game, rows=(thumbs_row, thumbs_row)),
    )


def taste_buttons(
    game: GameRef, place: str = "", rows: tuple[int | None, int | None] = (None, None)
) -> tuple[ui.Button[Any], ui.Button[Any]]:
    """Return the buttons by which a person says to like a game, or not to.

    Args:
        game: The game.
        place: Its place in a list, where the list has such buttons for each.
        rows: The row of buttons that each of the two stands in.
    """
    kinds = ((LIKED, "👍", rows[0]), (DISLIKED, "👎", rows[1]))
    liked, disliked = (
        LastingButton(label=f"{thumb} {place}".rstrip(), custom_id=f"game:{action}:{game.id}", row=row)
        for action, thumb, row in kinds
    )
    return liked, disliked


def how_button(topic: Topic, translations: Translations) -> ui.Button[Any]:
    """Return the button that explains a topic."""
    return LastingButton(
        label=translations.gettext("How?"), custom_id=f"how:{topic}", style=discord.ButtonStyle.secondary
    )


def view_of(buttons: Sequence[ui.Button[Any]]) -> ui.View:
    """Return what is sent under a reply to show `buttons`; MISSING for none."""
    if not buttons:
        return MISSING  # type: ignore[no-any-return]
    view = ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view


async def _say_expired(ctx: Context) -> None:
    """Answer a button of a version that knew more than this one."""
    sentence = ctx.translations.gettext("These buttons are switched off; ask again to get new ones.")
    await reply(ctx, sentence, ephemeral=True)


async def _answer(interaction: Interaction, act: Act) -> None:
    """Answer a press; discord.py would log what goes wrong, and tell the person nothing."""
    if not await interaction.client.begin(interaction):
        return
    ctx = await Context.load(interaction)
    ctx.response.is_apart = True
    try:
        await act(ctx)
    except Exception as error:
        await interaction.client.handle_error(interaction, error)
