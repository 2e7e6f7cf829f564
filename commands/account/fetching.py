"""Fetching a person's own library from Steam, storing it, and replying with what that leads to."""

import asyncio
from datetime import UTC, datetime
from typing import Final

import discord
from discord import ui
from discord.utils import MISSING
from sqlalchemy.orm import Session

from commands.account import library_card
from commands.core.buttons.views import PersonalView
from commands.core.replies.deferral import finish_or_defer, in_turn, write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.cooldowns import Counted
from commands.core.services.services import Interaction
from localization.markdown import Markdown, timestamp
from store import user_data
from store.errors import NothingLeft, NothingToGoOn, PlayerIsPrivate
from store.steam_protocols import NoSuchAccount, SteamAccounts
from store.user_data import LibraryAnswer, SteamAccount

FETCH: Final = "library:fetch"


async def ask_steam(ctx: Context, steam: SteamAccounts, steam_id: int) -> LibraryAnswer:
    """Return what Steam says of a library.

    Raises:
        CommandError: There is no such account.
    """
    try:
        return await finish_or_defer(ctx, steam.library(steam_id))
    except NoSuchAccount:
        raise no_such_account(ctx) from None


def no_such_account(ctx: Context) -> CommandError:
    """Return what is said where Steam knows no account by a name."""
    return CommandError(
        ctx.translations.gettext(
            "Steam has no such account. Give your SteamID64, your friend code, the address of your profile,"
            " or the last part of that address; the name that others see is none of these."
        )
    )


async def fetch_and_show(ctx: Context) -> None:
    """Fetch the library of the person's account and reply with what came of it, with suggestions.

    One that came within the last 15 minutes is not asked for again, and said to be.

    Raises:
        CommandError: The person has no account here, or Steam none any more.
        StoreError: What people stored cannot be read or written.
    """
    services, asker = ctx.services, ctx.asker.id
    account = await services.user_data.steam_account(asker)
    if account is None or services.steam is None:
        raise CommandError(
            ctx.translations.gettext(
                "You have not linked a Steam account; {link} does that.",
                link=ctx.translations.command("link"),
            )
        )
    steam_id, waits_until = account.steam_id, account.waits_until(datetime.now(UTC))
    if waits_until is None:
        answer = await ask_steam(ctx, services.steam, steam_id)

        def change(session: Session) -> SteamAccount | None:
            user_data.store_answer(session, asker, steam_id, answer, datetime.now(UTC))
            return user_data.steam_account(session, asker)

        account = await write_or_defer(ctx, change)
    await show_account(ctx, account, waits_until)


async def show_account(
    ctx: Context, account: SteamAccount | None, waits_until: datetime | None = None
) -> None:
    """Reply with whose account the person's is and what came of the library, with suggestions from it.

    Args:
        ctx: What is replied to.
        account: The account as it is stored; None where it was erased meanwhile.
        waits_until: Until when Steam is not asked again, where it was not asked just now.
    """
    translations = ctx.translations
    if account is None:
        raise CommandError(translations.gettext("Your account was erased meanwhile; nothing is stored."))
    ctx.asker.drop_lookups()
    sharing = await ctx.services.user_data.sharing(ctx.asker.id)
    lines: list[Markdown] = []
    if waits_until is not None:
        lines.append(
            translations.gettext(
                "This is the library of {moment}; Steam is asked again {later} at the earliest.",
                moment=timestamp(account.fetched_at or account.linked_at, "R"),
                later=timestamp(waits_until, "R"),
            )
        )
    if ctx.services.steam is None:
        lines.append(
            translations.gettext(
                "This bot has no Steam key and so fetches no library; what the data know of this account"
                " counts."
            )
        )
    try:
        if not (await ctx.asker.profile()).is_empty:
            card = library_card.linked_account(account, sharing, translations, lines)
            suggest = ctx.interaction.client.suggest_for_asker
            await suggest(ctx.interaction, embed_of(card, translations))
            return
    except (NothingToGoOn, NothingLeft, PlayerIsPrivate, CommandError):
        lines.append(
            translations.gettext("These data know too little of your games to suggest any by them yet.")
        )
    card = library_card.linked_account(account, sharing, translations, lines)
    view = MISSING if ctx.services.steam is None else FetchAgain(ctx)
    await reply(ctx, embed=embed_of(card, translations), view=view, ephemeral=True)


class FetchAgain(PersonalView):
    """A button that asks Steam for the person's library again."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._one_at_a_time = asyncio.Lock()
        self.fetch.label = ctx.translations.gettext("Fetch again")

    @ui.button(custom_id=FETCH, style=discord.ButtonStyle.primary)
    async def fetch(self, interaction: Interaction, _button: ui.Button["FetchAgain"]) -> None:
        """Fetch it, and say so in a message of its own."""
        ctx = Context.of(interaction)
        ctx.response.is_apart = True
        async with in_turn(ctx, self._one_at_a_time):
            ctx.take_turn(Counted.BUTTON)
            await fetch_and_show(ctx)
