"""What is over is forgotten."""

import aiohttp

from playground.gateway.sessions import RESUMABLE_SECONDS
from playground.recorder import Exchange, Recorder
from playground.services.attachments import Attachments
from playground.services.interactions import FORGET_SECONDS
from playground.services.messages import KEPT_MESSAGES
from playground.validation.messages import Upload
from playground.world.interaction import COMMAND
from tests.playground.bots import PIXEL
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_messages_api import multipart, post


async def test_files_of_refused_and_deleted_messages_are_not_kept(call: Caller, place: Place) -> None:
    kept = place.discord.messages.attachments
    too_long = {"content": "x" * 2001}
    assert (await post(call, place, None, data=multipart(too_long, ("a.png", PIXEL))))[0] == 400
    assert len(kept) == 0
    _, message = await post(call, place, None, data=multipart({}, ("a.png", PIXEL), ("b.png", PIXEL)))
    assert len(kept) == 2
    path = f"/channels/{place.person.channel.id}/messages/{message['id']}"
    first = {"attachments": [{"id": message["attachments"][0]["id"]}]}
    await call("PATCH", path, first)
    assert len(kept) == 1
    await call("DELETE", path)
    assert len(kept) == 0


async def test_interactions_and_what_was_sent_with_them_are_forgotten(place: Place) -> None:
    discord = place.discord
    file = place.person._attach(("a.txt", b"x"))
    data = {"id": "1", "name": "hello", "type": 1, "options": []}
    sent = discord.interactions.send(
        COMMAND, place.application, place.ana.user, place.person.channel, data, files=[file]
    )
    discord.clock.advance(FORGET_SECONDS - 1)
    assert len(discord.interactions) == len(discord.messages.attachments) == 1
    discord.clock.advance(2)
    assert len(discord.interactions) == len(discord.messages.attachments) == 0
    assert sent.state == "failed"


async def test_sessions_whose_sockets_are_gone_end(place: Place) -> None:
    identify = {"token": place.application.token, "properties": {}, "intents": 1}
    async with aiohttp.ClientSession() as session:
        for _ in range(3):
            place.discord.clock.advance(5)
            async with session.ws_connect(place.discord.gateway_url) as socket:
                await socket.receive_json()
                await socket.send_json({"op": 2, "d": identify})
                await socket.receive_json()
                place.discord.faults.drop_sockets()
                while not socket.closed:
                    await socket.receive()
    assert len(place.discord.gateway.sessions) == 3
    place.discord.clock.advance(RESUMABLE_SECONDS + 1)
    assert len(place.discord.gateway.sessions) == 0


async def test_of_many_files_the_oldest_go(place: Place) -> None:
    kept = Attachments(place.discord.world.ids, lambda: "", kept_bytes=10)
    files = [kept.make(place.person.channel, Upload(0, name, "", b"12345")) for name in ("a", "b", "c")]
    kept.keep(files)
    assert [kept.get(file.key) for file in files] == [None, *files[1:]]
    assert (files[0].data, files[0].to_json()["size"]) == (b"", 5)
    kept.forget(files)
    assert len(kept) == 0


async def test_of_many_messages_and_exchanges_the_oldest_go(place: Place) -> None:
    first = place.person.say("first")
    for _ in range(KEPT_MESSAGES):
        place.person.say("more")
    assert (len(place.person.messages), first.deleted) == (KEPT_MESSAGES, True)
    recorder = Recorder(kept_bytes=10)
    for body in (b"12345", b"23456", b"34567"):
        recorder.keep(Exchange("GET", "/", "/", "", b"", False, 200, body))
    assert [exchange.received_json for exchange in recorder.exchanges] == [b"23456", b"34567"]
