"""What an unmodified client sends, and what the playground answers, fits Discord's description of its API."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import msgspec
import pytest

from playground.recorder import Exchange
from playground.world.model import TeamMember
from playground.world.permissions import ADMINISTRATOR
from tests.playground.bots import PIXEL, TreeClient
from tests.playground.conftest import Caller, Place
from tests.playground.http.conformance import ApiDescription
from tests.playground.http.test_messages_api import GOOD


@pytest.fixture(scope="session")
def description(discord_api: Path) -> ApiDescription:
    return ApiDescription(discord_api)


@pytest.fixture
def conforming(description: ApiDescription, place: Place) -> Iterator[None]:
    """Every exchange of the test fits the description."""
    yield
    exchanges = list(place.discord.recorder.exchanges)
    assert exchanges
    problems = {problem for exchange in exchanges for problem in description.problems(exchange)}
    assert not problems, "\n".join(sorted(problems))


@pytest.mark.usefixtures("conforming")
async def test_everything_a_client_does_with_interactions_fits(place: Place, bot: TreeClient) -> None:
    person = place.person
    await person.autocomplete("/echo", "text", "por")
    await person.slash("/echo", text="hi")
    pages = await person.slash("/pages")
    for label in ("Next", "⏰ Later", "Tell me"):
        await person.click(pages, label)
    await person.select(pages, "Red")
    await (await person.ask("/think")).followup()
    await person.ask("/picture")
    await person.submit(await person.slash("/form"), your_name="Ana")
    await person.slash("/layout")
    await person.slash("/greet", who=place.ana, file=("a.txt", b"x"))
    root = place.discord.person(place.guild.add_member("Root", permissions=ADMINISTRATOR))
    await root.slash("/admin refresh")
    await place.direct().slash("/echo", text="hi")


@pytest.mark.usefixtures("conforming")
async def test_everything_a_client_does_on_its_own_fits(place: Place, bot: TreeClient) -> None:
    channel = await bot.fetch_channel(place.person.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(
        "hello", embed=discord.Embed(title="T"), file=discord.File(io.BytesIO(PIXEL), "a.png")
    )
    await message.edit(content="changed")
    await message.reply("a reply")
    assert len([entry async for entry in channel.history()]) == 2
    await channel.fetch_message(message.id)
    await message.delete()
    async with channel.typing():
        pass
    await (await bot.fetch_user(place.ana.id)).send("psst")
    await bot.fetch_guild(place.guild.id, with_counts=False)
    await bot.application_info()
    await bot.tree.fetch_commands()
    await bot.tree.sync(guild=discord.Object(place.guild.id))
    command = (await bot.tree.fetch_commands())[0]
    await command.edit(description="Other words")
    await command.delete()


@pytest.mark.usefixtures("conforming")
async def test_an_application_names_its_owner_or_the_team_that_owns_it(place: Place, bot: TreeClient) -> None:
    world, application = place.discord.world, place.discord.world.applications[bot.application_id or 0]
    alone = await bot.application_info()
    assert (alone.owner.id, alone.team) == (application.owner.id, None)
    founder, reader = world.add_user("Founder"), world.add_user("Reader")
    application.team = world.add_team(
        "Team", TeamMember(founder), TeamMember(reader, "read_only", accepted=False)
    )
    team = (await bot.application_info()).team
    assert team is not None
    assert team.owner_id == founder.id
    assert [(member.id, member.role.value, member.membership_state.value) for member in team.members] == [
        (founder.id, "admin", 2),
        (reader.id, "read_only", 1),
    ]


@pytest.mark.usefixtures("conforming")
async def test_the_gateways_address_fits(call: Caller) -> None:
    for path in ("/gateway", "/gateway/bot", "/users/@me", "/users/@me/guilds", "/applications/@me"):
        assert (await call("GET", path))[0] == 200


@pytest.mark.usefixtures("conforming")
async def test_every_valid_kind_of_message_fits(call: Caller, place: Place) -> None:
    place.discord.limits.enforced = False
    for _, body in GOOD:
        assert (await call("POST", f"/channels/{place.person.channel.id}/messages", body))[0] == 200


@pytest.mark.usefixtures("conforming")
async def test_refusals_fit(call: Caller, place: Place) -> None:
    path = f"/channels/{place.person.channel.id}/messages"
    place.discord.faults.rate_limit(0.5)
    for body in ({"content": "x"}, {"content": "x" * 2001}, {}, {"embeds": [{"title": "x" * 300}]}):
        assert (await call("POST", path, body))[0] >= 400
    await call("GET", "/users/@me", token="wrong")


def test_an_exchange_that_does_not_fit_is_noticed(description: ApiDescription) -> None:
    def exchange(received: object = {"url": "wss://gateway.example"}, **changed: Any) -> Exchange:
        about: dict[str, Any] = {
            "method": "GET",
            "path": "/gateway",
            "route": "/gateway",
            "query": "",
            "sent_json": b"",
            "files": False,
            "status": 200,
            "received_json": msgspec.json.encode(received),
        }
        return Exchange(**{**about, **changed})

    assert description.problems(exchange()) == []
    assert description.problems(exchange(received={"address": "x"}))
    assert description.problems(exchange(route="/nowhere"))
    assert description.problems(exchange(status=404, received={"code": "none"}))
