"""“What are we playing?”: who joins is counted, the list is for them, and their votes decide."""

import asyncio

import pytest

from playground import Reply, SimulatedUser
from store import Database, user_data
from store.user_data import Sharing
from tests.bot.conftest import Serve, Served
from tests.commands.own_library import give_library, library_of
from tests.commands.suggestions.suggested import games, labels

PORTAL_2, TERRARIA = 620, 105600


@pytest.fixture
def library(own_store: Database, players: list[str]) -> dict[int, int | None]:
    """What a player of the data owns, as a library that people may have, too."""
    return library_of(own_store, players[0])


@pytest.fixture
def chloe(served: Served) -> SimulatedUser:
    """A third member."""
    return _member(served, "Chloe")


def told(reply: Reply, beginning: str) -> str:
    """The line of the question that begins so."""
    description: str = reply.embeds[0]["description"]
    return next((line for line in description.splitlines() if line.startswith(beginning)), "")


def votes(reply: Reply) -> list[str]:
    return [label for label in labels(reply) if label[0].isdigit()]


def like(store: Database, person: SimulatedUser, *app_ids: int) -> None:
    with store.user_data.writer() as session:
        user_data.record_taste(session, person.user.id, app_ids, likes=True)


def share(store: Database, person: SimulatedUser, sharing: Sharing) -> None:
    with store.user_data.writer() as session:
        user_data.set_sharing(session, person.user.id, sharing)


async def test_who_joins_is_counted_votes_and_reads_what_was_decided(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, library: dict[int, int | None]
) -> None:
    give_library(own_store, person, library)
    like(own_store, ben, PORTAL_2, TERRARIA)
    question = await person.ask("/play-together")
    assert not question.ephemeral
    assert told(question, "In: ") == "In: nobody yet"
    await person.click(question, "Join")
    await ben.click(question, "Join")
    assert told(question, "In: ") == f"In: <@{person.user.id}> and <@{ben.user.id}>"
    await ben.click(question, "Show the games")
    assert len(votes(question)) == len(games(question)) >= 2
    second = votes(question)[1]
    await person.click(question, second)
    assert "1 of 2 have voted" in question.text
    await ben.click(question, second)
    assert second.removeprefix("2. ").rstrip("…") in question.embeds[0]["title"]
    assert question.embeds[0]["title"].startswith("You are playing ")
    assert "2\xa0votes" in question.text
    assert labels(question) == ["Open in Steam"]


