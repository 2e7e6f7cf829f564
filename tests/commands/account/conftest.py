"""The bot with a Steam on loopback, from which people have accounts and at which they sign in."""

from collections.abc import Mapping

import pytest
from pydantic import SecretStr

from bot.steam_options import SignInOptions, SteamPeopleOptions
from playground import SimulatedUser
from playground.steam import LocalSteam
from playground.steam.catalogue.game import Game
from playground.steam.people import FIRST_STEAMID, Owned, Person
from store import Database
from tests.bot.conftest import Serve, Served
from tests.commands.own_library import library_of
from tests.postgres import own_store

__all__ = ["GAEL", "own_store"]

GAEL = FIRST_STEAMID + 2_001


def options_for(steam: LocalSteam, *, key: str | None = None) -> SteamPeopleOptions:
    """Return how the bot asks a local Steam, with its good key unless another is given."""
    sign_in = SignInOptions(public_url="", port=0, community=steam.community)
    return SteamPeopleOptions(SecretStr(key or steam.key), steam.api, sign_in)


def own(
    steam: LocalSteam, games: Mapping[int, int | None], *, steam_id: int = GAEL, name: str = "Gael"
) -> None:
    """Have an account of the local Steam own games, which are not in that Steam's store any more."""
    for app_id in games:
        if steam.world.catalogue.find(app_id) is None:
            steam.world.catalogue.put(Game(app_id, f"App {app_id}", listed=False))
    library = tuple(Owned(app_id, minutes or 0) for app_id, minutes in games.items())
    steam.world.put(Person(steam_id, name, name.lower(), library=library))


@pytest.fixture
async def linked_up(serve: Serve, own_store: Database, steam: LocalSteam) -> Served:
    """The bot over a copy of the sample, with accounts and sign-ins of the local Steam."""
    return await serve(own_store, steam=options_for(steam))


@pytest.fixture
def other(linked_up: Served) -> SimulatedUser:
    """Another member."""
    guild = linked_up.member.channel.guild
    assert guild is not None
    return linked_up.discord.person(guild.add_member("Ben"))


@pytest.fixture
def games(own_store: Database, steam: LocalSteam, players: list[str]) -> dict[int, int | None]:
    """What Gael owns: the games of a player of the data."""
    found = library_of(own_store, players[0])
    own(steam, found)
    return found
