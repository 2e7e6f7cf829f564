"""Asking back which of several things is meant, with a button for each."""

from collections.abc import Sequence
from typing import Final

import discord
from discord import ui

from commands.core.buttons.views import PersonalView
from commands.core.discord_limits import BUTTON_CHARACTERS
from commands.core.options.autocomplete import choices, in_words_of
from commands.core.request.context import Context
from commands.core.request.question import Question
from commands.core.services.services import AnyInteraction
from localization.markdown import shorten
from store.errors import DESCRIPTION, NotFound

_MOST = 5
BUTTON_IDS: Final = tuple(f"names:{place}" for place in range(_MOST))


def candidates(ctx: Context, error: NotFound) -> "Candidates | None":
    """Return buttons that ask the question again with what may have been meant, if any can be pressed."""
    question = ctx.question
    if question is None:
        return None
    closest = error.choices[:_MOST]
    meant = in_words_of(closest, ctx.translations) if error.kind == DESCRIPTION else closest
    named = choices(meant, ctx.translations)
    asked = [(choice.name, question.with_name(error.text, choice.value)) for choice in named]
    questions = [(label, meant) for label, meant in asked if meant is not None]
    return Candidates(ctx, questions) if questions else None


class Candidates(PersonalView):
    """A button for each thing that may have been meant; it answers the question in a message of its own."""

    def __init__(self, ctx: Context, questions: Sequence[tuple[str, Question]]) -> None:
        super().__init__(ctx)
        self._refused = ctx.interaction
        for custom_id, (label, question) in zip(BUTTON_IDS, questions, strict=False):
            self.add_item(_Candidate(custom_id, shorten(label, BUTTON_CHARACTERS), question))

    async def on_timeout(self) -> None:
        """Show that the buttons are off, in the message that has them rather than in an answer."""
        self._latest = self._refused
        await super().on_timeout()


class _Candidate(ui.Button[Candidates]):
    """Asks one question."""

    def __init__(self, custom_id: str, label: str, question: Question) -> None:
        super().__init__(custom_id=custom_id, label=label, style=discord.ButtonStyle.secondary)
        self._question = question

    async def callback(self, interaction: AnyInteraction) -> None:
        """Answer as the command does, after its checks."""
        ctx = Context.of(interaction)
        ctx.ask_apart(self._question)
        command = self._question.command
        for check in command.checks:
            await discord.utils.maybe_coroutine(check, interaction)
        await command.callback(interaction, **self._question.options)  # type: ignore[call-arg]
