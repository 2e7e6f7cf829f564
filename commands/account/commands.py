"""`/link`, `/me`, `/unlink` and `/forget-me`: a person's own player, and what is stored of the person."""

import discord
from discord import app_commands, ui
from sqlalchemy.orm import Session

from commands.account import card as cards
from commands.core.autocomplete import names
from commands.core.embeds import embed_of
from commands.core.options import example
from commands.core.privacy import own_player, shown_players
from commands.core.replies import reply
from commands.core.respond import Refusal, answer
from commands.core.services import Interaction, texts_for
from commands.core.views import PersonalView
from commands.players.card import userdata
from commands.players.commands import library
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
    (shown,) = await shown_players(interaction, player)
    asker = interaction.user.id

    def change(session: Session) -> user_data.LinkedPlayer | None:
        user_data.link(session, asker, shown.user_id, public=public)
        return user_data.linked_player(session, asker)

    linked = await interaction.client.services.ledger.write(change)
    assert linked is not None
    texts = texts_for(interaction)
    await reply(interaction, embed=embed_of(cards.linked(linked, texts), texts), ephemeral=True)


@app_commands.command(description="Show your own player, and what is stored about you", extras=example())
@app_commands.describe(share="Whether everybody here sees the reply; if you do not say, only you do")
async def me(interaction: Interaction, share: bool = False) -> None:
    """Show the linked player's numbers, to the person alone unless asked to share them."""
    own = await own_player(interaction)
    asker = interaction.user.id
    hidden = await interaction.client.services.ledger.read(
        lambda session: len(user_data.hidden_games(session, asker))
    )
    await answer(
        interaction,
        lambda session: queries.userdata(session, own.user_id),
        lambda data, texts: (
            userdata(data, texts) if share else cards.own_data(userdata(data, texts), own, hidden, texts)
        ),
        picture=library,
        ephemeral=not share,
    )


@app_commands.command(description="Remove the link to your player", extras=example())
async def unlink(interaction: Interaction) -> None:
    """Erase the person's link."""
    asker = interaction.user.id
    was_linked = await interaction.client.services.ledger.write(
        lambda session: user_data.unlink(session, asker)
    )
    texts = texts_for(interaction)
    if not was_linked:
        raise Refusal(texts.gettext("You were not linked to a player; nothing was stored."))
    await reply(
        interaction,
        texts.gettext(
            "The link is erased. {forget} erases everything else about you, such as games you hid.",
            forget=texts.command("forget-me"),
        ),
        ephemeral=True,
    )


@app_commands.command(
    name="forget-me", description="Erase everything that is stored about you", extras=example()
)
async def forget_me(interaction: Interaction) -> None:
    """Ask whether to erase everything, which a button then does."""
    texts = texts_for(interaction)
    await reply(
        interaction,
        texts.gettext(
            "This erases your link, the games you hid and your name in the list of what admins did, at once"
            " and for good. Nothing is asked again."
        ),
        view=ForgetMe(interaction),
        ephemeral=True,
    )


class ForgetMe(PersonalView):
    """Two buttons: erase everything, or keep it."""

    def __init__(self, interaction: Interaction) -> None:
        super().__init__(interaction)
        texts = texts_for(interaction)
        self.erase.label = texts.gettext("Erase everything")
        self.keep.label = texts.gettext("Keep it")

    @ui.button(custom_id=FORGET, style=discord.ButtonStyle.danger)
    async def erase(self, interaction: Interaction, _button: ui.Button["ForgetMe"]) -> None:
        """Erase everything, then say what it was."""
        services = interaction.client.services
        forgotten = await services.ledger.forget(interaction.user.id)
        services.cooldowns.forget(interaction.user.id)
        services.shown.forget(interaction.user.id)
        texts = texts_for(interaction)
        self.stop()
        await interaction.response.edit_message(
            content=None, embed=embed_of(cards.forgotten(forgotten, texts), texts), view=None
        )

    @ui.button(custom_id=KEEP, style=discord.ButtonStyle.secondary)
    async def keep(self, interaction: Interaction, _button: ui.Button["ForgetMe"]) -> None:
        """Leave everything as it is."""
        self.stop()
        sentence = texts_for(interaction).gettext("Nothing was erased.")
        await interaction.response.edit_message(content=sentence, view=None)
