"""The buttons and menus under suggestions: whose they are, how long they work, and what holds meanwhile."""

import asyncio
from typing import Any

import pytest

from commands import registry
from commands.core.services.cooldowns import Cooldowns
from playground import ComponentNotFound, Reply, SimulatedUser
from store import Database, user_data
from tests.bot.conftest import Serve, Served
from tests.commands.suggestions.suggested import HIDE, games, hidden_from, hide, labels


async def test_nobody_else_presses_or_chooses(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    before = games(reply)
    for button in labels(reply)[:3]:
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


async def test_a_reply_for_oneself_alone_stays_so(
    person: SimulatedUser, ben: SimulatedUser, players: list[str]
) -> None:
    await person.ask("/link", player=players[0])
    reply = await person.ask("/recommend")
    for button in ("Another 5", "Another 5", "Back"):
        reply = await person.click(reply, button)
        assert reply.ephemeral
        assert reply.message not in ben.messages


async def test_a_player_who_became_private_is_shown_no_further(
    person: SimulatedUser, ben: SimulatedUser, players: list[str]
) -> None:
    mine = await person.ask("/recommend", player=players[0])
    his = await ben.ask("/recommend", player=players[0])
    before = games(his)
    await person.ask("/link", player=players[0])
    refused = await ben.click(his, "Another 5")
    assert "are private: that player is linked to somebody else." in refused.content
    assert games(his) == before
    refused = await person.click(mine, "Another 5")
    assert refused.content.startswith("Your player is private now and this reply is not")


async def test_buttons_and_menus_go_off_after_a_while(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, button_timeout=0.4)
    reply = await served.member.ask("/recommend", game="Portal 2")
    before = games(reply)
    await served.member.click(reply, "Not for me")
    await reply.changed()
    while not all(part["disabled"] for part in _timed(reply)):
        await reply.changed()
    assert all(not part.get("disabled") for part in _lasting(reply)), "what lasts is for everybody"
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
    for label in labels(buttons)[:3]:
        pressed = await again.member.click(buttons, label)
        assert "These buttons are switched off; ask again to get new ones." in pressed.text
    chosen = await again.member.select(menu, str(games(menu)[0]), menu=HIDE)
    assert "These buttons are switched off; ask again to get new ones." in chosen.text
    assert hidden_from(own_store, again.member) == frozenset()


async def test_every_button_and_menu_is_known_after_a_restart(
    person: SimulatedUser, players: list[str], own_store: Database
) -> None:
    with own_store.user_data.writer() as session:
        for app_id in range(1, 31):
            user_data.hide_game(session, person.user.id, app_id)
    used = set()
    for command in ("/hidden", "/forget-me"):
        used |= _ids(await person.ask(command))
    reply = await person.ask("/recommend", game="Portal 2")
    reply = await person.click(reply, "Another 5")
    for button in ("More like this", "Not for me"):
        used |= _ids(await person.click(reply, button))
        reply = await person.click(reply, "Cancel")
    used |= _ids(await hide(person, reply, games(reply)[0]))
    found = registry.collect()
    assert used <= {*found.button_ids, *found.menu_ids}
    assert len(used) >= 13


def _ids(reply: Reply) -> set[str]:
    return {part["custom_id"] for part in _timed(reply)}


def _timed(reply: Reply) -> list[dict[str, Any]]:
    """What goes off after a while; the thumbs under each game last."""
    return [part for part in _parts(reply) if not part["custom_id"].startswith("game:")]


def _lasting(reply: Reply) -> list[dict[str, Any]]:
    return [part for part in _parts(reply) if part["custom_id"].startswith("game:")]


def _parts(reply: Reply) -> list[dict[str, Any]]:
    return [part for row in reply.components for part in row["components"]]


async def test_two_quick_presses_show_two_lists(person: SimulatedUser) -> None:
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
    if not refused.followups:
        await refused.followup()
    assert "[Portal 2]" in refused.text


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


async def test_other_lists_have_a_limit_of_their_own(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, cooldowns=Cooldowns(1, 30.0))
    reply = await served.member.ask("/recommend", game="Portal 2")
    reply = await served.member.click(reply, "Another 5")
    before = games(reply)
    refused = await served.member.click(reply, "Another 5")
    assert "Slow down: you can do that again <t:" in refused.text
    assert games(reply) == before
