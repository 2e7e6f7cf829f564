"""Whose data may be shown to whom.

Players of the data are public until somebody links one to themselves: from then on only those who are linked
to the player see its data, unless all of them made that public.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.request.profile import OwnPart
from commands.core.request.refusal import CommandError
from localization.markdown import Markdown
from localization.translations import Translations
from store.user_data import LinkedPlayer
from store.visibility import Visibility

# A mention of somebody on Discord, picked or typed.
_MENTION = re.compile(r"<@!?[0-9]+>|@.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VisiblePlayer:
    """A player whose data the person may see; with `to_owner_only`, nobody else in the channel may."""

    user_id: str
    to_owner_only: bool


def find_visible(visibility: Visibility, session: Session, text: str) -> VisiblePlayer:
    """Return the player whom `text` names, by what the person may see. Raises as `Visibility.find` does."""
    user_id = visibility.find(session, text)
    return VisiblePlayer(user_id, user_id in visibility.own_private)


def require_no_mention(ctx: Context, *texts: str) -> None:
    """Refuse texts that mention people on Discord, of whom no player of the data has the name.

    Raises:
        CommandError: One does.
    """
    if any(_MENTION.fullmatch(text.strip()) for text in texts):
        raise CommandError(
            ctx.translations.gettext(
                "Players go by their Steam name here; {together} takes people on Discord.",
                together=ctx.translations.command("play-together"),
            )
        )


async def visible_players(ctx: Context, *texts: str) -> list[VisiblePlayer]:
    """Return the players whom the texts name.

    Raises:
        CommandError: One mentions somebody on Discord.
        NotFound: As `Visibility.find` does, and so PlayerIsPrivate.
    """
    require_no_mention(ctx, *texts)
    visibility = await ctx.asker.visibility()
    visibility.require_known()
    return await run_or_defer(
        ctx, lambda session: [find_visible(visibility, session, text) for text in texts], ephemeral=True
    )


async def player_to_link(ctx: Context, text: str) -> str:
    """Return the user id of the player that a text names, for a person who says to be that player.

    Raises:
        CommandError: It mentions somebody on Discord.
        NotFound: As `Visibility.find_to_link` does.
    """
    require_no_mention(ctx, text)
    visibility = await ctx.asker.visibility()
    visibility.require_known()
    return await run_or_defer(ctx, lambda session: visibility.find_to_link(session, text), ephemeral=True)


async def own_player(ctx: Context) -> LinkedPlayer:
    """Return the player whom the person is linked to.

    Raises:
        CommandError: There is none.
        PlayerIsPrivate: Somebody else has proven to be that player, and keeps it private.
    """
    own = await ctx.asker.linked_player()
    if own is None:
        translations = ctx.translations
        raise CommandError(
            translations.gettext(
                "You have not linked a player; {link} does that.", link=translations.command("link")
            )
        )
    (await ctx.asker.visibility()).require([own.user_id])
    return own


async def require_own_here(ctx: Context, part: OwnPart | None) -> None:
    """Make sure that a reply that goes by this part of the person's profile may still do so.

    Raises:
        CommandError: The part was erased meanwhile, or the reply is seen by all and no longer may be.
    """
    if part is None:
        return
    profile = await ctx.asker.profile()
    if not profile.has(part):
        raise CommandError(_not_stored(part, ctx.translations))
    if profile.to_owner_only and _is_seen_by_all(ctx):
        raise CommandError(_by_now_private(part, ctx.translations))


def _not_stored(part: OwnPart, translations: Translations) -> Markdown:
    if part is OwnPart.LIBRARY:
        return translations.gettext(
            "Your library is not stored any more; {link} fetches it again.", link=translations.command("link")
        )
    return translations.gettext(
        "No game that you like is stored any more; {taste} takes some.", taste=translations.command("taste")
    )


def _by_now_private(part: OwnPart, translations: Translations) -> Markdown:
    if part is OwnPart.LIBRARY:
        return translations.gettext(
            "Your library is private now and this reply is not; ask again to get one that only you see."
        )
    return translations.gettext(
        "Your taste is private now and this reply is not; ask again to get one that only you see."
    )


def _is_seen_by_all(ctx: Context) -> bool:
    message = ctx.interaction.message
    return message is not None and not message.flags.ephemeral


async def require_visible_here(ctx: Context, user_ids: Collection[str]) -> None:
    """Make sure that players may still be shown in the reply whose button was pressed.

    Raises:
        PlayerIsPrivate: Somebody else has come to keep one private.
        PrivacyUnknown: Nobody can tell any more who is private.
        CommandError: One is the person's own, by now private, and the reply is seen by all.
    """
    if not user_ids:
        return
    # Looked up again: the press itself may have taken long.
    visibility = await ctx.services.user_data.visibility(ctx.asker.id)
    visibility.require(user_ids)
    if _is_seen_by_all(ctx) and not visibility.own_private.isdisjoint(user_ids):
        raise CommandError(
            ctx.translations.gettext(
                "Your player is private now and this reply is not; ask again to get one that only you see."
            )
        )
