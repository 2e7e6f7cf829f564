"""Whatever bytes come in, the answer is Discord's: never a failure of the server itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import LocalDiscord
from playground.http.operations import Operation, documented
from playground.world.interaction import COMMAND
from playground.world.model import Application, Channel, Guild, Member
from playground.world.permissions import ADMINISTRATOR

pytestmark = pytest.mark.slow

DIGITS = "9" * 5000

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["²", "--5", "", "-", DIGITS, "attachment://x", "1" * 19, "@original", "\x00", "٣"]),
)
# Fields that some endpoint reads, so that a random body gets past the first check.
FIELDS = st.sampled_from(
    [
        "type",
        "data",
        "content",
        "embeds",
        "components",
        "flags",
        "poll",
        "question",
        "answers",
        "poll_media",
        "text",
        "emoji",
        "name",
        "id",
        "title",
        "description",
        "fields",
        "value",
        "message_reference",
        "message_id",
        "channel_id",
        "allowed_mentions",
        "parse",
        "users",
        "roles",
        "nonce",
        "enforce_nonce",
        "tts",
        "attachments",
        "sticker_ids",
        "options",
        "choices",
        "custom_id",
        "placeholder",
        "min_values",
        "max_values",
        "default_values",
        "channel_types",
        "style",
        "label",
        "url",
        "timestamp",
        "color",
        "footer",
        "author",
        "image",
        "permissions",
        "nick",
        "topic",
        "parent_id",
        "permission_overwrites",
        "allow",
        "deny",
        "auto_archive_duration",
        "archived",
        "recipient_id",
        "messages",
        "image",
        "name_localizations",
        "contexts",
        "integration_types",
        "default_member_permissions",
        "accessory",
        "items",
        "media",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=12,
)
BODIES = st.dictionaries(FIELDS, VALUES, max_size=6) | VALUES
CONTENT_TYPES = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x",
        "text/plain",
        "",
    ]
)


class World:
    """A Discord whose bot may do everything, with an event loop of its own for tests that are not async."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._runner.run(self._open())

    async def _open(self) -> None:
        self.discord = LocalDiscord(rate_limits=False, identify_limits=False)
        await self.discord.start()
        self.session = aiohttp.ClientSession()
        self.application: Application = self.discord.add_application("Sample bot")
        self.guild: Guild = self.discord.add_guild("Sample server")
        self.discord.install(self.application, self.guild, permissions=ADMINISTRATOR)
        self.ana: Member = self.guild.add_member("Ana")
        self.channel: Channel = self.guild.channels[0]
        self.message = self.discord.person(self.ana).say("hello")

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Await something."""
        return self._runner.run(work)

    def close(self) -> None:
        """Stop it all."""
        self.run(self.session.close())
        self.run(self.discord.close())
        self._runner.close()

    async def send(self, method: str, path: str, body: bytes, content_type: str) -> tuple[int, bytes]:
        """The status and body of a reply."""
        headers = {"Authorization": f"Bot {self.application.token}", "Content-Type": content_type}
        async with self.session.request(
            method, self.discord.api_base + path, data=body, headers=headers
        ) as response:
            return response.status, await response.read()

    def callback(self) -> str:
        """The address of a new interaction's first answer."""
        data = {"id": "1", "name": "hello", "type": 1, "options": []}
        sent = self.discord.interactions.send(COMMAND, self.application, self.ana.user, self.channel, data)
        return f"/interactions/{sent.id}/{sent.token}/callback"

    def path(self, operation: Operation) -> str:
        """A path of an operation that names what is there."""
        known = {
            "application_id": self.application.id,
            "guild_id": self.guild.id,
            "channel_id": self.channel.id,
            "message_id": self.message.id,
            "user_id": self.ana.id,
            "role_id": self.guild.id,
            "emoji_name": "🎮",
            "webhook_id": 1,
            "webhook_token": "x",
        }
        parts = [
            str(known.get(part[1:-1], 1)) if part.startswith("{") else part
            for part in operation.path.split("/")
        ]
        return "/".join(parts)


@pytest.fixture(scope="module")
def world() -> Any:
    made = World()
    yield made
    made.close()


def check(reply: tuple[int, bytes]) -> None:
    status, body = reply
    assert status < 500 or status == 501, body
    if body:
        json.loads(body)


