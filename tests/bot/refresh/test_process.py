"""The bot refreshes in a process of its own, one at a time, and always learns how it ended."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest
from commands.core.services.refresher import RefreshProgress, RefreshRunning
from store.runs import RowChanges, RunOutcome

pytestmark = pytest.mark.slow

REQUEST = RefreshRequest(
    Path("nextplay.sqlite3"),
    ("data", "https://example.com/games.json"),
    backup_folder=Path("backups"),
    backups_kept=3,
    max_reject_percent=5.0,
    crawl_year=2016,
    anonymous_players=200_000,
)


def child(script: str) -> Sequence[str]:
    return (sys.executable, "-c", f"import json, sys, time, os\nrequest = json.load(sys.stdin)\n{script}")


async def test_a_request_reaches_the_child_whole() -> None:
    assert RefreshRequest.from_json(REQUEST.to_json()) == REQUEST
    refresher = ChildRefresher(
        REQUEST, child("print(json.dumps({'outcome': 'failed', 'error': json.dumps(request)}))")
    )
    result = await (await refresher.start("42", force=True)).result()
    assert result.error is not None
    assert RefreshRequest.from_json(result.error) == replace(
        REQUEST, started_by="42", force=True, owner=os.getpid()
    )


async def test_the_child_says_how_it_ended() -> None:
    refresher = ChildRefresher(REQUEST, child("print(json.dumps({'outcome': 'applied'}))"))
    job = await refresher.start("42")
    result = await job.result()
    assert (result.outcome, result.error) == (RunOutcome.APPLIED, None)
    assert refresher.running is None


async def test_the_child_says_what_it_changed() -> None:
    said = (
        "{'outcome': 'applied', 'changes': {'games': {'added': 1, 'changed': 2, 'gone': 3}}, 'neighbours': 9}"
    )
    result = await (await ChildRefresher(REQUEST, child(f"print(json.dumps({said}))")).start("42")).result()
    assert result.changes == {"games": RowChanges(added=1, changed=2, gone=3)}
    assert result.neighbours == 9


async def test_its_stage_is_known_and_other_output_is_not_mistaken_for_it() -> None:
    script = (
        "print('some library says hello')\n"
        "print(json.dumps({'stage': 'reviews', 'rows': 7, 'share': 0.5}))\nprint('[1]')\n"
        "print(json.dumps({'outcome': 'unchanged'}))"
    )
    job = await ChildRefresher(REQUEST, child(script)).start("42")
    assert (await job.result()).outcome is RunOutcome.UNCHANGED
    assert job.progress == RefreshProgress("reviews", rows=7, share=0.5)


@pytest.mark.parametrize("script", ["sys.exit(3)", "os.kill(os.getpid(), 9)", "raise SystemExit('no')"])
async def test_a_child_that_dies_without_a_word_is_a_failure(script: str) -> None:
    result = await (await ChildRefresher(REQUEST, child(script)).start("42")).result()
    assert result.outcome is RunOutcome.FAILED
    assert result.error is not None


async def test_a_second_refresh_is_refused_while_one_runs_and_a_stop_ends_it() -> None:
    refresher = ChildRefresher(REQUEST, child("time.sleep(60)"))
    job = await refresher.start("42")
    assert refresher.running is job
    with pytest.raises(RefreshRunning) as refusal:
        await refresher.start("43")
    assert refusal.value.job is job
    await refresher.stop()
    assert (await job.result()).outcome is RunOutcome.CANCELLED
    assert refresher.running is None


async def test_after_one_has_ended_another_can_start() -> None:
    refresher = ChildRefresher(REQUEST, child("print(json.dumps({'outcome': 'applied'}))"))
    first = await refresher.start("42")
    await first.result()
    second = await refresher.start("43")
    assert (await second.result()).outcome is RunOutcome.APPLIED


async def test_a_child_does_not_inherit_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    script = "print(json.dumps({'outcome': 'failed', 'error': repr(sorted(os.environ))}))"
    result = await (await ChildRefresher(REQUEST, child(script)).start("42")).result()
    assert "DISCORD_TOKEN" in os.environ
    assert "DISCORD_TOKEN" not in (result.error or "DISCORD_TOKEN")