async def test_who_would_love_a_game_is_told_by_signs_and_never_by_a_number(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    question = await _shown(own_store, person, ben)
    assert "❤️" in question.text
    assert "%" not in question.text


async def test_somebody_of_whom_nothing_is_known_joins_with_games_picked_then(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    like(own_store, person, PORTAL_2)
    question = await person.ask("/play-together")
    await person.click(question, "Join")
    form = await ben.click(question, "Join")
    await ben.submit(form, a_game_that_you_like="Terraria", another_one="Portal")
    assert f"<@{ben.user.id}>" in told(question, "In: ")
    with own_store.user_data.reader() as session:
        assert not user_data.taste_of(session, ben.user.id), "picked for this question alone"
    await person.click(question, "Show the games")
    assert games(question)


async def test_a_pick_that_nobody_knows_is_told_to_that_person_and_counts_nobody(
    person: SimulatedUser, ben: SimulatedUser
) -> None:
    question = await person.ask("/play-together")
    form = await ben.click(question, "Join with games")
    refused = await ben.submit(form, a_game_that_you_like="No Game Of This Name 77")
    assert refused.ephemeral
    assert "No Game Of This Name 77" in refused.text
    assert told(question, "In: ") == "In: nobody yet"


@pytest.mark.parametrize(
    ("sharing", "is_counted"), [(Sharing.PRIVATE, False), (Sharing.GROUPS, True), (Sharing.PUBLIC, True)]
)
async def test_a_friend_is_counted_unasked_only_where_the_own_setting_says_so(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, sharing: Sharing, is_counted: bool
) -> None:
    like(own_store, ben, PORTAL_2)
    share(own_store, ben, sharing)
    question = await person.ask("/play-together", friend1=ben.member)
    assert (f"<@{ben.user.id}>" in told(question, "In: ")) is is_counted
    assert (f"<@{ben.user.id}>" in told(question, "Not in yet: ")) is not is_counted


async def test_seven_friends_are_named_by_mentions_and_options_together(
    served: Served, person: SimulatedUser, ben: SimulatedUser
) -> None:
    others = [_member(served, name) for name in ("Chloe", "Dan", "Eva", "Finn", "Gus", "Hal")]
    mentions = "".join(f"<@{other.user.id}>, " for other in others)
    question = await person.ask("/play-together", friend1=ben.member, friends=mentions)
    for friend in (ben, *others):
        assert f"<@{friend.user.id}>" in told(question, "Not in yet: ")
    ninth = _member(served, "Ida")
    refused = await person.ask("/play-together", friends=f"{mentions}<@{ben.user.id}><@{ninth.user.id}>")
    assert refused.content == "Eight can play together at most, you among them."


@pytest.mark.parametrize(
    ("sharing", "is_counted"), [(Sharing.PRIVATE, False), (Sharing.GROUPS, True), (Sharing.PUBLIC, True)]
)
async def test_a_mentioned_friend_is_counted_unasked_as_a_chosen_one_is(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, sharing: Sharing, is_counted: bool
) -> None:
    like(own_store, ben, PORTAL_2)
    share(own_store, ben, sharing)
    question = await person.ask("/play-together", friends=f"<@{ben.user.id}>")
    assert (f"<@{ben.user.id}>" in told(question, "In: ")) is is_counted


async def test_who_is_named_twice_is_asked_once(person: SimulatedUser, ben: SimulatedUser) -> None:
    mentions = f"<@{ben.user.id}> <@!{ben.user.id}> <@{person.user.id}>"
    question = await person.ask("/play-together", friend1=ben.member, friends=mentions)
    assert told(question, "Not in yet: ").count(f"<@{ben.user.id}>") == 1


@pytest.mark.parametrize("text", ["Ben", "<@&77>", "<@9999999999999999999>", "<@5> and Ben", "@everyone"])
async def test_a_text_that_is_no_mention_is_refused_with_the_remedy(person: SimulatedUser, text: str) -> None:
    refused = await person.ask("/play-together", friends=text)
    assert refused.ephemeral
    assert "type @ and choose each friend" in refused.text


async def test_who_is_not_on_the_server_cannot_be_named(person: SimulatedUser, served: Served) -> None:
    stranger = served.discord.world.add_user("Stranger")
    refused = await person.ask("/play-together", friends=f"<@{stranger.id}>")
    assert refused.ephemeral
    assert refused.content == f"<@{stranger.id}> is not on this server."


async def test_a_bot_that_is_mentioned_plays_nothing(person: SimulatedUser, served: Served) -> None:
    refused = await person.ask("/play-together", friends=f"<@{served.bot.application_id}>")
    assert refused.content == "Bots play nothing; name people."


async def test_who_brings_nothing_and_who_is_private_look_the_same(
    person: SimulatedUser, ben: SimulatedUser, chloe: SimulatedUser, own_store: Database
) -> None:
    like(own_store, ben, PORTAL_2)
    asked = [await person.ask("/play-together", friend1=friend.member) for friend in (ben, chloe)]
    shown = [
        question.text.replace(str(friend.user.id), "ID").replace(friend.user.display_name, "NAME")
        for question, friend in zip(asked, (ben, chloe), strict=True)
    ]
    assert shown[0] == shown[1]


async def test_players_of_the_data_are_counted_beside_friends(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, players: list[str]
) -> None:
    like(own_store, ben, PORTAL_2)
    question = await person.ask("/play-together", friend1=ben.member, player1=players[0])
    assert players[0] in told(question, "In: ").replace("\\", "")
    await ben.click(question, "Join")
    await ben.click(question, "Show the games")
    assert games(question)


async def test_only_those_who_joined_vote_or_end_anything(
    person: SimulatedUser, ben: SimulatedUser, chloe: SimulatedUser, own_store: Database
) -> None:
    like(own_store, person, PORTAL_2)
    question = await person.ask("/play-together")
    await person.click(question, "Join")
    assert "press Join first" in (await chloe.click(question, "Show the games")).text
    like(own_store, ben, TERRARIA)
    await ben.click(question, "Join")
    await person.click(question, "Show the games")
    for label in (votes(question)[0], "Decide now"):
        refused = await chloe.click(question, label)
        assert refused.ephemeral
        assert "joined" in refused.text
    assert "0 of 2 have voted" in question.text


async def test_one_of_whom_something_is_known_is_too_few(person: SimulatedUser, own_store: Database) -> None:
    like(own_store, person, PORTAL_2)
    question = await person.ask("/play-together")
    await person.click(question, "Join")
    refused = await person.click(question, "Show the games")
    assert refused.ephemeral
    assert refused.text.startswith("At least two of you")
    assert "Join" in labels(question)


async def test_a_double_press_counts_once_and_shows_once(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    like(own_store, person, PORTAL_2)
    like(own_store, ben, TERRARIA)
    question = await person.ask("/play-together")
    await asyncio.gather(
        *(person.click(question, "Join") for _ in range(3)), *(ben.click(question, "Join") for _ in range(3))
    )
    assert told(question, "In: ").count("<@") == 2
    await asyncio.gather(*(somebody.click(question, "Show the games") for somebody in (person, ben)))
    first = votes(question)[0]
    await asyncio.gather(*(person.click(question, first) for _ in range(3)))
    assert "1 of 2 have voted" in question.text


async def test_two_who_vote_at_once_decide_together(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    question = await _shown(own_store, person, ben)
    first = votes(question)[0]
    await asyncio.gather(person.click(question, first), ben.click(question, first))
    assert "2\xa0votes" in question.text


async def test_who_joins_while_the_games_are_being_found_is_counted_or_told(
    person: SimulatedUser, ben: SimulatedUser, chloe: SimulatedUser, own_store: Database
) -> None:
    for somebody, app_id in ((person, PORTAL_2), (ben, TERRARIA), (chloe, PORTAL_2)):
        like(own_store, somebody, app_id)
    question = await person.ask("/play-together")
    await person.click(question, "Join")
    await ben.click(question, "Join")
    _, late = await asyncio.gather(person.click(question, "Show the games"), chloe.click(question, "Join"))
    is_counted = "of 3 have voted" in question.text
    assert is_counted or "nobody can join any more" in late.text


async def test_a_vote_can_be_changed_and_most_votes_win(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    question = await _shown(own_store, person, ben)
    first, second, *_ = votes(question)
    await person.click(question, first)
    await person.click(question, second)
    await person.click(question, "Decide now")
    assert second.removeprefix("2. ").rstrip("…") in question.embeds[0]["title"]
    assert "1\xa0vote" in question.text


async def test_votes_stand_in_a_row_for_each_list_and_all_else_in_one_below(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    question = await _shown(own_store, person, ben)
    rows = [[part["label"] for part in row["components"]] for row in question.components]
    *votes_of_lists, last = rows
    assert [label for row in votes_of_lists for label in row] == votes(question)
    assert last == ["Decide now", "Leave", "How?"]


async def test_a_tie_is_said_to_be_one(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    question = await _shown(own_store, person, ben)
    first, second, *_ = votes(question)
    await person.click(question, second)
    await ben.click(question, first)
    assert first.removeprefix("1. ").rstrip("…") in question.embeds[0]["title"]
    assert "A tie" in question.text


async def test_who_leaves_or_is_forgotten_is_neither_counted_nor_shown(
    person: SimulatedUser, ben: SimulatedUser, chloe: SimulatedUser, own_store: Database
) -> None:
    like(own_store, chloe, TERRARIA)
    question = await _shown(own_store, person, ben, chloe)
    await ben.click(question, votes(question)[0])
    await ben.click(await ben.ask("/forget-me"), "Erase everything")
    await chloe.click(question, "Leave")
    assert "0 of 1 have voted" in question.text
    for gone in (ben, chloe):
        assert f"<@{gone.user.id}>" not in question.embeds[0]["description"]


async def test_after_a_restart_the_buttons_say_that_it_has_ended(
    serve: Serve, served: Served, own_store: Database
) -> None:
    question = await served.member.ask("/play-together")
    await served.bot.close()
    again = await serve(own_store, restarting=served)
    for label in labels(question):
        pressed = await again.member.click(question, label)
        assert "These buttons are switched off; ask again to get new ones." in pressed.text


async def test_where_nobody_else_reads_the_reply_there_is_no_round(served: Served) -> None:
    member = served.member.member
    assert member is not None
    direct = served.discord.person(member, served.discord.dm_channel(member, served.application))
    refused = await direct.ask("/play-together")
    assert refused.text.startswith("Nobody can join you here")
    await served.admin.ask("/settings quiet", command="play-together", on=True)
    refused = await served.member.ask("/play-together")
    assert "nobody could join" in refused.content


async def _shown(store: Database, person: SimulatedUser, *others: SimulatedUser) -> Reply:
    """Have people join with a taste each, and show the games."""
    for somebody, app_id in zip((person, *others), (PORTAL_2, TERRARIA, TERRARIA), strict=False):
        like(store, somebody, app_id)
    question = await person.ask("/play-together")
    for somebody in (person, *others):
        await somebody.click(question, "Join")
    return await person.click(question, "Show the games")


def _member(served: Served, name: str) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member(name))
