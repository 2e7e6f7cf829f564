"""What holds in a channel holds in its threads, and what holds in a category or server below it."""

import pytest

from commands.core.request.audience import audience_of
from commands.core.request.context import Context
from commands.core.services.places import Place
from playground import SimulatedUser
from playground.world.channels import CATEGORY, PUBLIC_THREAD
from playground.world.guild_defaults import GUILD_DEFAULTS
from playground.world.model import Channel, Thread
from store.people.audience import Audience
from store.user_data import Settings
from tests.bot.conftest import Served


def _person(served: Served, channel: Channel) -> SimulatedUser:
    assert channel.guild is not None
    return served.discord.person(channel.guild.members[served.member.user.id], channel)


def _below(served: Served, **about: bool) -> tuple[Channel, Channel, Channel]:
    """Return a category, a channel in it, and a thread in that."""
    world = served.discord.world
    guild = served.member.channel.guild
    assert guild is not None
    category = guild.add_channel("Talk", kind=CATEGORY)
    channel = guild.add_channel("games", **about)
    world.guild_changes.change_channel(channel, parent=category)
    about_thread = Thread(served.member.user.id, world.clock.datetime())
    return category, channel, world.guild_changes.add_thread(channel, PUBLIC_THREAD, "Portal", about_thread)


@pytest.mark.parametrize("level", [0, 1])
async def test_what_is_quiet_in_a_category_or_channel_is_quiet_below(served: Served, level: int) -> None:
    places = _below(served)
    await served.admin.ask("/settings quiet", command="top", on=True, channel=places[level])
    assert all([(await _person(served, place).ask("/top")).ephemeral for place in places[1:]])
    assert not (await served.member.ask("/top")).ephemeral


async def test_a_thread_is_restricted_by_age_as_its_channel_is(served: Served) -> None:
    _, channel, thread = _below(served, nsfw=True)
    assert await _audience(served, channel) is Audience.ADULTS
    assert await _audience(served, thread) is Audience.ADULTS
    assert await _audience(served, served.member.channel) is Audience.EVERYONE


async def test_a_server_is_restricted_by_age_with_all_its_channels(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(GUILD_DEFAULTS, "nsfw_level", 3)
    assert await _audience(served, served.member.channel) is Audience.ADULTS


async def test_what_discord_does_not_tell_is_not_restricted(served: Served) -> None:
    served.discord.faults.fail(503, path="/guilds/", times=20)
    assert await _audience(served, served.member.channel) is Audience.EVERYONE


def test_admins_may_show_games_for_adults_nowhere() -> None:
    place = Place((1,), is_age_restricted=True)
    assert audience_of(place, Settings()) is Audience.ADULTS
    assert audience_of(place, Settings(hides_adult_games=True)) is Audience.EVERYONE


async def _audience(served: Served, channel: Channel) -> Audience:
    """Return for whom a command is answered that is run in a channel."""
    found: list[Audience] = []
    load = Context.load

    async def noting(interaction: object) -> Context:
        ctx = await load(interaction)  # type: ignore[arg-type]
        found.append(audience_of(ctx.place, ctx.guild_settings))
        return ctx

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "load", noting)
        await _person(served, channel).ask("/help")
    (audience,) = found
    return audience