# Each is a method of World that gives the address, so that one example is one request.
TARGETS: list[tuple[str, Callable[[World], str]]] = [
    ("POST", lambda world: f"/channels/{world.channel.id}/messages"),
    ("POST", World.callback),
    ("POST", lambda world: f"/applications/{world.application.id}/commands"),
    ("PUT", lambda world: f"/applications/{world.application.id}/commands"),
    ("POST", lambda world: f"/guilds/{world.guild.id}/channels"),
    ("POST", lambda world: f"/guilds/{world.guild.id}/roles"),
    ("PATCH", lambda world: f"/guilds/{world.guild.id}/members/{world.ana.id}"),
    ("PATCH", lambda world: f"/channels/{world.channel.id}"),
    ("POST", lambda world: f"/channels/{world.channel.id}/threads"),
    ("POST", lambda world: f"/channels/{world.channel.id}/messages/bulk-delete"),
    ("POST", lambda world: f"/channels/{world.channel.id}/webhooks"),
    ("POST", lambda world: f"/channels/{world.channel.id}/invites"),
    ("POST", lambda world: f"/guilds/{world.guild.id}/emojis"),
    ("POST", lambda world: "/users/@me/channels"),
]


@given(target=st.sampled_from(TARGETS), body=BODIES)
def test_any_json_is_answered(world: World, target: tuple[str, Callable[[World], str]], body: Any) -> None:
    method, address = target

    async def send() -> tuple[int, bytes]:
        return await world.send(method, address(world), json.dumps(body).encode(), "application/json")

    check(world.run(send()))


@given(
    target=st.sampled_from(TARGETS),
    body=st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                b"--x\r\n",
                b"--x--\r\n",
                b'Content-Disposition: form-data; name="payload_json"\r\n',
                b'Content-Disposition: form-data; name="files[0]"; filename="a"\r\n',
                b"Content-Transfer-Encoding: nope\r\n",
                b"Content-Type: multipart/mixed\r\n",
                b"Content-Length: -1\r\n",
                b"\r\n",
                b"{}",
                b"payload_json=%7B%22content%22%3A%22u%22%7D",
                b"&content=\xff",
                b"\xff",
                b":",
            ]
        ),
        max_size=12,
    ).map(b"".join),
    content_type=CONTENT_TYPES,
)
def test_any_bytes_of_any_content_type_are_answered(
    world: World, target: tuple[str, Callable[[World], str]], body: bytes, content_type: str
) -> None:
    method, address = target

    async def send() -> tuple[int, bytes]:
        return await world.send(method, address(world), body, content_type)

    check(world.run(send()))


@given(operation=st.sampled_from(documented()), body=BODIES, query=st.text(max_size=10))
def test_every_documented_operation_answers(
    world: World, operation: Operation, body: Any, query: str
) -> None:
    if operation.method == "DELETE":
        body, path = None, operation.path.replace("{", "").replace("}", "")
    else:
        path = world.path(operation)

    async def send() -> tuple[int, bytes]:
        payload = json.dumps(body).encode()
        return await world.send(operation.method, f"{path}?limit={query}", payload, "application/json")

    check(world.run(send()))


PARTS = b'--x\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{"content":"x"}\r\n--x--\r\n'

ODD_BODIES = {
    "no utf-8": (b'{"content":"\xff"}', "application/json"),
    "nested 20,000 deep": (b"[" * 20_000 + b"]" * 20_000, "application/json"),
    "nested 900 deep": (b'{"content":' + b"[" * 900 + b"]" * 900 + b"}", "application/json"),
    "a number of 5,000 digits": (b'{"flags":' + DIGITS.encode() + b"}", "application/json"),
    "an id of 5,000 digits": (
        json.dumps({"content": "x", "message_reference": {"message_id": DIGITS}}).encode(),
        "application/json",
    ),
    "an id that is no number": (
        b'{"content":"x","message_reference":{"message_id":"\xc2\xb2"}}',
        "application/json",
    ),
    "an id with two signs": (
        b'{"content":"x","message_reference":{"message_id":"--5"}}',
        "application/json",
    ),
    "flags in words": (b'{"content":"x","flags":"x"}', "application/json"),
    "flags that are a list": (b'{"content":"x","flags":[]}', "application/json"),
    "parts without boundary": (PARTS, "multipart/form-data"),
    "parts that break off": (PARTS[:-12], "multipart/form-data; boundary=x"),
    "an unknown transfer encoding": (
        PARTS.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: nope\r\n\r\n", 1),
        "multipart/form-data; boundary=x",
    ),
    "parts in parts without boundary": (
        PARTS.replace(b"\r\n\r\n", b"\r\nContent-Type: multipart/mixed\r\n\r\n", 1),
        "multipart/form-data; boundary=x",
    ),
    "thousands of headers": (
        PARTS.replace(b"\r\n\r\n", b"\r\n" + b"X: y\r\n" * 5000 + b"\r\n", 1),
        "multipart/form-data; boundary=x",
    ),
    "a content type that is no text": (b"{}", "text/plain"),
}


