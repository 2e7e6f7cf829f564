"""What the bot's children can see of its secrets: nothing; and what becomes of replies when they die."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest
from charts.child_environment import DRAWING, child_environment
from charts.rendering import ChartRenderer
from tests.bot.processes import Running, Start
from tests.charts.specs import bars

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")

SECRETS = {
    "DISCORD_TOKEN": "the-token-1",
    "NEXTPLAY_DISCORD_TOKEN": "the-token-2",
    "NEXTPLAY_SOURCE": "https://user:the-password-3@example.com/",
    "NEXTPLAY_STEAM_API_KEY": "the-key-4",
    "AWS_SECRET_ACCESS_KEY": "the-key-5",
    "PGPASSWORD": "the-password-6",
    "GITHUB_PAT": "the-token-7",
    "PATH_TO_KEY": "the-key-8",
    "PYTHON_KEYRING_PASSWORD": "the-password-9",
}


def children_of(pid: int) -> list[int]:
    """Return the processes that `pid` has started and that run."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def environment_of(pid: int) -> dict[str, str]:
    """Return what the kernel says of a process's environment at its start."""
    parts = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(part.split("=", 1) for part in parts if part)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


async def child(pid: int, module: str) -> int:
    """Wait for the child of `pid` that runs a module."""
    async with asyncio.timeout(60):
        while True:
            for found in children_of(pid):
                if module in command_of(found):
                    return found
            await asyncio.sleep(0.01)


@pytest.fixture
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def assert_knows_no_secret(pid: int) -> None:
    seen = environment_of(pid)
    assert seen["PATH"] == os.environ["PATH"]
    assert not set(seen) & set(SECRETS)
    assert not any(secret in value for secret in SECRETS.values() for value in seen.values())


@pytest.mark.usefixtures("_secrets")
async def test_the_process_that_draws_is_given_no_secret() -> None:
    renderer = ChartRenderer()
    chart = await renderer.render(bars(), wait=60)
    assert chart is not None
    assert_knows_no_secret(await child(os.getpid(), "charts.worker"))
    await renderer.close()


@pytest.mark.usefixtures("_secrets")
async def test_the_process_that_refreshes_is_given_no_secret(tmp_path: Path) -> None:
    request = RefreshRequest(tmp_path / "a.sqlite3", (str(tmp_path),), tmp_path / "backups", 3, 5.0, 2016, 0)
    refresher = ChildRefresher(request)
    job = await refresher.start("schedule")
    assert_knows_no_secret(await child(os.getpid(), "bot.refresh.worker"))
    await job.stop()


def test_what_a_child_needs_it_is_given() -> None:
    wanted = {"PATH": "/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "TZ": "UTC", "MPLCONFIGDIR": "/tmp/m"}
    assert child_environment(DRAWING, wanted | SECRETS) == wanted
    assert "MPLCONFIGDIR" not in child_environment((), wanted)


async def ask(bot: Running, name: str = "Valve") -> str:
    reply = await bot.member.ask("/developer", name=name)
    return reply.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV])
@pytest.mark.parametrize("drawn_before", [False, True])
async def test_a_command_whose_chart_process_dies_or_hangs_is_answered(
    start: Start, number: signal.Signals, drawn_before: bool
) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    if drawn_before:
        reply = await bot.member.ask("/developer", name="Valve")
        while not reply.files:
            await reply.changed(60)
        worker = await child(bot.process.pid, "charts.worker")
        os.kill(worker, number)
        assert "Bethesda" in await ask(bot, "Bethesda Game Studios")
    else:
        asked = asyncio.create_task(ask(bot))
        os.kill(await child(bot.process.pid, "charts.worker"), number)
        assert "Valve" in await asked
    assert "Ubisoft" in await ask(bot, "Ubisoft")
    await until_drawn(bot)
    bot.process.terminate()
    await bot.ended(15)


async def until_drawn(bot: Running) -> None:
    """Ask for charts until one is drawn again: at once after a death, later after a hang."""
    async with asyncio.timeout(60):
        for developer in ("Valve", "Ubisoft", "Bethesda Game Studios", "SEGA") * 20:
            reply = await bot.member.ask("/developer", name=developer)
            for _ in range(20):
                if reply.files:
                    return
                await asyncio.sleep(0.1)
