"""Messages that a bot posts on its own, and everything in a message that Discord refuses."""

import io
import json
from typing import Any

import aiohttp
import pytest

from playground.world.permissions import DEFAULT_MEMBER, EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNEL
from tests.playground.bots import PIXEL
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_commands_api import paths

V2 = 1 << 15


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **more}


def row(*parts: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


def rows(*parts: Any) -> dict[str, Any]:
    return {"components": [row(*parts)]}


def menu(**more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "menu", "options": [{"label": "A", "value": "a"}], **more}


def embed(**more: Any) -> dict[str, Any]:
    return {"embeds": [{"title": "T", **more}]}


def layout(*parts: Any, **more: Any) -> dict[str, Any]:
    return {"flags": V2, "components": list(parts), **more}


def words(text: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": text}


def buttons(amount: int, prefix: str = "") -> list[dict[str, Any]]:
    return [button(custom_id=f"{prefix}{n}") for n in range(amount)]


def numbered(amount: int) -> list[dict[str, str]]:
    return [{"label": f"{n}", "value": f"{n}"} for n in range(amount)]


FIELD = {"name": "n", "value": "v"}
CONTAINER = {"type": 17, "components": [words()] * 20}
PICTURE = {"media": {"url": "https://example.com/a.png"}}
INNER = "components.0.components.0"

GOOD = [
    ("content", {"content": "x" * 2000}),
    ("ten embeds", {"embeds": [{"title": "T"}] * 10}),
    ("a full embed", embed(description="x" * 4096, fields=[FIELD] * 25, color=0xFFFFFF)),
    ("empty fields", {"embeds": [{"fields": [{"name": "", "value": ""}]}]}),
    ("an image alone", {"embeds": [{"image": PICTURE["media"]}]}),
    ("five rows of five", {"components": [row(*buttons(5, prefix=f"{r}-")) for r in range(5)]}),
    ("a link", rows({"type": 2, "style": 5, "label": "Go", "url": "https://example.com"})),
    ("an emoji alone", rows(button(label=None, emoji={"name": "🎮"}))),
    ("a menu of 25", rows(menu(options=numbered(25), max_values=25))),
    ("a layout", layout({"type": 17, "components": [words(), {"type": 14}, row(button())]}, words())),
    ("a section", layout({"type": 9, "components": [words()], "accessory": button()})),
    ("a gallery", layout({"type": 12, "items": [PICTURE]})),
]

BAD = [
    ("2001 characters", {"content": "x" * 2001}, "content"),
    ("content that is no text", {"content": 7}, "content"),
    ("eleven embeds", {"embeds": [{"title": "T"}] * 11}, "embeds"),
    ("an embed with nothing in it", {"embeds": [{}]}, "embeds.0.description"),
    ("257 characters of title", embed(title="x" * 257), "embeds.0.title"),
    ("4097 characters of description", embed(description="x" * 4097), "embeds.0.description"),
    ("26 fields", embed(fields=[FIELD] * 26), "embeds.0.fields"),
    ("257 characters of field name", embed(fields=[{**FIELD, "name": "x" * 257}]), "embeds.0.fields.0.name"),
    ("1025 characters of field", embed(fields=[{**FIELD, "value": "x" * 1025}]), "embeds.0.fields.0.value"),
    ("a field without value", embed(fields=[{"name": "n"}]), "embeds.0.fields.0.value"),
    ("2049 characters of footer", embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    ("257 characters of author", embed(author={"name": "x" * 257}), "embeds.0.author.name"),
    ("6001 characters in all", {"embeds": [{"description": "x" * n} for n in (3001, 3000)]}, "embeds"),
    ("a colour out of range", embed(color=0x1000000), "embeds.0.color"),
    ("a colour in words", embed(color="red"), "embeds.0.color"),
    ("an address that is none", embed(url="example"), "embeds.0.url"),
    ("an address that is no web address", embed(url="ftp://example.com"), "embeds.0.url"),
    ("an image that was not sent", embed(image={"url": "attachment://a.png"}), "embeds.0.image.url"),
    ("a time that is none", embed(timestamp="yesterday"), "embeds.0.timestamp"),
    ("six rows", {"components": [row(one) for one in buttons(6)]}, "components"),
    ("six buttons in a row", rows(*buttons(6)), "components.0.components"),
    ("an empty row", rows(), "components.0.components"),
    ("a button outside a row", {"components": [button()]}, "components.0.type"),
    ("a menu beside a button", rows(menu(), button()), "components.0.components.1"),
    ("the same id twice", rows(button(), button()), "components.0.components.1.custom_id"),
    ("101 characters of id", rows(button(custom_id="x" * 101)), f"{INNER}.custom_id"),
    ("81 characters of label", rows(button(label="x" * 81)), f"{INNER}.label"),
    ("a button without id", rows(button(custom_id=None)), f"{INNER}.custom_id"),
    ("a button without label", rows(button(label=None)), INNER),
    ("a button of no style", rows(button(style=9)), f"{INNER}.style"),
    ("a word as emoji", rows(button(emoji={"name": "game"})), f"{INNER}.emoji.name"),
    ("a link with an id", rows(button(style=5, url="https://example.com")), f"{INNER}.custom_id"),
    ("a link without address", rows({"type": 2, "style": 5, "label": "Go"}), f"{INNER}.url"),
    ("an empty menu", rows(menu(options=[])), f"{INNER}.options"),
    ("a menu of 26", rows(menu(options=numbered(26))), f"{INNER}.options"),
    ("a value twice", rows(menu(options=numbered(1) * 2)), f"{INNER}.options.1.value"),
    ("151 characters of placeholder", rows(menu(placeholder="x" * 151)), f"{INNER}.placeholder"),
    ("more choices than options", rows(menu(max_values=2)), f"{INNER}.max_values"),
    ("a layout without its flag", {"components": [words()]}, "components.0.type"),
    ("content beside a layout", layout(words(), content="x"), "content"),
    ("embeds beside a layout", layout(words(), embeds=[{"title": "T"}]), "embeds"),
    ("42 parts of a layout", layout(CONTAINER, CONTAINER), "components"),
    ("4001 characters of layout", layout(words("x" * 4000), words("x")), "components"),
    ("a container in a container", layout({"type": 17, "components": [CONTAINER]}), f"{INNER}.type"),
    ("a section without accessory", layout({"type": 9, "components": [words()]}), "components.0.accessory"),
    ("eleven pictures", layout({"type": 12, "items": [PICTURE] * 11}), "components.0.items"),
    (
        "an unknown mention",
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse.0",
    ),
    (
        "mentions both listed and parsed",
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    ("a file that was not sent", {"content": "x", "attachments": [{"id": 0}]}, "attachments.0"),
    ("a reply to nothing", {"content": "x", "message_reference": {"message_id": "1"}}, "message_reference"),
]


async def post(call: Caller, place: Place, body: Any, **options: Any) -> tuple[int, Any]:
    return await call("POST", f"/channels/{place.person.channel.id}/messages", body, **options)


def multipart(body: Any, *files: tuple[str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(body))
    for position, (name, data) in enumerate(files):
        form.add_field(f"files[{position}]", io.BytesIO(data), filename=name, content_type="image/png")
    return form


@pytest.mark.parametrize("body", [case[1] for case in GOOD], ids=[case[0] for case in GOOD])
async def test_valid_messages_are_posted(call: Caller, place: Place, body: dict[str, Any]) -> None:
    status, message = await post(call, place, body)
    assert status == 200
    assert place.person.messages[-1].id == int(message["id"])


@pytest.mark.parametrize(("body", "where"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
async def test_invalid_messages_are_refused_where_they_are_wrong(
    call: Caller, place: Place, body: dict[str, Any], where: str
) -> None:
    status, error = await post(call, place, body)
    assert (status, error["code"]) == (400, 50035)
    assert paths(error["errors"]) == {where}
    assert place.person.messages == []


@pytest.mark.parametrize("body", [{}, {"content": "  "}, {"embeds": []}, {"content": None}])
async def test_an_empty_message_is_refused(call: Caller, place: Place, body: dict[str, Any]) -> None:
    status, error = await post(call, place, body)
    assert (status, error["code"]) == (400, 50006)


async def test_files_are_shown_in_embeds_or_listed_and_can_be_fetched(call: Caller, place: Place) -> None:
    body = embed(image={"url": "attachment://a.png"})
    status, message = await post(call, place, None, data=multipart(body, ("a.png", PIXEL), ("b.png", PIXEL)))
    assert status == 200
    assert [file["filename"] for file in message["attachments"]] == ["b.png"]
    async with aiohttp.request("GET", message["embeds"][0]["image"]["url"]) as response:
        assert await response.read() == PIXEL


async def test_eleven_files_or_a_large_one_are_refused(call: Caller, place: Place) -> None:
    status, error = await post(
        call, place, None, data=multipart({}, *((f"{n}.png", b"x") for n in range(11)))
    )
    assert (status, error["code"]) == (400, 30015)
    large = ("large.png", b"x" * (10 * 1024 * 1024 + 1))
    status, error = await post(call, place, None, data=multipart({}, large))
    assert (status, error["code"]) == (413, 40005)


async def test_a_message_is_read_edited_and_deleted(call: Caller, place: Place) -> None:
    _, message = await post(call, place, {"content": "first", **embed()})
    path = f"/channels/{place.person.channel.id}/messages/{message['id']}"
    _, edited = await call("PATCH", path, {"content": "second"})
    assert (edited["content"], edited["embeds"][0]["title"]) == ("second", "T")
    assert edited["edited_timestamp"] is not None
    assert (await call("GET", path))[1]["content"] == "second"
    status, error = await call("PATCH", path, {"content": "", "embeds": []})
    assert error["code"] == 50006
    assert (await call("DELETE", path))[0] == 204
    assert (await call("GET", path))[1]["code"] == 10008
    assert status == 400


async def test_only_its_author_edits_a_message(call: Caller, place: Place) -> None:
    said = place.person.say("mine")
    path = f"/channels/{place.person.channel.id}/messages/{said.id}"
    assert (await call("PATCH", path, {"content": "yours"}))[1]["code"] == 50005
    assert (await call("DELETE", path))[1]["code"] == 50013


async def test_a_bot_needs_the_channels_permissions(call: Caller, place: Place) -> None:
    channel, everyone = place.person.channel, place.guild.everyone
    channel.allow(everyone, deny=EMBED_LINKS)
    assert (await post(call, place, embed()))[1]["code"] == 50013
    channel.allow(everyone, deny=SEND_MESSAGES)
    assert (await post(call, place, {"content": "x"}))[1]["code"] == 50013
    channel.allow(everyone, deny=VIEW_CHANNEL)
    assert (await post(call, place, {"content": "x"}))[1]["code"] == 50001
    assert DEFAULT_MEMBER & VIEW_CHANNEL


async def test_a_direct_message_needs_a_server_in_common(call: Caller, place: Place) -> None:
    _, channel = await call("POST", "/users/@me/channels", {"recipient_id": str(place.ana.id)})
    assert (await call("POST", f"/channels/{channel['id']}/messages", {"content": "hi"}))[0] == 200
    assert place.direct().messages[-1].content == "hi"
    stranger = place.discord.world.add_user("Stranger")
    _, channel = await call("POST", "/users/@me/channels", {"recipient_id": str(stranger.id)})
    assert (await call("POST", f"/channels/{channel['id']}/messages", {"content": "hi"}))[1]["code"] == 50007


async def test_mentions_happen_only_as_allowed(call: Caller, place: Place) -> None:
    body = {"content": f"<@{place.ana.id}> @everyone"}
    _, loud = await post(call, place, body)
    _, quiet = await post(call, place, {**body, "allowed_mentions": {"parse": []}})
    assert [user["id"] for user in loud["mentions"]] == [str(place.ana.id)]
    assert not loud["mention_everyone"]
    assert quiet["mentions"] == []


async def test_unknown_places_methods_and_versions_are_refused(call: Caller, place: Place) -> None:
    assert (await call("GET", "/channels/1"))[1]["code"] == 10003
    assert (await call("GET", "/channels/abc"))[0] == 400
    assert (await call("GET", "/nowhere"))[0] == 404
    assert (await call("PUT", "/users/@me"))[0] == 405
    async with aiohttp.request("GET", f"{place.discord.origin}/api/v6/users/@me") as response:
        assert (response.status, (await response.json())["code"]) == (400, 50041)


async def test_json_replies_say_so_in_exactly_the_words_clients_compare(place: Place) -> None:
    async with aiohttp.request("GET", f"{place.discord.api_base}/gateway") as response:
        assert response.headers["Content-Type"] == "application/json"


async def test_a_body_that_is_no_json_is_refused(call: Caller, place: Place) -> None:
    status, error = await post(call, place, None, data=b"{", headers={"Content-Type": "application/json"})
    assert (status, error["code"]) == (400, 50109)
