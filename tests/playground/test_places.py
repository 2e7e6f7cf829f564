"""Servers, direct messages and installs: who is told what, and where commands are offered."""

import discord
import pytest
from discord import app_commands

from playground import CommandNotFound, CommandNotPermitted, NothingHappened
from playground.pytest_plugin import StartClient
from playground.world.permissions import USE_APPLICATION_COMMANDS
from tests.playground.bots import TreeClient
from tests.playground.conftest import Caller, Place


async def test_subscribers_are_told_what_happens_and_to_whom_it_may_be_shown(
    place: Place, bot: TreeClient
) -> None:
    with place.discord.events.subscribe() as stream:
        await place.person.ask("/think")
        seen = [await stream.next() for _ in range(4)]
    assert [event.kind for event in seen] == [
        "interaction_sent",
        "message_created",
        "interaction_acknowledged",
        "message_updated",
    ]
    assert all(event.visible_to(place.ana.id) for event in seen)
    stranger = place.guild.add_member("Ben").id
    assert not any(event.visible_to(stranger) for event in seen)


async def test_a_message_that_a_bot_posts_on_its_own_is_read_once(place: Place, bot: TreeClient) -> None:
    channel = await bot.fetch_channel(place.person.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send("one")
    await channel.send("two")
    assert [(await place.person.next_message()).content for _ in range(2)] == ["one", "two"]
    with pytest.raises(NothingHappened):
        await place.person.next_message(timeout=0.01)


async def test_waiting_in_vain_ends_with_the_transcript(place: Place, bot: TreeClient) -> None:
    reply = await place.person.slash("/echo", text="only this")
    with pytest.raises(NothingHappened, match="only this"):
        await reply.changed(timeout=0.01)


async def test_commands_of_a_server_are_offered_there_only(place: Place, call: Caller) -> None:
    path = f"/applications/{place.application.id}/guilds/{place.guild.id}/commands"
    await call("PUT", path, [{"name": "local", "description": "Here"}])
    other = place.discord.add_guild("Other server")
    place.discord.install(place.application, other)
    assert [offer.name for offer in place.person.commands] == ["local"]
    assert place.discord.person(other.add_member("Ben")).commands == []


async def test_an_app_installed_for_a_person_follows_that_person(place: Place, call: Caller) -> None:
    everywhere = {"name": "mine", "description": "Mine", "integration_types": [1], "contexts": [0, 1, 2]}
    servers_only = {"name": "ours", "description": "Ours", "integration_types": [0], "contexts": [0]}
    await call("PUT", f"/applications/{place.application.id}/commands", [everywhere, servers_only])
    elsewhere = place.discord.add_guild("Elsewhere")
    ana = place.discord.person(elsewhere.add_member("Ana", user=place.ana.user))
    ben = place.discord.person(elsewhere.add_member("Ben"))
    with pytest.raises(CommandNotFound):
        ana.find("/mine")
    place.discord.world.install_for(place.application, place.ana.user)
    assert ana.find("/mine").name == "mine"
    for person, command in ((ben, "/mine"), (ana, "/ours")):
        with pytest.raises(CommandNotFound):
            person.find(command)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"nsfw": True}, "age-restricted"),
        ({"contexts": [1]}, "not offered in servers"),
        ({"default_member_permissions": "0"}, "only administrators"),
        ({"default_member_permissions": "32"}, "Manage Server"),
    ],
)
async def test_a_hidden_command_says_what_hides_it(
    place: Place, call: Caller, more: dict[str, object], why: str
) -> None:
    command = {"name": "hidden", "description": "x", **more}
    assert (await call("PUT", f"/applications/{place.application.id}/commands", [command]))[0] == 200
    with pytest.raises(CommandNotPermitted, match=why):
        await place.person.slash("/hidden")


async def test_a_channel_may_forbid_commands(place: Place, bot: TreeClient) -> None:
    place.person.channel.allow(place.guild.everyone, deny=USE_APPLICATION_COMMANDS)
    with pytest.raises(CommandNotPermitted, match="may not use"):
        await place.person.slash("/echo", text="x")


async def test_a_command_speaks_the_language_of_the_person(place: Place, start_client: StartClient) -> None:
    class Spanish(app_commands.Translator):
        async def translate(
            self, string: app_commands.locale_str, locale: discord.Locale, _: object
        ) -> str | None:
            words = {"hello": "hola", "who": "quien", "Day": "Día"}
            return words.get(string.message) if locale is discord.Locale.spain_spanish else None

    client = TreeClient()

    @client.tree.command(name=app_commands.locale_str("hello"), description="x")
    @app_commands.choices(who=[app_commands.Choice(name=app_commands.locale_str("Day"), value="d")])
    async def hello(interaction: discord.Interaction, who: str) -> None:
        await interaction.response.send_message(f"{who} {interaction.locale}")

    await client.tree.set_translator(Spanish())
    await start_client(client, place.application)
    eva = place.discord.person(place.guild.add_member("Eva", locale="es-ES"))
    assert [offer.shown_as("es-ES") for offer in eva.commands] == ["hola"]
    assert (await eva.slash("/hola", quien="Día")).content == "d es-ES"
    assert (await eva.slash("/hello", who="Day")).content == "d es-ES"
    with pytest.raises(CommandNotFound):
        await place.person.slash("/hola", quien="Día")


async def test_a_bot_hears_of_a_server_it_is_added_to(place: Place, bot: TreeClient) -> None:
    other = place.discord.add_guild("New server")
    place.discord.install(place.application, other)
    ben = place.discord.person(other.add_member("Ben"))
    assert (await ben.slash("/echo", text="welcome")).content == "welcome"
    assert bot.get_guild(other.id) is not None
