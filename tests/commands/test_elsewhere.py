"""What needs no server works wherever somebody installed the bot for themselves, and on any message."""

import pytest

from playground import CommandNotFound, SimulatedUser
from tests.bot.conftest import Served
from tests.commands.suggestions.suggested import games

PORTAL_2 = 620


@pytest.fixture
def away(served: Served) -> SimulatedUser:
    """Somebody who installed the bot for themselves, on a server that does not have it."""
    guild = served.discord.add_guild("Elsewhere")
    member = guild.add_member("Eva")
    served.discord.world.install_for(served.application, member.user)
    return served.discord.person(member)


async def test_an_installed_bot_answers_on_a_server_that_does_not_have_it(away: SimulatedUser) -> None:
    await away.ready_commands()
    assert len(games(await away.ask("/recommend", game="Portal 2"))) == 5
    assert "Noted: you like Portal\xa02." in (await away.ask("/taste", like="Portal\xa02")).text
    surprise = await away.ask("/surprise")
    assert surprise.ephemeral


@pytest.mark.parametrize("command", ["/settings view", "/admin status"])
async def test_what_is_for_a_server_alone_is_not_offered_there(away: SimulatedUser, command: str) -> None:
    await away.ready_commands()
    with pytest.raises(CommandNotFound):
        await away.ask(command)


async def test_a_message_with_an_address_of_the_store_finds_games_like_that(
    person: SimulatedUser, ben: SimulatedUser
) -> None:
    message = ben.say("anybody? https://store.steampowered.com/app/620/Portal_2/?snr=1 <3")
    reply = await person.use_on("More like this", message)
    assert reply.ephemeral
    assert reply.embeds[0]["title"] == "Games like Portal\xa02"
    assert games(reply) == games(await person.ask("/recommend", game="Portal 2"))


async def test_a_reply_of_the_bot_counts_by_the_games_that_it_links_to(person: SimulatedUser) -> None:
    card = await person.ask("/recommend", game="Portal 2", limit=2)
    reply = await person.use_on("More like this", card)
    assert reply.embeds[0]["title"].startswith(("Games for those who like", "Games like"))


async def test_a_message_without_one_is_told_apart(person: SimulatedUser, ben: SimulatedUser) -> None:
    message = ben.say("store.steampowered.com/app/999999999 is not in these data")
    reply = await person.use_on("More like this", message)
    assert reply.ephemeral
    assert reply.text.startswith("This message has no address of a game")


async def test_the_menu_speaks_the_persons_language(person: SimulatedUser, ben: SimulatedUser) -> None:
    person.user.locale = "es-ES"
    message = ben.say("https://store.steampowered.com/app/620/")
    reply = await person.use_on("Más como este", message)
    assert reply.embeds[0]["title"] == "Juegos como Portal\xa02"
