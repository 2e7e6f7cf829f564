"""Under suggestions: others, more like one of them, never again; and never the same list twice in a row."""

import asyncio
import re

import pytest
from sqlalchemy import select

from commands.cooldowns import Cooldowns
from commands.families import BUTTON_IDS, MENU_IDS
from playground import ComponentNotFound, Person, Reply
from store import Database, people, queries
from store.models import Game, GameKind, NameKind
from tests.bot.conftest import Serve, Served

GAME = re.compile(r"^\*\*\d+\.\*\* \[(.+?)\]\(https://store\.steampowered\.com/app/(\d+)/\)", re.MULTILINE)
LIKE, HIDE = "More like which game?", "Which games are not for you?"


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    return await serve(own_store)


@pytest.fixture
def person(served: Served) -> Person:
    return served.member


@pytest.fixture
def ben(served: Served) -> Person:
    """Another member."""
    guild = served.member.channel.guild
    assert guild is not None
    return guild.add_member("Ben").open()


@pytest.fixture(scope="session")
def players(sample_store: Database) -> list[str]:
    with sample_store.reader() as session:
        return [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 3)]


def games(reply: Reply) -> list[int]:
    """The app ids on show, in their order."""
    (embed,) = reply.embeds
    return [int(app_id) for _, app_id in GAME.findall(embed["description"])]


def labels(reply: Reply) -> list[str]:
    """What can be pressed or opened."""
    return [
        part.get("label") or part["placeholder"] for row in reply.components for part in row["components"]
    ]


def hidden_from(store: Database, person: Person) -> frozenset[int]:
    with store.people.reader() as session:
        return people.hidden_games(session, person.user.id)


async def hide(person: Person, reply: Reply, *app_ids: int) -> Reply:
    await person.click(reply, "Not for me")
    return await person.select(reply, *map(str, app_ids), menu=HIDE)


async def ask(person: Person, what: str, players: list[str], **options: object) -> Reply:
    """Ask for suggestions in one of the ways that there are."""
    if what == "own":
        await person.ask("/link", player=players[0])
        return await person.ask("/recommend", **options)
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "game": ("/recommend", {"game": "Portal 2"}),
        "games": ("/recommend", {"games": "Portal 2, Terraria"}),
        "player": ("/recommend", {"player": players[0]}),
        "group": ("/play-together", {"player1": players[0], "player2": players[1]}),
    }
    command, given = asked[what]
    return await person.ask(command, **given, **options)


EVERY_WAY = pytest.mark.parametrize("what", ["game", "games", "player", "own", "group"])


@EVERY_WAY
async def test_another_shows_as_many_games_that_were_not_shown(
    person: Person, players: list[str], what: str
) -> None:
    reply = await ask(person, what, players, limit=3)
    seen = games(reply)
    assert labels(reply) == ["Another 3", "More like this", "Not for me"]
    for _ in range(2):
        reply = await person.click(reply, "Another 3")
        fresh = games(reply)
        assert len(fresh) >= 3
        assert not set(fresh) & set(seen)
        seen += fresh
    assert len(seen) == len(set(seen))


@EVERY_WAY
async def test_asked_the_same_again_it_answers_with_other_games(
    person: Person, ben: Person, players: list[str], what: str
) -> None:
    first, second = await ask(person, what, players), await ask(person, what, players)
    assert not set(games(first)) & set(games(second))
    if what != "own":
        assert games(await ask(ben, what, players)) == games(first), "each person has seen something else"


async def test_the_same_question_in_other_words_is_the_same_and_with_filters_another(person: Person) -> None:
    first = await person.ask("/recommend", game="Portal 2", genre="Action")
    again = await person.ask("/recommend", game="620", genre="ACTION", limit=3)
    other = await person.ask("/recommend", game="Portal 2", genre="Action", since=1990)
    assert not set(games(first)) & set(games(again))
    assert games(other) == games(first)


