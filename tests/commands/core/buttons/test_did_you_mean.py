"""A name that could be several things is asked back with buttons, and a guess is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import ComponentNotFound, SimulatedUser
from store import Database
from tests.bot.conftest import Serve
from tests.copies import NewStore
from tests.store.builder import SmallStore
from tests.store.names.shelf import fill_shelf


@pytest.fixture
def shelf(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A store of well-known games."""
    database = new_store(tmp_path / "shelf.sqlite3")
    fill_shelf(SmallStore(database))
    yield database
    database.close()


@pytest.fixture
async def member(serve: Serve, shelf: Database) -> SimulatedUser:
    """Somebody who asks."""
    return (await serve(shelf)).member


async def test_a_candidate_is_pressed_and_answered_for_all_to_see(member: SimulatedUser) -> None:
    asked = await member.ask("/game", name="payday")
    assert asked.ephemeral
    assert "Did you mean one of these?" in asked.text
    answer = await member.click(asked, "PAYDAY™ The Heist")
    assert (answer.embeds[0]["title"], answer.ephemeral) == ("PAYDAY™ The Heist", False)
    other = await member.click(asked, "PAYDAY 2")
    assert other.embeds[0]["title"] == "PAYDAY\xa02"


async def test_the_other_options_stay_as_they_were(member: SimulatedUser) -> None:
    asked = await member.ask("/compare games", first="payday", second="portal 2")
    again = await member.click(asked, "PAYDAY 2")
    assert "PAYDAY\xa02" in again.text
    assert "Portal\xa02" in again.text


async def test_one_of_several_games_is_asked_for_in_its_place(member: SimulatedUser) -> None:
    asked = await member.ask("/recommend", games="portal, payday, skyrim")
    again = await member.click(asked, "PAYDAY 2")
    assert "No game is called" not in again.text


async def test_a_second_name_is_asked_after_the_first(member: SimulatedUser) -> None:
    asked = await member.ask("/compare games", first="payday", second="portl two")
    again = await member.click(asked, "PAYDAY 2")
    assert again.ephemeral
    assert again.text.startswith("No game is called “portl two”.")


async def test_a_guess_is_told_and_a_nickname_is_not(member: SimulatedUser) -> None:
    guessed = await member.ask("/game", name="chivalry")
    assert "Assuming you mean **Chivalry: Medieval Warfare**." in guessed.text
    assert "Assuming" not in (await member.ask("/game", name="csgo")).text


async def test_a_game_that_the_data_lack_is_no_near_miss(member: SimulatedUser) -> None:
    refused = await member.ask("/game", name="hades")
    assert refused.text.startswith("“Hades” is not in these data")
    with pytest.raises(ComponentNotFound):
        await member.click(refused, "Fantasy Grounds - Savage Suzerain: Dogs Of Hades")
    refused = await member.ask("/game", name="minecraft")
    assert refused.text.startswith("“Minecraft” is not on Steam")
    answer = await member.click(refused, "Minecraft: Story Mode - A Telltale Games Series")
    assert answer.embeds[0]["title"] == "Minecraft: Story Mode - A Telltale Games Series"


async def test_the_last_of_several_games_is_completed(member: SimulatedUser) -> None:
    found = await member.autocomplete("/recommend", "games", "portal 2, csg")
    assert (found[0].name, found[0].value) == ("portal 2, Counter-Strike: Global Offensive", "620, 730")
