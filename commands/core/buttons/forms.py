"""Forms: what a person fills in and sends, whose errors go to the central handler."""

from discord import ui

from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction


class BotForm(ui.Modal):
    """A form that has a context when it is sent. One that a restart made old is answered by the client."""

    async def interaction_check(self, interaction: AnyInteraction, /) -> bool:
        """Load the context of what was sent."""
        if not await interaction.client.begin(interaction):
            return False
        await Context.load(interaction)
        return True

    async def on_error(self, interaction: AnyInteraction, error: Exception, /) -> None:  # type: ignore[override]
        """Hand every error to the central handler."""
        await interaction.client.handle_error(interaction, error)
