"""What Discord does with payloads that are nearly right; each case names where that is documented."""

import json
from typing import Any

import aiohttp
import pytest

from playground.world.permissions import MENTION_EVERYONE
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_commands_api import option, paths, put, slash
from tests.playground.http.test_interactions_api import MODAL, Bot, by_hand
from tests.playground.http.test_messages_api import V2, menu, post, rows, words

__all__ = ["by_hand"]

PERSON = {"type": 5, "custom_id": "who"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"payload_json": '{"content":"u"}'}, "u"),
        ({"content": "u", "tts": "false"}, "u"),
        ({"content": "7"}, "7"),
    ],
)
async def test_form_encoded_bodies_are_read(
    call: Caller, place: Place, form: dict[str, str], expected: str
) -> None:
    # Reference, "Content Type": application/x-www-form-urlencoded is one of three.
    status, message = await post(call, place, None, data=form)
    assert (status, message["content"]) == (200, expected)


async def test_plain_fields_of_a_form_with_files_are_no_files(call: Caller, place: Place) -> None:
    # Reference, "Uploading Files": fields may be form fields instead of payload_json.
    form = aiohttp.FormData()
    form.add_field("content", "text")
    form.add_field("embeds", json.dumps([{"title": "T"}]))
    form.add_field("file", b"x", filename="a.txt")
    status, message = await post(call, place, None, data=form)
    assert (status, message["content"], message["embeds"][0]["title"]) == (200, "text", "T")
    assert [file["filename"] for file in message["attachments"]] == ["a.txt"]


async def test_a_content_type_that_is_none_of_the_three_is_named(call: Caller, place: Place) -> None:
    status, error = await post(call, place, None, data=b"{}", headers={"Content-Type": "text/plain"})
    assert (status, error["code"]) == (400, 50035)
    assert error["errors"]["_errors"][0]["code"] == "CONTENT_TYPE_INVALID"


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/guilds/1/audit-logs", "list_guild_audit_log_entries"),
        ("GET", "/voice/regions", "list_voice_regions"),
        ("PUT", "/guilds/1/members/2", "add_guild_member"),
        ("POST", "/channels/1/messages/2/crosspost", "crosspost_message"),
        ("POST", "/webhooks/1/token/slack", "execute_slack_compatible_webhook"),
    ],
)
async def test_what_is_documented_and_not_served_is_owned_up_to_by_its_name(
    call: Caller, place: Place, method: str, path: str, name: str
) -> None:
    status, error = await call(method, path)
    assert status == 501
    assert name in error["message"]
    assert name in place.discord.transcript()


# Poll resource, "Poll Create Request Object".
@pytest.mark.parametrize(
    ("poll", "where"),
    [
        ({"question": {"text": "x" * 301}, "answers": [{"poll_media": {"text": "a"}}]}, "poll.question.text"),
        ({"question": {"text": "q"}, "answers": []}, "poll.answers"),
        ({"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}] * 11}, "poll.answers"),
        ({"question": {"text": "q"}, "answers": [{}]}, "poll.answers.0.poll_media"),
        ({"answers": [{"poll_media": {"text": "a"}}]}, "poll.question"),
        (
            {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}], "duration": 769},
            "poll.duration",
        ),
        (
            {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}], "layout_type": 2},
            "poll.layout_type",
        ),
        ("poll", "poll"),
    ],
)
async def test_wrong_polls_are_refused_where_they_are_wrong(
    call: Caller, place: Place, poll: Any, where: str
) -> None:
    status, error = await post(call, place, {"poll": poll})
    assert (status, error["code"], paths(error["errors"])) == (400, 50035, {where})


async def test_a_poll_alone_is_a_message(call: Caller, place: Place) -> None:
    poll = {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]}
    assert (await post(call, place, {"poll": poll}))[0] == 200


async def test_a_forward_needs_nothing_but_where_from(call: Caller, place: Place) -> None:
    # Message resource, "Message Reference Types".
    place.application.privileged_intents = 1 << 15
    said, here = place.person.say("hello"), place.person.channel
    reference = {"type": 1, "message_id": str(said.id), "channel_id": str(here.id)}
    status, message = await post(call, place, {"message_reference": reference})
    assert (status, message["message_snapshots"][0]["message"]["content"]) == (200, "hello")
    del reference["channel_id"]
    status, error = await post(call, place, {"message_reference": reference})
    assert paths(error["errors"]) == {"message_reference.channel_id"}


async def test_stickers_that_nobody_has_are_invalid(call: Caller, place: Place) -> None:
    assert (await post(call, place, {"sticker_ids": ["1"]}))[1]["code"] == 50081


# Message resource, "Allowed Mentions Object".
@pytest.mark.parametrize(
    "mentions",
    [
        {"users": ["ana"]},
        {"roles": [[]]},
        {"replied_user": "x"},
        {"parse": ["users", "users"]},
        {"parse": "users"},
    ],
)
async def test_mentions_that_make_no_sense_are_refused(call: Caller, place: Place, mentions: Any) -> None:
    status, error = await post(call, place, {"content": "x", "allowed_mentions": mentions})
    assert (status, error["code"]) == (400, 50035)


