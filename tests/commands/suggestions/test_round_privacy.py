"""A hostile fellow member learns nothing of a private person by naming, joining, voting or looking."""

import re

import pytest

from playground import Reply, SimulatedUser
from store import Database, user_data
from tests.bot.conftest import Served
from tests.commands.own_library import give_library, library_of
from tests.commands.suggestions.suggested import labels

PORTAL_2, TERRARIA = 620, 105600


@pytest.fixture
def private(served: Served, own_store: Database, players: list[str]) -> SimulatedUser:
    """Somebody with a library, a taste and a hidden game, who has told nobody."""
    somebody = _member(served, "Quixote")
    library = library_of(own_store, players[0])
    give_library(own_store, somebody, library)
    with own_store.user_data.writer() as session:
        user_data.record_taste(session, somebody.user.id, list(library)[:3], likes=True)
        user_data.record_taste(session, somebody.user.id, [PORTAL_2], likes=False)
        user_data.hide_game(session, somebody.user.id, TERRARIA)
    return somebody


@pytest.fixture
def nobody(served: Served) -> SimulatedUser:
    """Somebody of whom the bot knows nothing."""
    return _member(served, "Sancho")


@pytest.fixture
def accomplice(served: Served) -> SimulatedUser:
    return _member(served, "Dulcinea")


def _member(served: Served, name: str) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member(name))


async def test_naming_a_private_person_in_a_whole_round_shows_what_naming_nobody_shows(
    served: Served,
    person: SimulatedUser,
    accomplice: SimulatedUser,
    private: SimulatedUser,
    nobody: SimulatedUser,
    own_store: Database,
) -> None:
    with own_store.user_data.writer() as session:
        for somebody, app_id in ((person, PORTAL_2), (accomplice, TERRARIA)):
            user_data.record_taste(session, somebody.user.id, [app_id], likes=True)
    seen = []
    for named in (private, nobody):
        shown = []
        question = await person.ask("/play-together", friend1=named.member, friend2=accomplice.member)
        shown.append(question.text)
        for presser in (person, accomplice):
            await presser.click(question, "Join")
            shown.append(question.text)
        await person.click(question, "Show the games")
        shown.append(question.text)
        vote = next(label for label in labels(question) if label.startswith("1. "))
        for voter in (person, accomplice):
            await voter.click(question, vote)
            shown.append(question.text)
        seen.append([_without_names(text, named) for text in shown])
    assert seen[0] == seen[1]


async def test_a_private_person_who_joins_shows_others_the_list_alone(
    person: SimulatedUser, private: SimulatedUser, own_store: Database
) -> None:
    with own_store.user_data.writer() as session:
        user_data.record_taste(session, person.user.id, [TERRARIA], likes=True)
    question = await person.ask("/play-together")
    for somebody in (person, private):
        await somebody.click(question, "Join")
    await person.click(question, "Show the games")
    text = question.text
    assert "because" not in text.lower(), "no game of a library is a reason in a group"
    assert "Quixotica" not in text, "what the Steam account is called"
    await private.click(question, "Leave")
    assert f"<@{private.user.id}>" not in question.embeds[0]["description"]


async def test_what_is_told_by_thumbs_and_taste_is_in_no_message_that_others_see(
    person: SimulatedUser, ben: SimulatedUser
) -> None:
    card = await person.ask("/game", name="Portal 2")
    before = card.text
    replies = [await person.click(card, "👍"), await person.ask("/taste", dislike="Terraria")]
    replies += [await person.ask("/recommend"), await person.ask("/surprise")]
    assert all(reply.ephemeral and reply.message not in ben.messages for reply in replies)
    assert card.text == before
    mine = await ben.ask("/taste")
    assert "You have not said which games you like" in mine.text


async def test_the_log_names_nobody_of_a_round(
    person: SimulatedUser,
    private: SimulatedUser,
    own_store: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "commands")
    caplog.set_level("DEBUG", "bot")
    question: Reply = await person.ask("/play-together", friend1=private.member)
    await private.click(question, "Join")
    await private.click(question, "Show the games")
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("bot", "commands"))
    )
    for secret in (str(private.user.id), "Quixote", "Quixotica", "Portal 2"):
        assert secret not in said


def _without_names(text: str, named: SimulatedUser) -> str:
    text = text.replace(named.user.display_name, "NAMED").replace(str(named.user.id), "NAMED")
    return re.sub(r"<t:\d+", "<t:", text)
