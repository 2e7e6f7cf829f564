"""What Discord's documentation says of messages, their reactions, pins and polls beyond their form."""

from typing import Any

import pytest

from playground.world.channels import CATEGORY, FORUM_CHANNEL
from playground.world.message import FLAG_VOICE_MESSAGE
from playground.world.permissions import (
    DEFAULT_MEMBER,
    MANAGE_MESSAGES,
    PIN_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_POLLS,
)
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_commands_api import paths
from tests.playground.http.test_messages_api import multipart, post, rows

POLL = {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]}
CONTENT_INTENT = 1 << 15


def here(place: Place, path: str = "") -> str:
    return f"/channels/{place.person.channel.id}/messages{path}"


async def test_who_does_not_read_the_history_is_given_no_messages(call: Caller, place: Place) -> None:
    # "Get Channel Messages" and "Get Channel Pins": then none are returned.
    said = place.person.say("hello")
    place.person.channel.allow(place.guild.everyone, deny=READ_MESSAGE_HISTORY)
    assert await call("GET", here(place)) == (200, [])
    assert (await call("GET", here(place, "/pins")))[1] == {"items": [], "has_more": False}
    reply = {"content": "hi", "message_reference": {"message_id": str(said.id)}}
    assert (await post(call, place, reply))[1]["code"] == 160002


async def test_a_bot_without_the_intent_is_not_shown_what_others_say(call: Caller, place: Place) -> None:
    # Gateway, "Message Content Intent": empty values across Discord's APIs, with exceptions.
    said, named = place.person.say("secret"), place.person.say(f"<@{place.application.user.id}> hi")
    await post(call, place, {"content": "mine"})
    _, shown = await call("GET", here(place))
    assert [message["content"] for message in shown] == ["mine", named.content, ""]
    place.application.privileged_intents = CONTENT_INTENT
    assert (await call("GET", here(place, f"/{said.id}")))[1]["content"] == "secret"


async def test_what_cannot_be_read_cannot_be_forwarded(call: Caller, place: Place) -> None:
    # "JSON Error Codes": 160014.
    said = place.person.say("secret")
    reference = {"type": 1, "message_id": str(said.id), "channel_id": str(said.channel.id)}
    assert (await post(call, place, {"message_reference": reference}))[1]["code"] == 160014


async def test_notices_are_neither_answered_nor_pinned(call: Caller, place: Place) -> None:
    # "Create Message": the referenced message cannot be a system message.
    place.guild.everyone.permissions |= PIN_MESSAGES
    said = place.person.say("hello")
    await call("PUT", here(place, f"/pins/{said.id}"))
    notice = place.person.messages[-1]
    status, error = await post(call, place, {"content": "x", "message_reference": {"message_id": notice.id}})
    assert (status, paths(error["errors"])) == (400, {"message_reference"})
    assert (await call("PUT", here(place, f"/pins/{notice.id}")))[1]["code"] == 50021


async def test_pinning_is_a_permission_of_its_own(call: Caller, place: Place) -> None:
    # "Pin Message": PIN_MESSAGES.
    said = place.person.say("hello")
    place.guild.everyone.permissions = DEFAULT_MEMBER | MANAGE_MESSAGES
    assert (await call("PUT", here(place, f"/pins/{said.id}")))[1]["code"] == 50013
    assert (await call("GET", here(place, "/pins?before=yesterday")))[0] == 400


@pytest.mark.parametrize(("kind", "code"), [(CATEGORY, 50008), (FORUM_CHANNEL, 40058)])
async def test_messages_go_where_messages_are(call: Caller, place: Place, kind: int, code: int) -> None:
    # "JSON Error Codes": 50008 and 40058.
    channel = place.guild.add_channel("other", kind=kind)
    assert (await call("POST", f"/channels/{channel.id}/messages", {"content": "x"}))[1]["code"] == code


async def test_many_messages_are_deleted_if_none_is_old_or_named_twice(call: Caller, place: Place) -> None:
    # "Bulk Delete Messages".
    place.guild.everyone.permissions |= MANAGE_MESSAGES
    path = here(place, "/bulk-delete")
    old = place.person.say("old").id
    place.discord.clock.advance(14 * 24 * 3600 + 1)
    new, newer = (place.person.say("new").id for _ in range(2))
    assert (await call("POST", path, {"messages": [old, new]}))[1]["code"] == 50034
    assert (await call("POST", path, {"messages": [new, new]}))[1]["code"] == 50035
    assert (await call("POST", path, {"messages": [new]}))[1]["code"] == 50016
    direct = place.direct().channel
    assert (await call("POST", f"/channels/{direct.id}/messages/bulk-delete", {"messages": []}))[1][
        "code"
    ] == 50003
    assert (await call("POST", path, {"messages": [new, newer]}))[0] == 204


async def test_a_poll_needs_a_permission_and_stays_as_it_is(call: Caller, place: Place) -> None:
    # Poll resource: after creation, the poll message cannot be edited.
    _, message = await post(call, place, {"poll": POLL})
    path = here(place, f"/{message['id']}")
    assert (await call("PATCH", path, {"content": "x"}))[1]["code"] == 520003
    assert (await call("PATCH", path, {"flags": 4}))[0] == 200
    _, plain = await post(call, place, {"content": "x"})
    expire = f"/channels/{place.person.channel.id}/polls/{plain['id']}/expire"
    assert (await call("POST", expire))[1]["code"] == 520006
    place.guild.everyone.permissions = DEFAULT_MEMBER & ~SEND_POLLS
    assert (await post(call, place, {"poll": POLL}))[1]["code"] == 50013


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        ({"content": "x"}, "a.ogg", 50159),
        ({}, "a.png", 50160),
        ({}, "a.ogg", 50161),
        ({"attachments": [{"id": 0, "duration_secs": 1.5, "waveform": "AA=="}]}, "a.ogg", None),
    ],
)
async def test_a_voice_message_is_one_sound(
    call: Caller, place: Place, body: dict[str, Any], name: str, code: int | None
) -> None:
    # Message resource, "Voice Messages"; "JSON Error Codes" from 50159 on.
    form = multipart({"flags": FLAG_VOICE_MESSAGE, **body}, (name, b"x"))
    _, answer = await post(call, place, None, data=form)
    assert answer.get("code") == code
    if code is None:
        assert answer["attachments"][0]["duration_secs"] == 1.5
        edit = await call("PATCH", here(place, f"/{answer['id']}"), {"content": "x"})
        assert edit[1]["code"] == 50162


async def test_an_emoji_is_one_that_somebody_has(call: Caller, place: Place) -> None:
    # "Create Reaction": otherwise 10014.
    said = place.person.say("hello")
    for emoji, expected in (("party:123456789012345678", 10014), ("word", 10014), ("%F0%9F%8E%89", None)):
        _, answer = await call("PUT", here(place, f"/{said.id}/reactions/{emoji}/@me"))
        assert (answer or {}).get("code") == expected


# Component reference, "Button Structure".
@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"style": 6, "sku_id": "1", "label": "Buy"}, "label"),
        ({"style": 6, "sku_id": "1", "custom_id": "buy"}, "custom_id"),
        ({"style": 6, "sku_id": "one"}, "sku_id"),
        ({"style": 1, "label": "Go", "custom_id": "go", "sku_id": "1"}, "sku_id"),
    ],
)
async def test_a_button_that_sells_shows_what_it_sells(
    call: Caller, place: Place, part: dict[str, Any], where: str
) -> None:
    _, error = await post(call, place, rows({"type": 2, **part}))
    assert paths(error["errors"]) == {f"components.0.components.0.{where}"}
