"""The form by which somebody joins a round with games that are named then and there."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from discord import ui
from sqlalchemy.orm import Session

from commands.core.buttons.forms import BotForm
from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction
from localization.translations import Translations
from store.models import NameKind
from store.names import understand

# Longer than any title.
_LONGEST = 200
_MOST_PICKS = 3

Picked: TypeAlias = Callable[[Context, Sequence[int]], Awaitable[None]]


class PickGames(BotForm):
    """Three lines, of which one is enough."""

    def __init__(self, then: Picked, translations: Translations) -> None:
        """Call `then` with the app ids of the games that were named."""
        super().__init__(
            title=translations.gettext("Join with games that you like"), custom_id="together:games"
        )
        self._then = then
        labels = (
            translations.gettext("A game that you like"),
            translations.gettext("Another one"),
            translations.gettext("And another one"),
        )
        self._games: list[ui.TextInput[PickGames]] = []
        for place, label in enumerate(labels[:_MOST_PICKS]):
            line: ui.TextInput[PickGames] = ui.TextInput(max_length=_LONGEST, required=place == 0)
            self._games.append(line)
            self.add_item(ui.Label(text=label, component=line))

    async def on_submit(self, interaction: AnyInteraction, /) -> None:
        """Count the person in by these games; a name that is not known is told to that person alone."""
        ctx = Context.of(interaction)
        ctx.response.is_in_place = True
        named = [line.value.strip() for line in self._games if line.value.strip()]

        def find(session: Session) -> list[int]:
            return [understand(session, NameKind.GAME, name).id for name in named]

        await self._then(ctx, await run_or_defer(ctx, find, ephemeral=True))