async def test_when_all_is_shown_it_says_so_and_begins_again(person: Person) -> None:
    narrow = {"game": "Portal 2", "genre": "Strategy", "limit": 10}
    with_all: list[int] = []
    reply = await person.ask("/recommend", **narrow)
    first = games(reply)
    while "This is the last that fits" not in reply.text:
        with_all += games(reply)
        assert len(with_all) < 500
        reply = await person.click(reply, "Another 10")
        if "begins from the top again" in reply.text:
            break
    with_all += games(reply)
    if "You have seen everything" not in reply.text:
        reply = await person.click(reply, "Another 10")
    assert "You have seen everything that fits, so this begins from the top again." in reply.text
    assert games(reply) == first


@EVERY_WAY
async def test_what_is_not_for_me_is_replaced_at_once_and_never_comes_back(
    person: Person, own_store: Database, players: list[str], what: str
) -> None:
    reply = await ask(person, what, players, limit=5)
    before = games(reply)
    reply = await hide(person, reply, before[1])
    after = games(reply)
    assert len(after) == len(before)
    assert before[1] not in after
    assert after[0] == before[0], "what stays keeps its place"
    assert after[2:] == before[2:]
    said = "1 game is hidden from you for good; `/hidden` brings it back."
    assert said in reply.embeds[0]["description"]
    assert hidden_from(own_store, person) == {before[1]}
    for _ in range(3):
        reply = await person.click(reply, next(label for label in labels(reply) if "Another" in label))
        assert before[1] not in games(reply)


