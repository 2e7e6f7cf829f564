"""The form that asks which game another is to be compared with."""

from discord import ui

from commands.compare.pair import show_games
from commands.core.buttons.forms import BotForm
from commands.core.replies.replies import open_form
from commands.core.request.context import Context
from commands.core.services.cooldowns import Counted
from commands.core.services.services import AnyInteraction, Interaction
from localization.translations import Translations

# Longer than any title.
_LONGEST = 200


async def ask_for_other(interaction: Interaction, app_id: int) -> None:
    """Ask which game the one whose button was pressed is to be compared with."""
    ctx = Context.of(interaction)
    await open_form(ctx, CompareWith(app_id, ctx.translations))


class CompareWith(BotForm):
    """One line for the other game's title."""

    def __init__(self, app_id: int, translations: Translations) -> None:
        super().__init__(title=translations.gettext("Compare"), custom_id="compare:with")
        self._app_id = app_id
        self._other: ui.TextInput[CompareWith] = ui.TextInput(max_length=_LONGEST)
        self.add_item(
            ui.Label(
                text=translations.gettext("With which game? Title or Steam app id"), component=self._other
            )
        )

    async def on_submit(self, interaction: AnyInteraction, /) -> None:
        """Show both games only to the person."""
        ctx = Context.of(interaction)
        ctx.take_turn(Counted.BUTTON)
        await show_games(ctx, str(self._app_id), self._other.value, ephemeral=True)
