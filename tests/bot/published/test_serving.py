"""`nextplay run` on a store that is published elsewhere: it says so, and renews it while nobody notices."""

import asyncio
from pathlib import Path

import pytest

from tests.bot.processes import Running, Start
from tests.bot.published.stores import manifest_of, publish_state, state_shown

pytestmark = pytest.mark.faults


async def look(bot: Running) -> str:
    """Have the admin look for a newer store; return what the bot says at last."""
    while True:
        reply = await bot.admin.ask("/admin refresh")
        while reply.components:
            await reply.changed(60)
        if not reply.failed and "running already" not in reply.plain_text:
            return reply.plain_text
        await asyncio.sleep(0.2)  # the look of the start is under way


async def shown(bot: Running) -> int:
    return state_shown((await bot.member.ask("/game", name="Portal 2")).plain_text)


async def test_it_serves_what_is_published_and_keeps_it_when_the_next_is_no_good(
    start: Start, template: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    publish_state(template, out, 1)
    bot = await start(NEXTPLAY_STORE=str(out))
    await bot.member.ready_commands()
    assert "up to date" in await look(bot)
    assert await shown(bot) == 1

    publish_state(template, out, 2)
    told = await look(bot)
    assert "every answer uses them from now on" in told
    assert await shown(bot) == 2

    manifest_of(out).write_text("nothing of the kind")
    told = await look(bot)
    assert "the old data stay" in told
    assert "its manifest is none" in told
    assert await shown(bot) == 2
    status = (await bot.admin.ask("/admin status")).plain_text
    assert "Published elsewhere" in status
    assert "No newer one can be served." in status
    lines = [line["message"] for line in await bot.stop()]
    assert len([line for line in lines if line.startswith("Serving the store published at")]) == 2
    assert any("its manifest is none" in line for line in lines)


async def test_before_anything_is_published_it_says_why_there_are_no_answers(
    start: Start, tmp_path: Path
) -> None:
    bot = await start(NEXTPLAY_STORE=str(tmp_path / "nothing" / "manifest.json"))
    await bot.member.ready_commands()
    assert "There is no" in await look(bot)
    reply = await bot.member.ask("/game", name="Portal 2")
    assert reply.ephemeral
    assert "Portal" not in reply.plain_text
    await bot.stop()


async def test_several_processes_of_a_machine_fetch_once_and_change_over_together(
    start: Start, template: Path, tmp_path: Path
) -> None:
    out, shared = tmp_path / "out", tmp_path / "shared" / "nextplay.sqlite3"
    publish_state(template, out, 1)
    bots = [
        await start(home_name=name, NEXTPLAY_STORE=str(out), NEXTPLAY_DATABASE=str(shared))
        for name in ("one", "two")
    ]
    for bot in bots:
        await bot.member.ready_commands()
        await look(bot)
    assert [await shown(bot) for bot in bots] == [1, 1]
    publish_state(template, out, 2)
    await look(bots[0])
    assert [await shown(bot) for bot in bots] == [2, 2]
    for bot in bots:
        await bot.stop()