@pytest.mark.parametrize("name", ODD_BODIES)
def test_bodies_that_make_no_sense_are_refused_as_such(world: World, name: str) -> None:
    body, content_type = ODD_BODIES[name]
    status, answer = world.run(
        world.send("POST", f"/channels/{world.channel.id}/messages", body, content_type)
    )
    assert (status, json.loads(answer)["code"]) in {(400, 50035), (400, 50109)}, answer


def test_control_characters_in_the_type_of_a_file_are_left_out(world: World) -> None:
    body = PARTS.replace(b"payload_json", b"files[0]").replace(
        b"\r\n\r\n", b"\r\nContent-Type: image/png\x01\xc3\xa9\r\n\r\n", 1
    )
    status, answer = world.run(
        world.send("POST", f"/channels/{world.channel.id}/messages", body, "multipart/form-data; boundary=x")
    )
    if status == 200:
        file = json.loads(answer)["attachments"][0]
        assert file["content_type"].isprintable()
        assert world.run(fetch(world, file["url"])) == 200


def test_a_file_numbered_beyond_counting_is_a_file_all_the_same(world: World) -> None:
    body = PARTS.replace(b'"payload_json"', b'"files[' + DIGITS.encode() + b']"; filename="a.txt"')
    status, answer = world.run(
        world.send("POST", f"/channels/{world.channel.id}/messages", body, "multipart/form-data; boundary=x")
    )
    assert (status, json.loads(answer)["attachments"][0]["filename"]) == (200, "a.txt")


async def fetch(world: World, url: str) -> int:
    async with world.session.get(url) as response:
        return response.status


@pytest.mark.parametrize("path", ["/channels/" + DIGITS, "/channels/%ff", "/channels/²", "/users/%00", "//"])
def test_paths_that_name_nothing_are_refused(world: World, path: str) -> None:
    status, _ = world.run(world.send("GET", path, b"", "application/json"))
    assert status in {400, 404}


def test_an_endless_upload_is_cut_off_in_discords_words(world: World) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files[0]"; filename="a"\r\n\r\n'
        for _ in range(27):
            yield b"x" * 2**20
        yield b"\r\n--x--\r\n"

    async def send() -> tuple[int, Any]:
        async with world.session.post(
            f"{world.discord.api_base}/channels/{world.channel.id}/messages",
            data=endless(),
            headers={
                "Authorization": f"Bot {world.application.token}",
                "Content-Type": "multipart/form-data; boundary=x",
            },
        ) as response:
            return response.status, await response.json()

    status, error = world.run(send())
    assert (status, error["code"]) == (413, 40005)


FRAMES = st.one_of(
    st.binary(max_size=100),
    st.text(max_size=100),
    st.builds(
        lambda op, data: json.dumps({"op": op, "d": data}),
        st.sampled_from([1, 2, 3, 4, 6, 8, True, 1.0, "1", None, 99, -1]),
        st.dictionaries(
            st.sampled_from(
                [
                    "token",
                    "properties",
                    "intents",
                    "shard",
                    "presence",
                    "session_id",
                    "seq",
                    "guild_id",
                    "query",
                    "limit",
                    "user_ids",
                    "nonce",
                    "status",
                    "activities",
                    "since",
                    "afk",
                ]
            ),
            VALUES,
            max_size=6,
        )
        | VALUES,
    ),
)


@given(frames=st.lists(FRAMES, max_size=5), identified=st.booleans())
def test_any_frame_is_answered_or_closes_the_connection_with_a_documented_code(
    world: World, frames: list[bytes | str], identified: bool
) -> None:
    async def talk() -> int | None:
        async with world.session.ws_connect(world.discord.gateway_url + "?v=10") as socket:
            if identified:
                identify = {"token": world.application.token, "properties": {}, "intents": 1}
                await socket.send_json({"op": 2, "d": identify})
            for frame in frames:
                if socket.closed:
                    break
                try:
                    await (socket.send_str(frame) if isinstance(frame, str) else socket.send_bytes(frame))
                except ConnectionError:
                    break
            await socket.close()
            return socket.close_code

    code = world.run(talk())
    assert code in {1000, 1005, 1006, *range(4000, 4015)}


@pytest.mark.parametrize("text", ["[" * 4000, '{"op":2,"d":' + "[" * 900 + "]" * 900 + "}"])
def test_frames_that_no_parser_can_take_close_with_a_decode_error(world: World, text: str) -> None:
    async def talk() -> int | None:
        async with world.session.ws_connect(world.discord.gateway_url + "?v=10") as socket:
            await socket.send_str(text)
            while not socket.closed:
                await socket.receive(timeout=5)
            return socket.close_code

    assert world.run(talk()) == 4002