async def test_several_games_are_hidden_at_once(person: Person, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2", limit=10)
    before = games(reply)
    reply = await hide(person, reply, *before[2:6])
    assert hidden_from(own_store, person) == set(before[2:6])
    assert len(games(reply)) == 10
    assert not set(games(reply)) & set(before[2:6])


async def test_undo_brings_back_what_was_hidden_last_step_by_step(
    person: Person, own_store: Database
) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    lists = [games(reply)]
    for _ in range(2):
        reply = await hide(person, reply, games(reply)[0])
        lists.append(games(reply))
    assert hidden_from(own_store, person) == {lists[0][0], lists[1][0]}
    reply = await person.click(reply, "Undo")
    assert games(reply) == lists[1]
    assert hidden_from(own_store, person) == {lists[0][0]}
    reply = await person.click(reply, "Undo")
    assert games(reply) == lists[0]
    assert hidden_from(own_store, person) == frozenset()
    assert "Undo" not in labels(reply)


async def test_hidden_games_stay_hidden_from_that_person_alone(
    person: Person, ben: Person, players: list[str]
) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await hide(person, reply, first[0])
    assert first[0] not in games(await person.ask("/recommend", game="Portal 2", since=1990))
    assert games(await ben.ask("/recommend", game="Portal 2")) == first


async def test_more_like_this_lists_games_like_the_chosen_one_within_the_same_filters(
    person: Person, own_store: Database
) -> None:
    reply = await person.ask("/recommend", game="Portal 2", genre="Action", limit=3)
    chosen = games(reply)[2]
    await person.click(reply, "More like this")
    assert labels(reply) == [LIKE, "Cancel"]
    liked = await person.select(reply, str(chosen), menu=LIKE)
    with own_store.reader() as session:
        filters = queries.Filters(genre="Action")
        found = queries.recommend_game(session, chosen, 3, filters=filters)
        title = session.get_one(Game, chosen).title
    assert liked.embeds[0]["title"].replace("\\", "") == f"Games like {title}"
    assert games(liked) == [entry.game.id for entry in found]
    assert "Back" in labels(liked)


async def test_the_reply_says_within_which_limits_it_suggests(person: Person) -> None:
    limits = {"genre": "action", "max_price": 20, "since": 2005, "finished": True, "discovery": "hidden gems"}
    reply = await person.ask("/recommend", game="Portal 2", **limits)
    for shown in (reply, await person.click(reply, "Another 5")):
        first = shown.embeds[0]["description"].splitlines()[0]
        assert first == "action · at most $20.00 · released since 2005 · no early access · hidden gems"


async def test_back_returns_to_the_list_before(person: Person) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    reply = await person.click(reply, "Another 5")
    reply = await person.click(reply, "Back")
    assert games(reply) == first
    assert "Back" not in labels(reply)


async def test_cancel_leaves_the_list_as_it_is(person: Person, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    before = games(reply)
    for button in ("Not for me", "More like this"):
        await person.click(reply, button)
        reply = await person.click(reply, "Cancel")
        assert games(reply) == before
    assert hidden_from(own_store, person) == frozenset()


async def test_a_list_of_one_game_needs_no_menu(person: Person, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2", limit=1)
    (only,) = games(reply)
    assert labels(reply)[0] == "Another one"
    reply = await person.click(reply, "Not for me")
    assert hidden_from(own_store, person) == {only}
    assert len(games(reply)) == 1
    (other,) = games(reply)
    reply = await person.click(reply, "More like this")
    with own_store.reader() as session:
        assert session.get_one(Game, other).title in reply.embeds[0]["title"].replace("\\", "")


async def test_nobody_else_presses_or_chooses(person: Person, ben: Person, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    before = games(reply)
    for button in labels(reply):
        refused = await ben.click(reply, button)
        assert (refused.text.splitlines()[0], refused.ephemeral) == (
            "These buttons are for the person who asked.",
            True,
        )
    await person.click(reply, "Not for me")
    refused = await ben.select(reply, str(before[0]), menu=HIDE)
    assert "These buttons are for the person who asked." in refused.text
    assert games(reply) == before
    assert hidden_from(own_store, ben) == hidden_from(own_store, person) == frozenset()


async def test_a_reply_for_oneself_alone_stays_so(person: Person, ben: Person, players: list[str]) -> None:
    await person.ask("/link", player=players[0])
    reply = await person.ask("/recommend")
    for button in ("Another 5", "Another 5", "Back"):
        reply = await person.click(reply, button)
        assert reply.ephemeral
        assert reply.message not in ben.messages


async def test_a_player_who_became_private_is_shown_no_further(
    person: Person, ben: Person, players: list[str]
) -> None:
    mine = await person.ask("/recommend", player=players[0])
    his = await ben.ask("/recommend", player=players[0])
    before = games(his)
    await person.ask("/link", player=players[0])
    refused = await ben.click(his, "Another 5")
    assert refused.content.endswith("are private: that player is linked to somebody else.")
    assert games(his) == before
    refused = await person.click(mine, "Another 5")
    assert refused.content.startswith("Your player is private now and this reply is not")


async def test_buttons_and_menus_go_off_after_a_while(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, buttons_last=0.4)
    reply = await served.member.ask("/recommend", game="Portal 2")
    before = games(reply)
    await served.member.click(reply, "Not for me")
    await reply.changed()
    while not all(part["disabled"] for row in reply.components for part in row["components"]):
        await reply.changed()
    with pytest.raises(ComponentNotFound):
        await served.member.select(reply, str(before[0]), menu=HIDE)
    assert games(reply) == before


async def test_what_is_left_of_before_a_restart_is_answered_by_a_sentence_and_hides_nothing(
    serve: Serve, served: Served, own_store: Database
) -> None:
    buttons = await served.member.ask("/recommend", game="Portal 2")
    menu = await served.member.ask("/recommend", game="Portal 2")
    await served.member.click(menu, "Not for me")
    await served.bot.close()
    again = await serve(own_store, restarting=served)
    for label in labels(buttons):
        pressed = await again.member.click(buttons, label)
        assert "These buttons are switched off; ask again to get new ones." in pressed.text
    chosen = await again.member.select(menu, str(games(menu)[0]), menu=HIDE)
    assert "These buttons are switched off; ask again to get new ones." in chosen.text
    assert hidden_from(own_store, again.member) == frozenset()


async def test_every_button_and_menu_is_known_after_a_restart(
    person: Person, players: list[str], own_store: Database
) -> None:
    with own_store.people.writer() as session:
        for app_id in range(1, 31):
            people.hide_game(session, person.user.id, app_id)
    used = set()
    for command in ("/hidden", "/forget-me"):
        used |= _ids(await person.ask(command))
    reply = await person.ask("/recommend", game="Portal 2")
    reply = await person.click(reply, "Another 5")
    for button in ("More like this", "Not for me"):
        used |= _ids(await person.click(reply, button))
        reply = await person.click(reply, "Cancel")
    used |= _ids(await hide(person, reply, games(reply)[0]))
    assert used <= {*BUTTON_IDS, *MENU_IDS}
    assert len(used) >= 13


def _ids(reply: Reply) -> set[str]:
    return {part["custom_id"] for row in reply.components for part in row["components"]}


async def test_two_quick_presses_show_two_lists(person: Person) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await asyncio.gather(*(person.click(reply, "Another 5") for _ in range(2)))
    third = games(reply)
    reply = await person.click(reply, "Back")
    second = games(reply)
    reply = await person.click(reply, "Back")
    assert games(reply) == first
    assert len({*first, *second, *third}) == 15


async def test_slow_answers_come_into_the_same_message(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, defer_after=0.0)
    reply = await served.member.ask("/recommend", game="Portal 2")
    first = games(reply)
    await served.member.click(reply, "Another 5")
    while games(reply) == first:
        await reply.changed()
    assert reply.followups == []
    refused = await served.member.ask("/recommend", game="Portl 22")
    assert "Portal 2" in (refused.followups or [await refused.followup()])[0].content


@pytest.mark.parametrize("defer_after", [0.0, 1.5])
async def test_what_goes_wrong_under_a_button_is_told_and_the_list_stays(
    serve: Serve, own_store: Database, defer_after: float
) -> None:
    served = await serve(own_store, defer_after=defer_after)
    reply = await served.member.ask("/recommend", game="Portal 2")
    before = games(reply)
    own_store.close()
    away = own_store.file.rename(own_store.file.with_name("away"))
    pressed = await served.member.click(reply, "Another 5")
    told = pressed if defer_after else (pressed.followups or [await pressed.followup()])[0]
    assert told.ephemeral
    assert told.content.startswith("The data cannot be read just now")
    assert games(reply) == before
    away.rename(own_store.file)
    await served.member.click(reply, "Another 5")
    while games(reply) == before:
        await reply.changed()


async def test_other_lists_count_as_heavy_commands(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, cooldowns=Cooldowns(2, 30.0))
    reply = await served.member.ask("/recommend", game="Portal 2")
    reply = await served.member.click(reply, "Another 5")
    before = games(reply)
    refused = await served.member.click(reply, "Another 5")
    assert "You can do that again <t:" in refused.text
    assert games(reply) == before


async def test_no_reply_holds_what_is_no_game_or_the_same_game_twice(
    person: Person, own_store: Database, players: list[str]
) -> None:
    for what in ("game", "games", "player", "group"):
        reply = await ask(person, what, players)
        for _ in range(3):
            shown = games(reply)
            with own_store.reader() as session:
                kinds = session.scalars(select(Game.kind).where(Game.id.in_(shown))).all()
            assert set(kinds) == {GameKind.GAME}
            assert len(shown) == len(set(shown))
            reply = await person.click(reply, labels(reply)[0])


async def test_being_forgotten_forgets_what_was_shown(person: Person, served: Served) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await hide(person, reply, first[0])
    assert len(served.bot.services.shown) == 1
    await person.click(await person.ask("/forget-me"), "Erase everything")
    assert len(served.bot.services.shown) == 0
    assert games(await person.ask("/recommend", game="Portal 2")) == first


async def test_names_without_any_game_are_asked_for(person: Person) -> None:
    reply = await person.ask("/recommend", games=" , ,, ")
    assert (reply.content, reply.ephemeral) == ("Name at least one game, with commas between several.", True)
