"""Linking a person: to a Steam account that is typed or proven, or to a player of the data."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from discord import ui
from sqlalchemy.orm import Session

from commands.account import card as cards
from commands.account.fetching import ask_steam, no_such_account, show_account
from commands.core.access.privacy import player_to_link
from commands.core.replies.deferral import finish_or_defer, run_or_defer, write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.sign_ins import SignedIn, SignInDeclined
from localization.markdown import Markdown, clean
from store import user_data
from store.errors import AccountIsTaken, NotFound, PlayerIsTaken
from store.queries import find_player
from store.steam_protocols import NoSuchAccount, SteamAccounts, SteamUnavailable
from store.user_data import LibraryAnswer, LinkedPlayer, Sharing, SteamAccount


async def link_player(ctx: Context, named: str, chosen: Sharing | None) -> None:
    """Link the person to a player of the data, and say what is stored.

    Raises:
        CommandError: Somebody else has proven to be the player.
        NotFound: There is no such player.
        StoreError: What people stored cannot be read or written.
    """
    player = await player_to_link(ctx, named)
    asker = ctx.asker.id

    def change(session: Session) -> LinkedPlayer | None:
        sharing = chosen or Sharing.PRIVATE
        user_data.link(session, asker, player, public=sharing is Sharing.PUBLIC)
        user_data.set_sharing(session, asker, sharing)
        return user_data.linked_player(session, asker)

    try:
        linked = await write_or_defer(ctx, change)
    except PlayerIsTaken:
        raise CommandError(_is_taken(ctx)) from None
    assert linked is not None
    translations = ctx.translations
    await reply(ctx, embed=embed_of(cards.linked(linked, translations), translations), ephemeral=True)


async def link_typed_account(ctx: Context, steam: SteamAccounts, named: str, chosen: Sharing | None) -> None:
    """Link the person to the Steam account that a text names, and show the library with suggestions.

    Where Steam has none by that name, a player of the data is looked for.

    Raises:
        CommandError: There is neither, or somebody else has proven to have the account.
        SteamUnavailable: Steam does not say which account is meant.
        StoreError: What people stored cannot be read or written.
    """
    try:
        steam_id = await finish_or_defer(ctx, steam.find(named))
    except NoSuchAccount:
        try:
            await link_player(ctx, named, chosen)
        except NotFound:
            raise no_such_account(ctx) from None
        return
    except SteamUnavailable:
        raise CommandError(
            ctx.translations.gettext(
                "Steam does not answer just now, so nobody can tell which account is meant; nothing was"
                " stored. Try again in a few minutes."
            )
        ) from None
    known = await ctx.services.user_data.steam_account(ctx.asker.id)
    if known is not None and known.steam_id == steam_id and known.waits_until(datetime.now(UTC)) is not None:
        await _show_again(ctx, known, chosen)
        return
    answer = await ask_steam(ctx, steam, steam_id)
    try:
        account = await _store(ctx, steam_id, answer, chosen, proven=False)
    except AccountIsTaken:
        raise CommandError(_is_taken(ctx)) from None
    await show_account(ctx, account)


async def _show_again(ctx: Context, account: SteamAccount, chosen: Sharing | None) -> None:
    """Show an account that Steam was asked about within the last 15 minutes."""
    asker = ctx.asker.id
    if chosen is not None:
        await write_or_defer(ctx, lambda session: user_data.set_sharing(session, asker, chosen))
    await show_account(ctx, account, account.waits_until(datetime.now(UTC)))


async def offer_sign_in(ctx: Context, chosen: Sharing | None) -> None:
    """Reply with a button that leads to Steam's own sign-in.

    Raises:
        CommandError: There is no page for that; the sentence says what to do instead.
    """
    translations, sign_ins = ctx.translations, ctx.services.sign_ins
    if sign_ins is None:
        raise CommandError(
            translations.gettext(
                "Name your Steam account: by SteamID64, friend code, the address of your profile, or the last"
                " part of that address."
            )
        )
    name = clean(ctx.interaction.user.name)
    address = sign_ins.begin(ctx.asker.id, name, translations, _finish(ctx, chosen))
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label=translations.gettext("Sign in through Steam"), url=address))
    await reply(
        ctx,
        translations.gettext(
            "Sign in at Steam to prove which account is yours; Steam tells this bot its number and nothing"
            " else. The button is yours alone, works once, and for ten minutes."
        ),
        view=view,
        ephemeral=True,
    )


def _finish(ctx: Context, chosen: Sharing | None) -> Callable[[int], Awaitable[SignedIn]]:
    """Return what is done once Steam has confirmed whose account it is."""

    async def finished(steam_id: int) -> SignedIn:
        try:
            await _store(ctx, steam_id, None, chosen, proven=True)
        except AccountIsTaken:
            raise SignInDeclined(_is_taken(ctx)) from None
        sentence = ctx.translations.gettext(
            "This Steam account is yours here now. Go back to Discord: your library comes there."
        )
        return SignedIn(sentence, lambda: _show_proven(ctx, steam_id))

    return finished


async def _show_proven(ctx: Context, steam_id: int) -> None:
    """Reply in Discord with the library of an account that was proven; without a key with the account."""
    try:
        steam = ctx.services.steam
        account = await ctx.services.user_data.steam_account(ctx.asker.id)
        if steam is not None:
            account = await _store(ctx, steam_id, await ask_steam(ctx, steam, steam_id), None, proven=True)
        await show_account(ctx, account)
    except Exception as error:
        await ctx.interaction.client.handle_error(ctx.interaction, error)


async def _store(
    ctx: Context, steam_id: int, answer: LibraryAnswer | None, chosen: Sharing | None, *, proven: bool
) -> SteamAccount | None:
    """Store whose account it is, and what Steam said of its library where it was asked.

    A player of the data that is the same account is linked too: for the person who has proven it in place of
    anybody else, and otherwise where nobody else has.

    Raises:
        AccountIsTaken: Somebody else has proven to have it.
        StoreError: What people stored cannot be read or written.
    """
    asker = ctx.asker.id
    player = await run_or_defer(
        ctx, lambda session: _player_of(session, steam_id), ephemeral=True, needs_data=False
    )

    def change(session: Session) -> SteamAccount | None:
        persona = None if answer is None else answer.persona
        user_data.link_account(session, asker, steam_id, persona=persona, proven=proven)
        if chosen is not None:
            user_data.set_sharing(session, asker, chosen)
        if player is not None:
            _link_same_player(session, asker, player, proven=proven)
        if answer is not None:
            user_data.store_answer(session, asker, steam_id, answer, datetime.now(UTC))
            user_data.note_activity(session, asker)
        return user_data.steam_account(session, asker)

    return await write_or_defer(ctx, change)


def _link_same_player(session: Session, asker: int, player: str, *, proven: bool) -> None:
    is_public = user_data.sharing_of(session, asker) is Sharing.PUBLIC
    try:
        user_data.link(session, asker, player, public=is_public, proven=proven)
    except PlayerIsTaken:
        return  # whoever has proven it keeps it; the account's own library counts anyway


def _player_of(session: Session, steam_id: int) -> str | None:
    try:
        return find_player(session, str(steam_id))
    except NotFound:
        return None


def _is_taken(ctx: Context) -> Markdown:
    return ctx.translations.gettext(
        "Another Discord user has signed in through Steam with this account and so has it here. If that is"
        " you, use {command} there first.",
        command=Markdown(f"/{ctx.translations.command_name('unlink')}"),
    )
