"""Names in the data are shown letter by letter, whatever they are made of."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from playground import Reply
from store import Database
from store.dialect import rebuild_name_search
from store.models import Developer, Game, Genre, Name, NameKind, Player, Review, Tag
from store.names.search_key import search_key
from tests.bot.conftest import Serve, Served
from tests.commands.hostile import ANY_TEXT, TEXTS, require_harmless

# The widest game, the developer of most, and so on: they are in most replies.
_NAMED: dict[NameKind, tuple[type[Any], str]] = {
    NameKind.GAME: (Game, "title"),
    NameKind.DEVELOPER: (Developer, "name"),
    NameKind.GENRE: (Genre, "name"),
    NameKind.TAG: (Tag, "name"),
    NameKind.PLAYER: (Player, "user_id"),
}


def rename(store: Database, text: str) -> dict[NameKind, list[str]]:
    """Give the ten highest ranked things of each kind hostile names; return how they are asked for."""
    asked: dict[NameKind, list[str]] = {}
    with store.writer() as session:
        for kind, (table, column) in _NAMED.items():
            asked[kind] = []
            names = session.query(Name).filter(Name.kind == kind).order_by(Name.rank).limit(10)
            for number, name in enumerate(names.all()):
                # The end keeps them apart, as the data do.
                called = text + "\u2800" * number
                thing = session.get_one(table, name.ref_id)
                for other in session.query(table).filter_by(**{column: called}):
                    setattr(other, column, f"Other {other.id}")
                session.flush()
                setattr(thing, column, called)
                name.label, name.key = called, search_key(called)
                asked[kind].append(str(thing.id) if kind is NameKind.GAME else f"id:{name.ref_id}")
        session.execute(update(Game).values(publisher=text))
        session.execute(update(Review).values(text=text))
        session.flush()
        rebuild_name_search(session.connection())
    return asked


def questions_about(asked: dict[NameKind, list[str]]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return every command that shows a name, with options that bring the hostile ones up."""
    games, developers = asked[NameKind.GAME], asked[NameKind.DEVELOPER]
    genres, tags, players = (asked[kind] for kind in (NameKind.GENRE, NameKind.TAG, NameKind.PLAYER))
    return (
        ("/recommend", {"game": games[0]}),
        ("/recommend", {"game": games[0], "genre": f"{genres[0]}, {tags[0].replace('id', 'tag')}"}),
        ("/recommend", {"games": f"{games[0]}, {games[1]}"}),
        ("/recommend", {"player": players[0]}),
        ("/play-together", {"player1": players[0], "player2": players[1]}),
        ("/game", {"name": games[0]}),
        ("/developer", {"name": developers[0]}),
        ("/best-developers", {"year": 2014}),
        ("/genre", {"name": genres[0]}),
        ("/reviews", {"developer": developers[0]}),
        ("/reviews", {"game": games[0]}),
        ("/reviews", {"game": games[0], "show": "words"}),
        ("/year", {"year": 2014}),
        ("/top", {"genre": genres[0]}),
        ("/compare games", {"first": games[0], "second": games[1]}),
        ("/compare developers", {"first": developers[0], "second": developers[1]}),
        ("/compare players", {"first": players[0], "second": players[1]}),
        ("/userdata", {"player": players[0]}),
        ("/link", {"player": players[0]}),
        ("/me", {}),
    )


@pytest.mark.parametrize("name", TEXTS.values(), ids=TEXTS.keys())
async def test_hostile_names_are_shown_as_they_are(
    serve: Serve, own_store: Database, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    asked = rename(own_store, name)
    served = await serve(own_store)
    for command, options in questions_about(asked):
        reply: Reply = await served.member.ask(command, **options)
        require_harmless(reply, f"{command} {options}")
        assert reply.embeds, f"{command} {options}: {reply.text}"
    await buttons_take_the_names(served, asked[NameKind.GAME][0])
    await suggestions_fit(served)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


async def buttons_take_the_names(served: Served, game: str) -> None:
    """Games are chosen from menus by their names, hidden, and named again where they are brought back."""
    person = served.member
    reply = await person.ask("/recommend", game=game, limit=10)
    for button in ("More like this", "Not for me"):
        await person.click(reply, button)
        (menu,) = (part for row in reply.components for part in row["components"] if part["type"] == 3)
        reply = await person.select(reply, menu["options"][0]["value"])
        require_harmless(reply, button)
        assert reply.embeds
    require_harmless(await person.ask("/hidden"), "/hidden")


async def suggestions_fit(served: Served) -> None:
    """Discord takes no suggestion that is empty or longer than 100 characters; the bot leaves none such."""
    for command, option in (("/game", "name"), ("/developer", "name"), ("/userdata", "player")):
        for choice in await served.member.autocomplete(command, option, ""):
            assert 1 <= len(choice.name.strip()) <= 100
            assert 1 <= len(str(choice.value)) <= 100


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(place=0, name="\u200b")  # nothing of it can be seen
@example(place=14, name="\u200b")
@given(place=st.integers(0, 99), name=ANY_TEXT.map(str.strip).filter(bool))  # as cleaning leaves them
async def test_any_name_in_the_data_is_shown_as_it_is(
    own_store: Database, typist: Served, caplog: pytest.LogCaptureFixture, place: int, name: str
) -> None:
    questions = questions_about(rename(own_store, name))
    command, options = questions[place % len(questions)]
    await typist.member.ask("/link", player=questions[-2][1]["player"])
    reply = await typist.member.ask(command, **options)
    require_harmless(reply, f"{command} {options} in data called {name!r}")
    assert reply.embeds, f"{command} {options}: {reply.text}"
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


@pytest.fixture
async def typist(serve: Serve, own_store: Database) -> Served:
    return await serve(own_store)
