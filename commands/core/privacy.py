"""Whose data may be shown to whom.

Players of the data are public until somebody links one to themselves: from then on only that person sees the
player's data, unless the link was made public.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.context import Context
from commands.core.respond import CommandError, run_or_defer
from store.errors import PlayerIsPrivate
from store.user_data import LinkedPlayer
from store.visibility import Visibility


@dataclass(frozen=True, slots=True)
class VisiblePlayer:
    """A player whose data the person may see; with `to_owner_only`, nobody else in the channel may."""

    user_id: str
    to_owner_only: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who asks: the players that others keep private, and the person's own, if linked."""

    private: frozenset[str]
    own: LinkedPlayer | None

    @classmethod
    async def of(cls, ctx: Context) -> "Viewer":
        """Return who asks. Raises DatabaseUnavailable."""
        return cls(await ctx.asker.private_players(), await ctx.asker.linked_player())

    def find(self, session: Session, text: str) -> VisiblePlayer:
        """Return the player whom `text` names.

        Raises:
            PlayerIsPrivate: Somebody else keeps that player private.
            NotFound: There is none. No private player is among its suggestions.
        """
        user_id = Visibility(self.private).find_player(session, text)
        own = self.own
        return VisiblePlayer(user_id, own is not None and own.user_id == user_id and not own.public)


async def visible_players(ctx: Context, *texts: str) -> list[VisiblePlayer]:
    """Return the players whom the texts name. Raises as `Viewer.find` does."""
    viewer = await Viewer.of(ctx)
    return await run_or_defer(
        ctx, lambda session: [viewer.find(session, text) for text in texts], ephemeral=True
    )


async def own_player(ctx: Context) -> LinkedPlayer:
    """Return the player whom the person is linked to.

    Raises:
        CommandError: There is none.
        PlayerIsPrivate: Somebody else has come to keep that player private.
    """
    own = await ctx.asker.linked_player()
    if own is None:
        translations = ctx.translations
        raise CommandError(
            translations.gettext(
                "You have not linked a player; {link} does that.", link=translations.command("link")
            )
        )
    if own.user_id in await ctx.asker.private_players():
        raise PlayerIsPrivate(own.user_id)
    return own


async def require_visible_here(ctx: Context, user_ids: Collection[str]) -> None:
    """Make sure that players may still be shown in the reply whose button was pressed.

    Raises:
        PlayerIsPrivate: Somebody else has come to keep one private.
        CommandError: One is the person's own, by now private, and the reply is seen by all.
    """
    private = await ctx.asker.private_players()
    for user_id in user_ids:
        if user_id in private:
            raise PlayerIsPrivate(user_id)
    own = await ctx.asker.linked_player()
    message = ctx.interaction.message
    is_seen_by_all = message is not None and not message.flags.ephemeral
    if own is not None and not own.public and own.user_id in user_ids and is_seen_by_all:
        raise CommandError(
            ctx.translations.gettext(
                "Your player is private now and this reply is not; ask again to get one that only you see."
            )
        )
