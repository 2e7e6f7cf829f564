"""Nobody is left without a word, however many ask at once."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.telemetry.interactions import InteractionOutcome, InteractionRecord
from commands.core.services.admission import Admission
from playground import Reply, SimulatedUser
from store import Database
from tests.bot.conftest import Serve, Served

_BUSY = "Too many people are asking just now"


def crowd(served: Served, people: int) -> list[SimulatedUser]:
    guild = served.member.channel.guild
    assert guild is not None
    return [served.discord.person(guild.add_member(f"Person {number}")) for number in range(people)]


@contextmanager
def held_up(served: Served) -> Iterator[None]:
    """Let no query of the store end before the block does; what is known of the server is known by then."""
    go_on = threading.Event()
    held = [served.bot.services.query_runner.run(lambda _: go_on.wait(60)) for _ in range(4)]
    try:
        yield
    finally:
        go_on.set()
    assert all(held)


async def ask(person: SimulatedUser) -> Reply:
    return await person.slash("/developer", name="Valve")


async def test_who_has_to_wait_is_told_so_at_once_and_answered_in_the_end(
    serve: Serve, own_store: Database
) -> None:
    served = await serve(own_store, admission=Admission(at_once=2), defer_after=1.0)
    await served.member.ask("/help")
    with held_up(served):
        asked = [asyncio.create_task(ask(person)) for person in crowd(served, 12)]
        replies = await asyncio.gather(*asked)
        assert all(reply.thinking for reply in replies)
    for reply in replies:
        await reply.settled(60)
        assert reply.embeds
        assert not reply.failed


async def test_one_too_many_is_told_to_ask_again_and_nobody_else_sees_it(
    serve: Serve, own_store: Database
) -> None:
    records: list[InteractionRecord] = []
    served = await serve(
        own_store, admission=Admission(at_once=1, most=3), defer_after=1.0, observer=records.append
    )
    await served.member.ask("/help")
    with held_up(served):
        replies = await asyncio.gather(*(ask(person) for person in crowd(served, 5)))
        away = [reply for reply in replies if not reply.thinking]
        assert [(_BUSY in reply.text, reply.ephemeral) for reply in away] == [(True, True)] * 2
    for reply in replies:
        await reply.settled(60)
    assert sum(bool(reply.embeds) for reply in replies) == 3
    await served.bot.finish(10)
    outcomes = [record.outcome for record in records]
    assert outcomes.count(InteractionOutcome.TURNED_AWAY) == 2


async def test_suggestions_while_typing_give_way(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, admission=Admission(at_once=1), defer_after=1.0)
    await served.member.ask("/help")
    with held_up(served):
        reply = await ask(served.member)
        assert await served.admin.autocomplete("/developer", "name", "val") == []
    assert (await reply.settled(60)).embeds
    assert await served.admin.autocomplete("/developer", "name", "val")


async def test_what_is_for_the_asker_alone_stays_so_while_many_ask(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, admission=Admission(at_once=1), defer_after=1.0)
    await served.admin.ask("/help")
    with held_up(served):
        public = await ask(served.member)
        private = await served.admin.slash("/admin status")
        assert (public.ephemeral, private.ephemeral) == (False, True)
    assert (await private.settled(60)).ephemeral


async def test_a_command_that_waits_for_something_else_is_told_of_in_time(
    serve: Serve, own_store: Database
) -> None:
    served = await serve(own_store, defer_after=0.2)
    await served.admin.ask("/help")
    with held_up(served):
        # It reads user data before it asks the store.
        reply = await served.admin.slash("/settings view")
        assert reply.thinking
        assert reply.ephemeral
    assert (await reply.settled(60)).embeds


async def test_hundreds_at_once_are_all_answered(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, admission=Admission(at_once=20))
    replies = await asyncio.gather(*(ask(person) for person in crowd(served, 200)))
    for reply in replies:
        await reply.settled(60)
    assert all(reply.embeds for reply in replies)
