"""`/link`, `/me`, `/privacy`, `/unlink` and `/forget-me`: what is a person's own, and is stored of it."""

import discord
from discord import app_commands, ui
from sqlalchemy.orm import Session

from commands.account import card as cards
from commands.account.library_card import sharing_line
from commands.account.linking import link_player, link_typed_account, offer_sign_in
from commands.account.own_data import show_own_account
from commands.core.access.permissions import heavy
from commands.core.access.privacy import own_player
from commands.core.buttons.views import PersonalView
from commands.core.cards.library_chart import library_chart
from commands.core.cards.player_card import userdata_card
from commands.core.options.autocomplete import names
from commands.core.options.options import example
from commands.core.replies.deferral import finish_or_defer, write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply, update
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.respond import respond
from commands.core.services.services import Interaction
from store import queries, user_data
from store.models import NameKind
from store.user_data import Sharing

FORGET = "forget:yes"
KEEP = "forget:no"
SHARING = [
    app_commands.Choice(name="Only me", value=Sharing.PRIVATE.value),
    app_commands.Choice(name="In groups, on servers I am on", value=Sharing.GROUPS.value),
    app_commands.Choice(name="Everybody", value=Sharing.PUBLIC.value),
]


@app_commands.command(
    description="Say which Steam account is yours", extras=example(player="https://steamcommunity.com/id/…")
)
@app_commands.describe(
    player="Your SteamID64, profile address, the name in it, or friend code; without it you sign in at Steam",
    sharing="Who else is shown what is known of you; if you do not say, nobody or as before",
)
@app_commands.choices(sharing=SHARING)
@app_commands.autocomplete(player=names(NameKind.PLAYER))
@heavy
async def link(interaction: Interaction, player: str | None = None, sharing: str | None = None) -> None:
    """Link the person to a Steam account, or to a player of the data."""
    ctx = Context.of(interaction)
    chosen = None if sharing is None else Sharing(sharing)
    if player is None:
        await offer_sign_in(ctx, chosen)
    elif ctx.services.steam is None:
        await link_player(ctx, player, chosen)
    else:
        await link_typed_account(ctx, ctx.services.steam, player, chosen)


@app_commands.command(
    description="Show your own library or player, and what is stored about you", extras=example()
)
@app_commands.describe(share="Whether everybody here sees the reply; if you do not say, only you do")
async def me(interaction: Interaction, share: bool = False) -> None:
    """Show the person's profile, to the person alone unless asked to share it."""
    ctx = Context.of(interaction)
    account = await ctx.services.user_data.steam_account(ctx.asker.id)
    if account is not None:
        await show_own_account(ctx, account, is_shared=share)
        return
    own = await own_player(ctx)
    hidden, taste = len(await ctx.asker.hidden_games()), (await ctx.asker.profile()).taste
    tastes = len(taste.liked) + len(taste.disliked)
    await respond(
        ctx,
        lambda session: queries.userdata(session, own.user_id),
        lambda data, translations: (
            userdata_card(data, translations)
            if share
            else cards.own_data(userdata_card(data, translations), own, hidden, tastes, translations)
        ),
        chart=library_chart,
        players=lambda data: [data.user_id],
        ephemeral=not share,
    )


@app_commands.command(
    description="Say who else is shown what is known of you", extras=example(sharing="groups")
)
@app_commands.describe(sharing="Who else is shown it")
@app_commands.choices(sharing=SHARING)
async def privacy(interaction: Interaction, sharing: str) -> None:
    """Set who else is shown the person's profile."""
    ctx = Context.of(interaction)
    asker, chosen = ctx.asker.id, Sharing(sharing)
    await write_or_defer(ctx, lambda session: user_data.set_sharing(session, asker, chosen))
    await reply(ctx, sharing_line(chosen, ctx.translations), ephemeral=True)


@app_commands.command(description="Remove the link to your Steam account or player", extras=example())
async def unlink(interaction: Interaction) -> None:
    """Erase the person's link, account and library."""
    ctx = Context.of(interaction)
    asker = ctx.asker.id

    def change(session: Session) -> bool:
        had_account = user_data.unlink_account(session, asker)
        return user_data.unlink(session, asker) or had_account

    was_linked = await write_or_defer(ctx, change)
    if ctx.services.sign_ins is not None:
        ctx.services.sign_ins.forget(asker)
    translations = ctx.translations
    if not was_linked:
        raise CommandError(translations.gettext("You were not linked to a player; nothing was stored."))
    await reply(
        ctx,
        translations.gettext(
            "The link is erased. So is your library, if there was one; {forget} erases everything else about"
            " you, such as games you hid.",
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
            "This erases your link, your Steam account and library, your taste, the games you hid, who of"
            " your family lends to whom and your name in the list of what admins did, at once and for good."
            " You will not be asked again."
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
        await update(ctx, content=sentence)
