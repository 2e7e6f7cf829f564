"""`/wishlist`."""

from discord import app_commands

from commands.core.access.permissions import heavy
from commands.core.options.options import example
from commands.core.replies.deferral import finish_or_defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.wishlist.card import wishlist_card
from commands.wishlist.sale import sale_of
from store.steam_protocols import SteamUnavailable, WishlistClosed


@app_commands.command(description="Show what is on sale from your Steam wishlist", extras=example())
@heavy
async def wishlist(interaction: Interaction) -> None:
    """Ask Steam for the wishlist of the person's account, and show it to the person alone."""
    ctx = Context.of(interaction)
    translations = ctx.translations
    account = await ctx.services.user_data.steam_account(ctx.asker.id)
    if account is None:
        raise CommandError(
            translations.gettext(
                "You have not linked a Steam account; {link} does that, and then your wishlist can be read.",
                link=translations.command("link"),
            )
        )
    profile = await ctx.asker.profile()
    try:
        app_ids = await finish_or_defer(ctx, ctx.services.wishlists.wishlist(account.steam_id))
    except WishlistClosed:
        raise CommandError(
            translations.gettext(
                "Steam shows your wishlist to nobody else. In Steam, under Profile, Edit profile, Privacy"
                " settings, set “My profile” and “Game details” to Public, then ask again."
            )
        ) from None
    except SteamUnavailable:
        raise CommandError(
            translations.gettext(
                "Steam does not answer just now; your wishlist is not at fault. Try again later."
            )
        ) from None
    person = profile.person("")
    await respond(
        ctx,
        lambda session: sale_of(session, person, app_ids),
        lambda sale, words: wishlist_card(sale, words, is_personal=not profile.is_empty),
        ephemeral=True,
    )
