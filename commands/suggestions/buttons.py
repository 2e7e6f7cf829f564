"""The buttons under suggestions: others, more like one of them, and never again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import discord
from discord import ui
from sqlalchemy.orm import Session

from commands.core.privacy import hidden_games, require_shown_here
from commands.core.replies import reply, update
from commands.core.services import Interaction, texts_for
from commands.core.views import PersonalView
from commands.suggestions.asking import Shown, ask_instead, ask_next
from commands.suggestions.questions import LikeGame, Question
from localization.markdown import clean, shorten
from localization.translations import Texts
from store import user_data
from store.results import GameRef

ANOTHER: Final = "games:another"
LIKE: Final = "games:like"
HIDE: Final = "games:hide"
UNDO: Final = "games:undo"
BACK: Final = "games:back"
CANCEL: Final = "games:cancel"
LIKE_WHICH: Final = "games:like-which"
HIDE_WHICH: Final = "games:hide-which"

# How many lists a person can go back; each is held for as long as the buttons work.
_MOST_BACK = 20
# Discord's limit for the label of an option.
_LABEL = 100

Choose = Callable[[Interaction, tuple[GameRef, ...]], Awaitable[None]]


async def suggest(interaction: Interaction, question: Question[Any], *, ephemeral: bool = False) -> None:
    """Reply with the games that answer a question, and with buttons. Raises what the query raises."""
    shown = await ask_next(interaction, question, ephemeral=ephemeral)
    view = SuggestionButtons(interaction, shown)
    await reply(interaction, embed=shown.embed(texts_for(interaction)), view=view, ephemeral=ephemeral)


class SuggestionButtons(PersonalView):
    """Buttons that show other games in the same reply; which game is meant is chosen from a menu there."""

    def __init__(self, interaction: Interaction, shown: Shown[Any]) -> None:
        super().__init__(interaction)
        self._now = shown
        self._before: list[Shown[Any]] = []
        self._undo: list[tuple[Shown[Any], tuple[GameRef, ...]]] = []
        # Two quick presses must not both go by what is shown now.
        self._one_at_a_time = asyncio.Lock()
        self._offer_buttons(texts_for(interaction))

    @ui.button(custom_id=ANOTHER, style=discord.ButtonStyle.primary)
    async def another(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Show as many others."""
        async with self._one_at_a_time:
            await self._go_on(interaction, self._now.question)

    @ui.button(custom_id=LIKE)
    async def like(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Ask which game the next list should be like, and show that list."""
        placeholder = texts_for(interaction).gettext("More like which game?")
        await self._choose(interaction, LIKE_WHICH, placeholder, 1, self._show_like)

    @ui.button(custom_id=HIDE)
    async def hide(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Ask which games are never to be suggested again, and replace them."""
        placeholder = texts_for(interaction).gettext("Which games are not for you?")
        await self._choose(interaction, HIDE_WHICH, placeholder, len(self._now.games), self._hide)

    @ui.button(custom_id=UNDO)
    async def undo(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Bring back what was hidden last."""
        async with self._one_at_a_time:
            if self._undo:
                before, games = self._undo[-1]
                await self._change_hidden(interaction, games, user_data.unhide_game)
                self._undo.pop()
                self._now = before
            await self._show(interaction)

    @ui.button(custom_id=BACK)
    async def back(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Show the list before, without what was hidden since."""
        async with self._one_at_a_time:
            if self._before:
                before = self._before[-1]
                await require_shown_here(interaction, before.question.players)
                hidden = await hidden_games(interaction)
                gone = [game for game in before.games if game.id in hidden]
                self._now = (
                    replace(await ask_instead(interaction, before, gone), hidden=0) if gone else before
                )
                self._before.pop()
                self._undo.clear()
            await self._show(interaction)

    @ui.button(custom_id=CANCEL)
    async def cancel(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Choose no game after all."""
        await self._show(interaction)

    async def _show_like(self, interaction: Interaction, games: tuple[GameRef, ...]) -> None:
        now = self._now.question
        await self._go_on(interaction, LikeGame(now.within, now.limit, games[0]))

    async def _go_on(self, interaction: Interaction, question: Question[Any]) -> None:
        interaction.client.services.cooldowns.take(interaction.user.id)
        await require_shown_here(interaction, question.players)
        shown = await ask_next(interaction, question, ephemeral=True)
        self._before = [*self._before, replace(self._now, hidden=0)][-_MOST_BACK:]
        self._undo.clear()
        self._now = shown
        await self._show(interaction)

    async def _hide(self, interaction: Interaction, games: tuple[GameRef, ...]) -> None:
        await require_shown_here(interaction, self._now.question.players)
        await self._change_hidden(interaction, games, user_data.hide_game)
        shown = await ask_instead(interaction, self._now, games)
        self._undo.append((self._now, games))
        self._now = shown
        await self._show(interaction)

    async def _change_hidden(
        self,
        interaction: Interaction,
        games: Sequence[GameRef],
        change: Callable[[Session, int, int], None],
    ) -> None:
        person = interaction.user.id

        def change_all(session: Session) -> None:
            for game in games:
                change(session, person, game.id)

        await interaction.client.services.ledger.write(change_all)

    async def _choose(
        self, interaction: Interaction, custom_id: str, placeholder: str, most: int, then: Choose
    ) -> None:
        """Have the person choose among the games on show, unless there is but one."""
        games = self._now.games
        if len(games) == 1:
            async with self._one_at_a_time:
                await then(interaction, games)
            return
        self.clear_items()
        self.add_item(_Menu(custom_id, placeholder, games, most, self._chosen(then)))
        self.cancel.label = texts_for(interaction).gettext("Cancel")
        self.add_item(self.cancel)
        await update(interaction, view=self)

    def _chosen(self, then: Choose) -> Choose:
        async def chosen(interaction: Interaction, games: tuple[GameRef, ...]) -> None:
            async with self._one_at_a_time:
                await then(interaction, games)

        return chosen

    async def _show(self, interaction: Interaction) -> None:
        texts = texts_for(interaction)
        self._offer_buttons(texts)
        await update(interaction, embed=self._now.embed(texts), view=self)

    def _offer_buttons(self, texts: Texts) -> None:
        count = self._now.question.limit
        self.another.label = texts.ngettext("Another one", "Another {count}", count)
        self.like.label = texts.gettext("More like this")
        self.hide.label = texts.gettext("Not for me")
        self.undo.label = texts.gettext("Undo")
        self.back.label = texts.gettext("Back")
        self.clear_items()
        self.add_item(self.another)
        if self._now.games:
            self.add_item(self.like)
            self.add_item(self.hide)
        if self._undo:
            self.add_item(self.undo)
        if self._before:
            self.add_item(self.back)


class _Menu(ui.Select[SuggestionButtons]):
    """The games on show, to choose one or several of."""

    def __init__(
        self, custom_id: str, placeholder: str, games: Sequence[GameRef], most: int, then: Choose
    ) -> None:
        super().__init__(
            custom_id=custom_id,
            placeholder=placeholder,
            max_values=most,
            options=[
                discord.SelectOption(label=_label(rank, game), value=str(game.id))
                for rank, game in enumerate(games, start=1)
            ],
        )
        self._games = {str(game.id): game for game in games}
        self._then = then

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        await self._then(interaction, tuple(self._games[value] for value in self.values))


def _label(rank: int, game: GameRef) -> str:
    return shorten(f"{rank}. {clean(game.title)}", _LABEL)
