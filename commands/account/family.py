"""`/family`: whose games of the same Steam family count as borrowable, as both want it."""

from datetime import UTC, datetime
from typing import Final

import discord
from discord import app_commands, ui

from commands.core.buttons.views import BotView
from commands.core.options.options import example
from commands.core.replies.deferral import finish_or_defer, write_or_defer
from commands.core.replies.replies import reply, update
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.services import Interaction
from localization.markdown import Markdown
from store import user_data

AGREE: Final = "family:agree"
DECLINE: Final = "family:decline"

# The one who is asked need not be there at once.
_SECONDS_TO_ANSWER = 3_600.0

family = app_commands.Group(name="family", description="Whose games of your Steam family you can borrow")


@family.command(
    description="Ask a member of your Steam family to lend you games", extras=example(member="@…")
)
@app_commands.describe(member="Who lends; they are asked here, and press a button")
async def add(interaction: Interaction, member: discord.User) -> None:
    """Ask somebody, in the channel, to lend."""
    ctx = Context.of(interaction)
    translations = ctx.translations
    if member.id == ctx.asker.id or member.bot:
        raise CommandError(translations.gettext("Name another person of your Steam family."))
    await reply(
        ctx,
        translations.gettext(
            "{lender}, {borrower} says that you are in the same Steam family. May the games of your Steam"
            " library count as games that {borrower} can borrow? Replies to {borrower} may show them; your"
            " hours are never used.",
            lender=Markdown(member.mention),
            borrower=Markdown(interaction.user.mention),
        ),
        view=Asked(ctx, member.id),
    )


@family.command(description="Stop lending to and borrowing from somebody", extras=example(member="@…"))
@app_commands.describe(member="Who no longer lends to you, and to whom you no longer lend")
async def remove(interaction: Interaction, member: discord.User) -> None:
    """End what two people agreed on."""
    ctx = Context.of(interaction)
    asker, other = ctx.asker.id, member.id
    ended = await write_or_defer(ctx, lambda session: user_data.end_lending(session, asker, other))
    translations = ctx.translations
    if not ended:
        raise CommandError(translations.gettext("Neither of you lends to the other."))
    await reply(ctx, translations.gettext("Neither of you borrows from the other any more."), ephemeral=True)


class Asked(BotView):
    """Two buttons for the one who is asked to lend."""

    def __init__(self, ctx: Context, lender: int) -> None:
        super().__init__(timeout=_SECONDS_TO_ANSWER)
        self._borrower, self._lender = ctx.asker.id, lender
        self.agree.label = ctx.translations.gettext("I agree")
        self.decline.label = ctx.translations.gettext("No")
        self._open_views = ctx.services.open_views
        self._open_views.use(self)

    def stop(self) -> None:
        """Stop listening."""
        self._open_views.close(self)
        super().stop()

    async def on_timeout(self) -> None:
        """Take no answer any more; a press is answered by a sentence."""
        self._open_views.close(self)

    async def may_press(self, ctx: Context) -> bool:
        """Let through the one who is asked, and tell anybody else."""
        if ctx.asker.id == self._lender:
            return True
        sentence = ctx.translations.gettext("These buttons are for the person who is asked.")
        await reply(ctx, sentence, ephemeral=True)
        return False

    @ui.button(custom_id=AGREE, style=discord.ButtonStyle.success)
    async def agree(self, interaction: Interaction, _button: ui.Button["Asked"]) -> None:
        """Write down that the person lends, who must have a library here for that."""
        ctx = Context.of(interaction)
        translations, services = ctx.translations, ctx.services
        account = await services.user_data.steam_account(self._lender)
        if account is None or account.fetched_at is None:
            raise CommandError(
                translations.gettext(
                    "Your library is not here yet; {link} fetches it. Then press “I agree” again.",
                    link=translations.command("link"),
                )
            )
        lender, borrower = self._lender, self._borrower
        await finish_or_defer(
            ctx,
            services.user_data.write(
                lambda session: user_data.lend(session, lender, borrower, datetime.now(UTC))
            ),
        )
        self.stop()
        sentence = translations.gettext(
            "{lender} lends games to {borrower}; {remove} ends that for both.",
            lender=Markdown(f"<@{lender}>"),
            borrower=Markdown(f"<@{borrower}>"),
            remove=translations.command("family remove"),
        )
        await update(ctx, content=sentence)

    @ui.button(custom_id=DECLINE, style=discord.ButtonStyle.secondary)
    async def decline(self, interaction: Interaction, _button: ui.Button["Asked"]) -> None:
        """Leave everything as it is."""
        ctx = Context.of(interaction)
        self.stop()
        await update(ctx, content=ctx.translations.gettext("Nothing is lent, and nothing was stored."))