async def test_roles_are_mentioned_where_they_may_be(call: Caller, place: Place) -> None:
    open_to_all = place.guild.add_role("Open")
    place.discord.world.guild_changes.change_role(place.guild, open_to_all, mentionable=True)
    closed = place.guild.add_role("Closed")
    body = {"content": f"<@&{open_to_all.id}> <@&{closed.id}>"}
    assert (await post(call, place, body))[1]["mention_roles"] == [str(open_to_all.id)]
    none = {**body, "allowed_mentions": {"parse": []}}
    assert (await post(call, place, none))[1]["mention_roles"] == []
    listed = {**body, "allowed_mentions": {"roles": [str(open_to_all.id)]}}
    assert (await post(call, place, listed))[1]["mention_roles"] == [str(open_to_all.id)]


async def test_a_reply_mentions_whom_it_answers_unless_it_says_no(call: Caller, place: Place) -> None:
    said = place.person.say("hello")
    body = {"content": "hi", "message_reference": {"message_id": str(said.id)}}
    _, loud = await post(call, place, body)
    _, quiet = await post(call, place, {**body, "allowed_mentions": {"parse": ["users"]}})
    assert [user["id"] for user in loud["mentions"]] == [str(place.ana.id)]
    assert quiet["mentions"] == []


async def test_answers_to_interactions_mention_users_only(by_hand: Bot) -> None:
    place = by_hand.place
    place.guild.everyone.permissions |= MENTION_EVERYONE
    interaction, task = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": f"@everyone <@{place.ana.id}>"})
    message = (await task).message
    assert message is not None
    assert (message.mention_everyone, message.mentions) == (False, [place.ana.user])


async def test_ids_that_are_made_up_are_none_that_is_given(call: Caller, place: Place) -> None:
    # Component reference, "Anatomy of a Component": the id field.
    container = {"type": 17, "components": [{**words(), "id": 1}, words()]}
    status, message = await post(call, place, {"flags": V2, "components": [container]})
    assert status == 200
    shown = message["components"][0]
    ids = [shown["id"], *(part["id"] for part in shown["components"])]
    assert len(set(ids)) == 3
    assert ids[1] == 1
    twice = {"type": 17, "components": [{**words(), "id": 2}, {**words(), "id": 2}]}
    assert (await post(call, place, {"flags": V2, "components": [twice]}))[0] == 400


async def test_an_edit_to_a_layout_takes_away_what_was_there(by_hand: Bot) -> None:
    # Message resource, "Edit Message": content null and embeds [] go with the flag.
    interaction, _ = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "old", "embeds": [{"title": "T"}]})
    layout = {"flags": V2, "components": [words()]}
    status, error = await by_hand.webhook("PATCH", interaction, "/messages/@original", layout)
    assert (status, paths(error["errors"])) == (400, {"content", "embeds"})
    cleared = {**layout, "content": None, "embeds": []}
    assert (await by_hand.webhook("PATCH", interaction, "/messages/@original", cleared))[0] == 200


# Component reference, "Select Default Value Structure", and the channel types of the channel resource.
@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({**PERSON, "default_values": ["1"]}, "default_values.0"),
        ({**PERSON, "default_values": [{"id": "1", "type": "role"}]}, "default_values.0.type"),
        ({**PERSON, "default_values": [{"id": "x", "type": "user"}]}, "default_values.0.id"),
        ({"type": 8, "custom_id": "c", "channel_types": [99]}, "channel_types.0"),
        ({"type": 8, "custom_id": "c", "channel_types": "x"}, "channel_types"),
        ({"type": 8, "custom_id": "c", "channel_types": [0, 0]}, "channel_types"),
        (menu(min_values="1"), "min_values"),
    ],
)
async def test_what_menus_cannot_hold_is_refused(call: Caller, place: Place, part: Any, where: str) -> None:
    status, error = await post(call, place, rows(part))
    assert status == 400
    found = {path.removeprefix("components.0.components.0.") for path in paths(error["errors"])}
    assert where in {path[: len(where)] for path in found}


@pytest.mark.parametrize("nonce", ["x" * 26, {}, [], 1.5, True, 2**64])
async def test_a_nonce_is_short(call: Caller, place: Place, nonce: Any) -> None:
    status, error = await post(call, place, {"content": "x", "nonce": nonce})
    assert (status, paths(error["errors"])) == (400, {"nonce"})


async def test_an_enforced_nonce_makes_one_message(call: Caller, place: Place) -> None:
    # Message resource, "Create Message": enforce_nonce returns the message that was created before.
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}
    first, second = [(await post(call, place, body))[1]["id"] for _ in range(2)]
    assert first == second
    place.discord.clock.advance(3600)
    assert (await post(call, place, body))[1]["id"] != first
    assert (await post(call, place, {**body, "enforce_nonce": "yes"}))[0] == 400


