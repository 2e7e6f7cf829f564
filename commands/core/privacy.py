"""Whose data may be shown to whom.

Players of the data are public until somebody links one to themselves: from then on only that person sees the
player's data, unless the link was made public.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.respond import Refusal, ask_in_time
from commands.core.services import Interaction, texts_for
from store import NotFound, queries, user_data
from store.errors import PlayerIsPrivate
from store.user_data import LinkedPlayer


@dataclass(frozen=True, slots=True)
class ShownPlayer:
    """A player whose data the person may see; with `to_owner_only`, nobody else in the channel may."""

    user_id: str
    to_owner_only: bool


async def linked_player(interaction: Interaction) -> LinkedPlayer | None:
    """Return the player whom the person is linked to. Raises DatabaseUnavailable."""
    return await interaction.client.services.ledger.linked_player(interaction.user.id)


async def private_players(interaction: Interaction) -> frozenset[str]:
    """Return the players whose data this person may not see. Raises DatabaseUnavailable."""
    links = await interaction.client.services.ledger.private_links()
    return links.players(except_for=interaction.user.id)


async def hidden_games(interaction: Interaction) -> frozenset[int]:
    """Return the app ids that this person does not want suggested. Raises DatabaseUnavailable."""
    asker = interaction.user.id
    return await interaction.client.services.ledger.read(
        lambda session: user_data.hidden_games(session, asker)
    )


async def own_player(interaction: Interaction) -> LinkedPlayer:
    """Return the player whom the person is linked to.

    Raises Refusal if there is none, PlayerIsPrivate if somebody else has come to keep that player private.
    """
    own = await linked_player(interaction)
    if own is None:
        texts = texts_for(interaction)
        raise Refusal(
            texts.gettext("You have not linked a player; {link} does that.", link=texts.command("link"))
        )
    if own.user_id in await private_players(interaction):
        raise PlayerIsPrivate(own.user_id)
    return own


async def require_shown_here(interaction: Interaction, user_ids: Collection[str]) -> None:
    """Make sure that players may still be shown in the reply whose button was pressed.

    Raises PlayerIsPrivate if somebody else has come to keep one private, Refusal if one is the person's own
    by now private player and the reply is seen by all.
    """
    private = await private_players(interaction)
    for user_id in user_ids:
        if user_id in private:
            raise PlayerIsPrivate(user_id)
    own = await linked_player(interaction)
    is_seen_by_all = interaction.message is not None and not interaction.message.flags.ephemeral
    if own is not None and not own.public and own.user_id in user_ids and is_seen_by_all:
        raise Refusal(
            texts_for(interaction).gettext(
                "Your player is private now and this reply is not; ask again to get one that only you see."
            )
        )


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who asks: the players that others keep private, and the person's own, if linked."""

    private: frozenset[str]
    own: LinkedPlayer | None

    def find(self, session: Session, text: str) -> ShownPlayer:
        """Return the player whom `text` names.

        Raises PlayerIsPrivate if somebody else keeps that player private, NotFound (which suggests no such
        player) if there is none.
        """
        try:
            user_id = queries.find_player(session, text)
        except NotFound as error:
            public = tuple(name for name in error.suggestions if name not in self.private)
            raise NotFound(error.kind, error.asked, public) from None
        if user_id in self.private:
            raise PlayerIsPrivate(user_id)
        own = self.own
        return ShownPlayer(user_id, own is not None and own.user_id == user_id and not own.public)


async def viewer(interaction: Interaction) -> Viewer:
    """Return who asks. Raises DatabaseUnavailable."""
    return Viewer(await private_players(interaction), await linked_player(interaction))


async def shown_players(interaction: Interaction, *texts: str) -> list[ShownPlayer]:
    """Return the players whom the texts name. Raises as `Viewer.find` does."""
    asker = await viewer(interaction)
    return await ask_in_time(
        interaction, lambda session: [asker.find(session, text) for text in texts], ephemeral=True
    )
