"""Under suggestions: others, and more like one of them; the same question has the same answer."""

import pytest
from sqlalchemy import select

from localization.markdown import escape_title
from playground import SimulatedUser
from store import Database, queries
from store.models import Game, GameKind
from tests.commands.suggestions.suggested import LIKE, WAYS, ask, games, hidden_from, labels, places

EVERY_WAY = pytest.mark.parametrize("what", WAYS)


@EVERY_WAY
async def test_another_shows_as_many_games_that_were_not_shown(
    person: SimulatedUser, players: list[str], what: str
) -> None:
    reply = await ask(person, what, players, limit=3)
    seen = games(reply)
    assert labels(reply)[:3] == ["Another 3", "More like this", "Not for me"]
    for _ in range(2):
        reply = await person.click(reply, "Another 3")
        fresh = games(reply)
        assert len(fresh) >= 3
        assert not set(fresh) & set(seen)
        seen += fresh
    assert len(seen) == len(set(seen))


@EVERY_WAY
async def test_asked_the_same_again_it_answers_the_same_whoever_asks_and_whatever_was_shown_since(
    person: SimulatedUser, ben: SimulatedUser, players: list[str], what: str
) -> None:
    first = await ask(person, what, players)
    shown = games(first)
    await person.click(first, "Another 5" if what != "group" else "Another 3")
    assert games(await ask(person, what, players)) == shown
    if what != "own":
        assert games(await ask(ben, what, players)) == shown


async def test_another_goes_on_with_the_same_question_in_whatever_words(person: SimulatedUser) -> None:
    first = await person.ask("/recommend", game="Portal 2", genre="Action")
    again = await person.ask("/recommend", game="620", genre="ACTION", limit=3)
    assert games(again) == games(first)[:3]
    further = await person.click(again, "Another 3")
    assert games(further)[:2] == games(first)[3:]


async def test_another_counts_on_and_back_shows_the_places_of_before(person: SimulatedUser) -> None:
    reply = await person.ask("/recommend", game="Portal 2", limit=3)
    assert places(reply) == [1, 2, 3]
    reply = await person.click(reply, "Another 3")
    assert places(reply) == [4, 5, 6]
    reply = await person.click(reply, "Another 3")
    assert places(reply) == [7, 8, 9]
    reply = await person.click(reply, "Back")
    assert places(reply) == [4, 5, 6]


async def test_limits_alone_give_the_best_within_them_and_say_how_they_become_personal(
    person: SimulatedUser,
) -> None:
    reply = await person.ask("/recommend", genre="Strategy")
    assert len(games(reply)) == 5
    assert "The best games" in reply.text
    assert "Name a game that you like" in reply.text
    further = await person.click(reply, "Another 5")
    assert places(further) == [6, 7, 8, 9, 10]


async def test_when_all_is_shown_it_says_so_and_begins_again(person: SimulatedUser) -> None:
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


async def test_more_like_this_lists_games_like_the_chosen_one_within_the_same_filters(
    person: SimulatedUser, own_store: Database
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
    shown, wanted = liked.embeds[0]["title"], f"Games like {escape_title(str(title))}"
    assert shown.replace("\\", "") == wanted.replace("\\", "")
    assert games(liked) == [entry.game.id for entry in found]
    assert "Back" in labels(liked)


async def test_the_reply_says_within_which_limits_it_suggests(person: SimulatedUser) -> None:
    limits = {"genre": "action", "max_price": 20, "since": 2005, "finished": True, "discovery": "hidden gems"}
    reply = await person.ask("/recommend", game="Portal 2", **limits)
    for shown in (reply, await person.click(reply, "Another 5")):
        first = shown.embeds[0]["description"].splitlines()[0]
        assert (
            first == "Action\xa0· at most $20\xa0· released since 2005\xa0· no early access\xa0· hidden gems"
        )


async def test_years_ways_to_play_and_what_is_not_wanted_are_limits_too(
    person: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask(
        "/recommend", game="Portal 2", limit=10, without="fps, terror", since=2009, until=2013, mode="alone"
    )
    first = reply.embeds[0]["description"].splitlines()[0]
    assert first == "released from 2009 to 2013\xa0· without FPS\xa0· without Horror\xa0· played alone"
    filters = queries.Filters(
        without=("FPS", "Horror"),
        released_since=2009,
        released_until=2013,
        play_mode=queries.PlayMode.ALONE,
    )
    with own_store.reader() as session:
        found = queries.recommend_game(session, "Portal 2", 10, filters=filters)
    assert games(reply) == [entry.game.id for entry in found]


async def test_a_list_that_is_shorter_than_asked_says_so(person: SimulatedUser, own_store: Database) -> None:
    limits = {"genre": "Puzzle", "until": 2009}
    with own_store.reader() as session:
        filters = queries.Filters(described=("Puzzle",), released_until=2009)
        found = queries.recommend_game(session, "Portal 2", 10, filters=filters)
    assert 0 < len(found) < 10
    for limit, is_said in ((10, True), (len(found), False)):
        reply = await person.ask("/recommend", game="Portal 2", limit=limit, **limits)
        assert ("These are all that fit." in reply.embeds[0]["description"]) is is_said


async def test_where_the_data_know_nothing_of_the_deck_that_is_said(person: SimulatedUser) -> None:
    reply = await person.ask("/recommend", game="Portal 2", deck="verified")
    assert reply.ephemeral
    assert reply.content.startswith("These data do not know how games run on the Steam Deck")


async def test_back_returns_to_the_list_before(person: SimulatedUser) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    reply = await person.click(reply, "Another 5")
    reply = await person.click(reply, "Back")
    assert games(reply) == first
    assert "Back" not in labels(reply)


async def test_cancel_leaves_the_list_as_it_is(person: SimulatedUser, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    before = games(reply)
    for button in ("Not for me", "More like this"):
        await person.click(reply, button)
        reply = await person.click(reply, "Cancel")
        assert games(reply) == before
    assert hidden_from(own_store, person) == frozenset()


async def test_a_list_of_one_game_needs_no_menu(person: SimulatedUser, own_store: Database) -> None:
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


async def test_no_reply_holds_what_is_no_game_or_the_same_game_twice(
    person: SimulatedUser, own_store: Database, players: list[str]
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


async def test_names_without_any_game_are_asked_for(person: SimulatedUser) -> None:
    reply = await person.ask("/recommend", games=" , ,, ")
    assert (reply.content, reply.ephemeral) == ("Name at least one game, with commas between several.", True)
