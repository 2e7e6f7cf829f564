"""Commands in the menus of people and messages, and names in the languages that fall back to one another."""

import discord
import pytest
from discord import app_commands

from playground import CommandNotFound, CommandNotPermitted
from playground.pytest_plugin import StartClient
from playground.world.permissions import DEFAULT_MEMBER, MANAGE_MESSAGES
from tests.playground.bots import TreeClient
from tests.playground.conftest import Caller, Place


@pytest.fixture
async def menus(place: Place, start_client: StartClient) -> TreeClient:
    client = TreeClient()

    @client.tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, who: discord.Member) -> None:
        await interaction.response.send_message(f"hello {who.display_name}")

    @client.tree.context_menu(name="Count words")
    async def count(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content.split())} words", ephemeral=True)

    @client.tree.context_menu(name="Remove")
    @app_commands.default_permissions(manage_messages=True)
    async def remove(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message("gone")

    await start_client(client, place.application)
    return client


@pytest.mark.usefixtures("menus")
async def test_a_command_is_chosen_from_the_menu_of_a_person_or_a_message(place: Place) -> None:
    ben = place.guild.add_member("Ben")
    assert (await place.person.use_on("Greet", ben)).content == "hello Ben"
    counted = await place.person.use_on("Count words", place.person.say("one two three"))
    assert (counted.content, counted.ephemeral) == ("3 words", True)
    answered = await place.person.use_on("Count words", await place.person.use_on("Greet", ben))
    assert answered.content == "2 words"


@pytest.mark.usefixtures("menus")
async def test_menus_offer_what_fits_the_thing_and_the_person(place: Place) -> None:
    said = place.person.say("hello")
    assert [offer.name for offer in place.person.menu_commands(said)] == ["Count words"]
    assert [offer.name for offer in place.person.menu_commands(place.ana)] == ["Greet"]
    with pytest.raises(CommandNotFound, match="there is no command Greet"):
        await place.person.use_on("Greet", said)
    with pytest.raises(CommandNotPermitted, match="Manage Messages"):
        await place.person.use_on("Remove", said)
    mod = place.discord.person(place.guild.add_member("Mod", permissions=DEFAULT_MEMBER | MANAGE_MESSAGES))
    assert (await mod.use_on("Remove", said)).content == "gone"


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("es-ES", "color"), ("es-419", "color"), ("en-GB", "colour"), ("en-US", "colour"), ("fr", "tint")],
)
async def test_names_fall_back_as_documented(call: Caller, place: Place, locale: str, shown: str) -> None:
    names = {"es-ES": "color", "en-GB": "colour"}
    command = {"name": "tint", "description": "Paint", "name_localizations": names}
    await call("PUT", f"/applications/{place.application.id}/commands", [command])
    person = place.discord.person(place.guild.add_member("Eva", locale=locale))
    assert [offer.shown_as(locale) for offer in person.commands] == [shown]
    assert person.find(f"/{shown}").name == "tint"


async def test_a_command_that_names_no_contexts_is_not_for_private_channels_of_others(
    call: Caller, place: Place
) -> None:
    place.discord.world.install_for(place.application, place.ana.user)
    command = {"name": "hello", "description": "Greets", "integration_types": [0, 1]}
    await call("PUT", f"/applications/{place.application.id}/commands", [command])
    other = place.discord.add_application("Another bot")
    private = place.discord.person(place.ana, place.discord.dm_channel(place.ana, other))
    assert [offer.name for offer in place.direct().commands] == ["hello"]
    assert private.commands == []
