"""A long answer is turned page by page, by the person who asked, for as long as somebody reads it."""

import pytest

from commands.core.replies.embeds import PAGE_ROWS
from playground import ComponentNotFound, Reply
from store import Database
from store.dialect import rebuild_name_search
from store.models import Developer, DeveloperYear, Game, GameKind, Name, NameKind
from store.names.search_key import search_key
from tests.bot.conftest import Serve, Served

YEARS = range(1971, 2021)


@pytest.fixture
def long_answer(empty_store: Database) -> Database:
    """A store with a developer who released something every year."""
    with empty_store.writer() as session:
        session.add(Developer(id=1, name="Evergreen"))
        session.add(Game(id=1, title="Evergreen", listed=True, kind=GameKind.GAME))
        session.flush()
        counts = {"items": 1, "free_items": 0, "unpriced_items": 0, "undated_items": 0}
        session.add_all(DeveloperYear(developer_id=1, year=year, **counts) for year in YEARS)
        kind = NameKind.DEVELOPER
        key = search_key("Evergreen")
        session.add(Name(id=Name.make_id(kind, 1), kind=kind, key=key, label="Evergreen", rank=0))
        session.flush()
        rebuild_name_search(session.connection())
    return empty_store


def years(reply: Reply) -> list[int]:
    lines = reply.embeds[0]["description"].splitlines()[2:]
    return [int(line[2:6]) for line in lines]


async def ask(served: Served) -> Reply:
    return await served.member.ask("/developer", name="Evergreen")


async def test_pages_turn_both_ways_and_stop_at_the_ends(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer)
    reply = await ask(served)
    seen = years(reply)
    assert len(seen) == PAGE_ROWS
    with pytest.raises(ComponentNotFound):
        await served.member.click(reply, "Back")
    for _ in range(2):
        reply = await served.member.click(reply, "Next")
        seen += years(reply)
    assert seen == list(reversed(YEARS))
    assert reply.embeds[0]["footer"]["text"].startswith("Page 3 of 3\xa0· ")
    with pytest.raises(ComponentNotFound):
        await served.member.click(reply, "Next")
    assert years(await served.member.click(reply, "Back")) == list(reversed(YEARS))[PAGE_ROWS : 2 * PAGE_ROWS]


async def test_a_short_answer_has_no_buttons(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store)
    assert (await served.member.ask("/compare games", first="Portal", second="Portal 2")).components == []


async def test_nobody_else_turns_the_pages(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer)
    reply = await ask(served)
    before = years(reply)
    refused = await served.admin.click(reply, "Next")
    assert "These buttons are for the person who asked." in refused.text
    assert years(reply) == before


async def test_buttons_go_off_after_a_while(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer, button_timeout=0.05)
    reply = await ask(served)
    await reply.changed()
    buttons = [button for row in reply.components for button in row["components"]]
    # What explains the figures works for good.
    assert [button["disabled"] for button in buttons if button["label"] != "How?"] == [True, True]
    assert years(reply)


async def test_buttons_last_three_minutes(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer)
    assert served.bot.services.button_timeout == 180


async def test_a_page_of_before_a_restart_is_answered_by_a_sentence(
    serve: Serve, long_answer: Database
) -> None:
    served = await serve(long_answer)
    reply = await ask(served)
    await served.bot.close()
    again = await serve(long_answer, restarting=served)
    pressed = await again.member.click(reply, "Next")
    assert "These buttons are switched off; ask again to get new ones." in pressed.text


async def test_two_answers_are_turned_each_by_itself(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer)
    first, second = await ask(served), await ask(served)
    await served.member.click(first, "Next")
    assert years(second)[0] == YEARS[-1]
    assert years(first)[0] == YEARS[-1] - PAGE_ROWS


async def test_a_late_answer_has_pages_too(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer, defer_after=0.0)
    reply = await ask(served)
    assert years(await served.member.click(reply, "Next"))[0] == YEARS[-1] - PAGE_ROWS
