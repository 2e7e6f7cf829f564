"""A bot that is asked while refreshes of its store are killed answers all, from old or new data whole."""

import asyncio
import random
import re
import signal
from collections import Counter
from pathlib import Path

import pytest

from store import Database
from tests.bot.conftest import Serve, Served
from tests.bot.faults.refreshes import Scene, refresh
from tests.bot.faults.test_kills import killed_after

MOMENTS = 30
# Between two questions. Asking all the time would keep a refresh of a second at work for many.
PAUSE_SECONDS = 0.05
QUESTIONS = {
    "/developer": {"name": "Valve"},
    "/userdata": {"player": "sample_player_007"},
    "/genre": {"name": "Action"},
    "/game": {"name": "Portal 2"},
}
# When the data were refreshed, who sees a reply that took long, and the chart, which may come later.
# A long footer is wrapped, so that the age may stand on two lines.
_OF_THE_MOMENT = re.compile(
    r"refreshed\s.*?(?:now|ago)|\(Only you can see this\)|\[image: .*?\)\]", re.DOTALL
)


async def answer(served: Served, command: str) -> str:
    """Ask, and return what is said of the data."""
    reply = await served.member.ask(command, **QUESTIONS[command])
    return " ".join(word for word in _OF_THE_MOMENT.sub("", reply.text).split() if word != "┃")


async def answers(served: Served) -> dict[str, str]:
    return {command: await answer(served, command) for command in QUESTIONS}


async def kill_while_asking(
    served: Served, seconds: float | None, source: Path, whole: list[dict[str, str]]
) -> tuple[int | None, float]:
    """Kill a refresh after this many seconds, and ask until it is gone; each answer is of a `whole` state."""
    killing = asyncio.create_task(asyncio.to_thread(killed_after, seconds, served.database.file, source))
    while not killing.done():
        for command in QUESTIONS:
            assert await answer(served, command) in [state[command] for state in whole]
            await asyncio.sleep(PAUSE_SECONDS)
    return killing.result()


async def test_every_answer_while_refreshes_are_killed_is_of_old_or_new_data(
    scene: Scene, database: Database, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How soon an answer comes is the machine's: here it trains beside all else that it does.
    monkeypatch.setattr("playground.services.interactions.RESPONSE_SECONDS", 60.0)
    chance = random.Random(20260420)
    served = await serve(database)
    old = await answers(served)
    await asyncio.to_thread(refresh, database.file, scene.new)
    new = await answers(served)
    assert old != new
    _code, length = await kill_while_asking(served, None, scene.old, [old, new])
    assert await answers(served) == old
    found: Counter[str] = Counter()
    state, sources = old, {id(old): scene.new, id(new): scene.old}
    for number in range(MOMENTS):
        moment = (number + chance.random()) / MOMENTS * length
        code, lived = await kill_while_asking(served, moment, sources[id(state)], [old, new])
        if code != -signal.SIGKILL:
            length = min(length, lived)  # the machine has become faster
        after = await answers(served)
        assert after in (old, new), f"neither old nor new data after {moment:.3f} s"
        found["changed" if after != state else "kept"] += 1
        state = old if after == old else new
    assert found["kept"] >= 5, f"hardly one was killed at work: {found}"
