"""Answers to interactions over plain HTTP: what is allowed, for how long, and what a person sees of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from playground import Reply
from playground.world.interaction import Interaction
from tests.playground.conftest import Caller, Place

EPHEMERAL = 64
BUTTONS = [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]
MODAL: dict[str, Any] = {
    "title": "Form",
    "custom_id": "form",
    "components": [{"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}}],
}


@dataclass(frozen=True, slots=True)
class Bot:
    """Answers one interaction at a time by hand."""

    call: Caller
    place: Place

    async def receive(self, action: Any) -> tuple[Interaction, "asyncio.Task[Reply]"]:
        """Start something a person does; the interaction it sends, and the task that waits for its reply."""
        with self.place.discord.events.subscribe() as stream:
            task = asyncio.create_task(action)
            while True:
                event = await stream.next()
                if event.kind == "interaction_sent":
                    assert event.interaction is not None
                    return event.interaction, task

    async def answer(
        self, interaction: Interaction, kind: int, data: Any = None, query: str = ""
    ) -> tuple[int, Any]:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback{query}"
        return await self.call("POST", path, {"type": kind, "data": data}, token="")

    async def webhook(
        self, method: str, interaction: Interaction, path: str = "", body: Any = None
    ) -> tuple[int, Any]:
        return await self.call(
            method, f"/webhooks/{self.place.application.id}/{interaction.token}{path}", body, token=""
        )

    async def slash(self) -> tuple[Interaction, "asyncio.Task[Reply]"]:
        return await self.receive(self.place.person.slash("/hello", text="hi"))


@pytest.fixture
async def by_hand(call: Caller, place: Place) -> AsyncIterator[Bot]:
    text = {"name": "text", "description": "Text", "type": 3, "autocomplete": True}
    command = {"name": "hello", "description": "Says hello", "options": [text]}
    await call("PUT", f"/applications/{place.application.id}/commands", [command])
    yield Bot(call, place)
    place.discord.clock.advance(3.1)


async def test_an_answer_is_seen_by_the_person(by_hand: Bot) -> None:
    interaction, reply = await by_hand.slash()
    assert await by_hand.answer(interaction, 4, {"content": "hello"}) == (204, None)
    assert (await reply).content == "hello"


async def test_the_message_comes_back_when_asked_for(by_hand: Bot) -> None:
    interaction, _ = await by_hand.slash()
    status, body = await by_hand.answer(
        interaction, 4, {"content": "hello", "flags": EPHEMERAL}, "?with_response=1"
    )
    assert status == 200
    assert body["interaction"]["response_message_ephemeral"] is True
    assert body["interaction"]["response_message_id"] == body["resource"]["message"]["id"]
    assert body["resource"]["type"] == 4


async def test_an_answer_after_three_seconds_names_no_interaction(by_hand: Bot) -> None:
    interaction, reply = await by_hand.slash()
    by_hand.place.discord.clock.advance(2.9)
    assert not reply.done()
    by_hand.place.discord.clock.advance(0.2)
    status, error = await by_hand.answer(interaction, 4, {"content": "late"})
    assert (status, error["code"]) == (404, 10062)
    assert (await reply).failed


async def test_a_wrong_id_or_token_names_no_interaction(by_hand: Bot) -> None:
    interaction, _ = await by_hand.slash()
    for path in (f"1/{interaction.token}", f"{interaction.id}/x"):
        status, error = await by_hand.call("POST", f"/interactions/{path}/callback", {"type": 4})
        assert (status, error["code"]) == (404, 10062)


async def test_a_second_first_answer_is_refused(by_hand: Bot) -> None:
    interaction, _ = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "hello"})
    status, error = await by_hand.answer(interaction, 4, {"content": "again"})
    assert (status, error["code"]) == (400, 40060)
    assert len(by_hand.place.person.messages) == 1


async def test_a_refused_answer_leaves_the_interaction_open(by_hand: Bot) -> None:
    interaction, reply = await by_hand.slash()
    assert (await by_hand.answer(interaction, 4, {"content": "x" * 2001}))[1]["code"] == 50035
    assert (await by_hand.answer(interaction, 4, {}))[1]["code"] == 50006
    assert (await by_hand.answer(interaction, 4, {"content": "short"}))[0] == 204
    assert (await reply).content == "short"


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 6, 7, 8, 10, 99, None, True])
async def test_a_command_is_not_answered_with_what_fits_something_else(by_hand: Bot, kind: Any) -> None:
    interaction, _ = await by_hand.slash()
    status, error = await by_hand.answer(interaction, kind, {"content": "x"})
    assert (status, error["code"]) == (400, 50035)
    assert "type" in error["errors"]


async def test_suggestions_are_answered_with_choices_only(by_hand: Bot) -> None:
    interaction, task = await by_hand.receive(by_hand.place.person.autocomplete("/hello", "text", "po"))
    for kind in (4, 5, 9):
        assert (await by_hand.answer(interaction, kind, {"content": "x"}))[0] == 400
    long = [{"name": "x" * 101, "value": "x"}]
    status, error = await by_hand.answer(interaction, 8, {"choices": long})
    assert (status, list(error["errors"]["data"]["choices"])) == (400, ["0"])
    assert (await by_hand.answer(interaction, 8, {"choices": [{"name": "Portal", "value": "1"}]}))[0] == 204
    choices: Any = await task
    assert [choice.name for choice in choices] == ["Portal"]


async def test_the_first_followup_takes_the_place_of_thinking(by_hand: Bot) -> None:
    interaction, task = await by_hand.slash()
    await by_hand.answer(interaction, 5, {"flags": EPHEMERAL})
    reply = await task
    assert reply.thinking
    assert reply.ephemeral
    status, message = await by_hand.webhook("POST", interaction, body={"content": "done"})
    assert (status, message["flags"]) == (200, EPHEMERAL)
    assert reply.content == "done"
    assert reply.followups == []
    await by_hand.webhook("POST", interaction, body={"content": "more"})
    assert [more.content for more in reply.followups] == ["more"]
    assert not reply.followups[0].ephemeral


async def test_the_original_is_read_edited_and_deleted(by_hand: Bot) -> None:
    interaction, task = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "first"})
    reply = await task
    assert (await by_hand.webhook("GET", interaction, "/messages/@original"))[1]["content"] == "first"
    _, edited = await by_hand.webhook("PATCH", interaction, "/messages/@original", {"content": "second"})
    assert reply.content == edited["content"] == "second"
    assert (await by_hand.webhook("DELETE", interaction, "/messages/@original"))[0] == 204
    assert reply.deleted
    assert (await by_hand.webhook("GET", interaction, "/messages/@original"))[1]["code"] == 10008


async def test_followups_are_edited_by_their_id_and_others_are_unknown(by_hand: Bot) -> None:
    interaction, _ = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "first"})
    _, more = await by_hand.webhook("POST", interaction, body={"content": "more"})
    _, edited = await by_hand.webhook("PATCH", interaction, f"/messages/{more['id']}", {"content": "changed"})
    assert edited["content"] == "changed"
    foreign = by_hand.place.person.say("not yours")
    assert (await by_hand.webhook("PATCH", interaction, f"/messages/{foreign.id}", {}))[1]["code"] == 10008


async def test_a_token_works_from_the_first_answer_on_for_15_minutes(
    by_hand: Bot,
) -> None:
    interaction, _ = await by_hand.slash()
    status, error = await by_hand.webhook("POST", interaction, body={"content": "early"})
    assert (status, error["code"]) == (404, 10015)
    await by_hand.answer(interaction, 4, {"content": "hello"})
    by_hand.place.discord.clock.advance(14 * 60 + 59)
    assert (await by_hand.webhook("POST", interaction, body={"content": "in time"}))[0] == 200
    by_hand.place.discord.clock.advance(2)
    status, error = await by_hand.webhook("POST", interaction, body={"content": "too late"})
    assert (status, error["code"]) == (401, 50027)


async def test_an_unknown_token_is_no_webhook(by_hand: Bot) -> None:
    path = f"/webhooks/{by_hand.place.application.id}/unknown"
    status, error = await by_hand.call("POST", path, {"content": "x"})
    assert (status, error["code"]) == (404, 10015)


async def test_a_button_updates_defers_or_answers(by_hand: Bot) -> None:
    interaction, task = await by_hand.slash()
    await by_hand.answer(interaction, 4, {"content": "press", "components": BUTTONS})
    shown = await task
    pressed, task = await by_hand.receive(by_hand.place.person.click(shown, "Go"))
    await by_hand.answer(pressed, 7, {"content": "pressed"})
    assert (await task).content == shown.content == "pressed"
    pressed, task = await by_hand.receive(by_hand.place.person.click(shown, "Go"))
    await by_hand.answer(pressed, 6)
    await by_hand.webhook("PATCH", pressed, "/messages/@original", {"content": "pressed again"})
    assert (await task).content == shown.content == "pressed again"
    pressed, task = await by_hand.receive(by_hand.place.person.click(shown, "Go"))
    await by_hand.answer(pressed, 4, {"content": "new message"})
    assert (await task).content == "new message"
    assert shown.content == "pressed again"


async def test_a_form_cannot_open_a_form(by_hand: Bot) -> None:
    interaction, task = await by_hand.slash()
    await by_hand.answer(interaction, 9, MODAL)
    submitted, _ = await by_hand.receive(by_hand.place.person.submit(await task, name="Ana"))
    for kind in (9, 6, 7):
        assert (await by_hand.answer(submitted, kind, MODAL))[0] == 400
    assert submitted.data["components"][0]["component"]["value"] == "Ana"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": "x" * 46}, "title"),
        ({"custom_id": ""}, "custom_id"),
        ({"components": []}, "components"),
        ({"components": MODAL["components"] * 6}, "components"),
        ({"components": BUTTONS}, "components"),
    ],
)
async def test_a_form_over_its_limits_is_refused(by_hand: Bot, change: dict[str, Any], where: str) -> None:
    interaction, _ = await by_hand.slash()
    status, error = await by_hand.answer(interaction, 9, {**MODAL, **change})
    assert (status, list(error["errors"]["data"])) == (400, [where])