@pytest.mark.parametrize(
    ("part", "where"),
    [
        # Component reference, "String Select": disabled is an error in modals.
        (
            {"type": 3, "custom_id": "x", "disabled": True, "options": [{"label": "A", "value": "a"}]},
            "disabled",
        ),
        ({**PERSON, "required": True, "min_values": 0}, "min_values"),
        # "Checkbox Group" and "File Upload": where min_values is 0, required must be false.
        (
            {"type": 22, "custom_id": "x", "min_values": 0, "options": [{"label": "A", "value": "a"}]},
            "min_values",
        ),
        ({"type": 19, "custom_id": "x", "min_values": 0}, "min_values"),
    ],
)
async def test_what_a_form_cannot_ask_is_refused(by_hand: Bot, part: Any, where: str) -> None:
    interaction, _ = await by_hand.slash()
    form = {**MODAL, "components": [{"type": 18, "label": "L", "component": part}]}
    status, error = await by_hand.answer(interaction, 9, form)
    assert (status, paths(error["errors"])) == (400, {f"data.components.0.component.{where}"})


# "Application Command Naming", "Localization" and "Application Command Structure".
@pytest.mark.parametrize(
    ("command", "where"),
    [
        (slash("abc\n"), "0.name"),
        (slash(type=0), "0.type"),
        (slash(type=""), "0.type"),
        (slash(type=[]), "0.type"),
        (slash(type=True), "0.type"),
        (slash(options=[option("a", 7, channel_types=[99])]), "0.options.0.channel_types.0"),
        (slash(options=[option("a", min_length="1")]), "0.options.0.min_length"),
        (
            slash(
                options=[
                    option("a", name_localizations={"es-ES": "uno"}),
                    option("b", name_localizations={"es-ES": "uno"}),
                ]
            ),
            "0.options.1.name_localizations",
        ),
    ],
)
async def test_commands_that_are_nearly_right_are_refused(
    call: Caller, place: Place, command: dict[str, Any], where: str
) -> None:
    status, body = await put(call, place, command)
    assert (status, paths(body["errors"])) == (400, {where})


async def test_a_command_is_not_renamed_to_another(call: Caller, place: Place) -> None:
    _, (first, _) = await put(call, place, slash("one"), slash("two"))
    path = f"/applications/{place.application.id}/commands/{first['id']}"
    status, error = await call("PATCH", path, {"name": "two"})
    assert (status, error["code"]) == (400, 40041)
    assert (await call("PATCH", path, []))[0] == 400


async def test_a_list_of_commands_has_their_names_in_one_language(call: Caller, place: Place) -> None:
    await put(call, place, slash(name_localizations={"es-ES": "hola"}))
    path = f"/applications/{place.application.id}/commands"
    _, plain = await call("GET", path)
    _, spanish = await call("GET", path, headers={"X-Discord-Locale": "es-419"})
    assert (plain[0]["name_localized"], spanish[0]["name_localized"]) == ("hello", "hola")


async def test_suggestions_may_share_a_name(by_hand: Bot) -> None:
    interaction, task = await by_hand.receive(by_hand.place.person.autocomplete("/hello", "text", "po"))
    choices = [{"name": "Portal", "value": "1"}, {"name": "Portal", "value": "2"}]
    assert (await by_hand.answer(interaction, 8, {"choices": choices}))[0] == 204
    await task


async def test_a_followup_comes_back_whatever_it_asks(by_hand: Bot) -> None:
    # "Create Followup Message": wait is always true.
    interaction, _ = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "first"})
    path = f"/webhooks/{by_hand.place.application.id}/{interaction.token}?wait=false"
    status, message = await by_hand.call("POST", path, {"content": "more"}, token="")
    assert (status, message["content"]) == (200, "more")


async def test_lists_are_read_in_parts(call: Caller, place: Place) -> None:
    for name in ("Second", "Third"):
        place.discord.install(place.application, place.discord.add_guild(name))
    _, first = await call("GET", "/users/@me/guilds?limit=2&with_counts=true")
    assert first[0]["approximate_member_count"] == len(place.guild.members)
    _, rest = await call("GET", f"/users/@me/guilds?after={first[-1]['id']}")
    assert [guild["name"] for guild in rest] == ["Third"]
    assert (await call("GET", f"/users/@me/guilds?after={rest[-1]['id']}"))[1] == []
    assert (await call("GET", f"/guilds/{place.guild.id}?with_counts=true"))[1][
        "approximate_member_count"
    ] == 3
    ids = [place.person.say(f"{n}").id for n in range(5)]
    _, around = await call("GET", f"/channels/{place.person.channel.id}/messages?around={ids[2]}&limit=3")
    assert [int(message["id"]) for message in around] == ids[3:0:-1]
    assert (await call("GET", f"/guilds/{place.guild.id}/members?limit=²"))[0] == 400
