"""`/link`, `/me`, `/unlink` and `/forget-me`: a person's own player, and what is stored of the person."""

import discord
from discord import app_commands, ui
from sqlalchemy.orm import Session

from commands.account import card as cards
from commands.core.autocomplete import names
from commands.core.context import Context
from commands.core.deferral import finish_or_defer, write_or_defer
from commands.core.embeds import embed_of
from commands.core.library_chart import library_chart
from commands.core.options import example
from commands.core.player_card import userdata_card
from commands.core.privacy import own_player, visible_players
from commands.core.refusal import CommandError
from commands.core.replies import reply, update
from commands.core.respond import respond
from commands.core.services import Interaction
from commands.core.views import PersonalView
from store import queries, user_data
from store.models import NameKind

FORGET = "forget:yes"
KEEP = "forget:no"


@app_commands.command(
    description="Say which player of the data you are",
    extras=example(player="https://steamcommunity.com/id/…"),
)
@app_commands.describe(
    player="Your Steam name, SteamID64, profile address or friend code",
    public="Whether others may see this player's data; if you do not say, only you may",
)
@app_commands.autocomplete(player=names(NameKind.PLAYER))
async def link(interaction: Interaction, player: str, public: bool = False) -> None:
    """Link the person to a player of the data."""
    ctx = Context.of(interaction)
    (shown,) = await visible_players(ctx, player)
    asker = ctx.asker.id

    def change(session: Session) -> user_data.LinkedPlayer | None:
        user_data.link(session, asker, shown.user_id, public=public)
        return user_data.linked_player(session, asker)

    linked = await write_or_defer(ctx, change)
    assert linked is not None
    translations = ctx.translations
    await reply(ctx, embed=embed_of(cards.linked(linked, translations), translations), ephemeral=True)


@app_commands.command(description="Show your own player, and what is stored about you", extras=example())
@app_commands.describe(share="Whether everybody here sees the reply; if you do not say, only you do")
async def me(interaction: Interaction, share: bool = False) -> None:
    """Show the linked player's numbers, to the person alone unless asked to share them."""
    ctx = Context.of(interaction)
    own = await own_player(ctx)
    hidden = len(await ctx.asker.hidden_games())
    await respond(
        ctx,
        lambda session: queries.userdata(session, own.user_id),
        lambda data, translations: (
            userdata_card(data, translations)
            if share
            else cards.own_data(userdata_card(data, translations), own, hidden, translations)
        ),
        chart=library_chart,
        players=lambda data: [data.user_id],
        ephemeral=not share,
    )


@app_commands.command(description="Remove the link to your player", extras=example())
async def unlink(interaction: Interaction) -> None:
    """Erase the person's link."""
    ctx = Context.of(interaction)
    asker = ctx.asker.id
    was_linked = await write_or_defer(ctx, lambda session: user_data.unlink(session, asker))
    translations = ctx.translations
    if not was_linked:
        raise CommandError(translations.gettext("You were not linked to a player; nothing was stored."))
    await reply(
        ctx,
        translations.gettext(
            "The link is erased. {forget} erases everything else about you, such as games you hid.",
            forget=translations.command("forget-me"),
        ),
        ephemeral=True,
    )


@app_commands.command(
    name="forget-me", description="Erase everything that is stored about you", extras=example()
)
async def forget_me(interaction: Interaction) -> None:
    """Ask whether to erase everything, which a button then does."""
    ctx = Context.of(interaction)
    translations = ctx.translations
    await reply(
        ctx,
        translations.gettext(
            "This erases your link, the games you hid and your name in the list of what admins did, at once"
            " and for good. Nothing is asked again."
        ),
        view=ForgetMe(ctx),
        ephemeral=True,
    )


class ForgetMe(PersonalView):
    """Two buttons: erase everything, or keep it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        translations = ctx.translations
        self.erase.label = translations.gettext("Erase everything")
        self.keep.label = translations.gettext("Keep it")

    @ui.button(custom_id=FORGET, style=discord.ButtonStyle.danger)
    async def erase(self, interaction: Interaction, _button: ui.Button["ForgetMe"]) -> None:
        """Erase everything, then say what it was."""
        ctx = Context.of(interaction)
        async with self.writing(ctx) as is_first:
            if is_first:
                await self._erase(ctx)

    async def _erase(self, ctx: Context) -> None:
        services, translations = ctx.services, ctx.translations
        forgotten = await finish_or_defer(ctx, services.user_data.forget(ctx.asker.id))
        services.forget(ctx.asker.id)
        self.stop()
        await update(
            ctx, content=None, embed=embed_of(cards.forgotten(forgotten, translations), translations)
        )

    @ui.button(custom_id=KEEP, style=discord.ButtonStyle.secondary)
    async def keep(self, interaction: Interaction, _button: ui.Button["ForgetMe"]) -> None:
        """Leave everything as it is."""
        ctx = Context.of(interaction)
        self.stop()
        sentence = ctx.translations.gettext("Nothing was erased.")
        await interaction.response.edit_message(content=sentence, view=None)
