"""pytest: fixtures of a local Discord, and reports that say what happened in it.

pytest finds it by itself where the package is installed. The fixtures, in `playground.pytest_fixtures`, need
pytest-asyncio; `start_client` needs discord.py.

    @pytest.mark.local_discord(rate_limits=False)  # arguments of LocalDiscord
    async def test_hello(local_discord): ...
"""

from collections.abc import Awaitable, Callable, Generator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from playground.server import LocalDiscord
from playground.swallowed import SwallowedErrors
from playground.world.model import Application

if TYPE_CHECKING:
    import discord

StartClient = Callable[["discord.Client", Application], Awaitable[None]]

SEEN = pytest.StashKey[LocalDiscord]()
SWALLOWED = pytest.StashKey[SwallowedErrors]()

_HAPPENED = "What happened in the playground"
_SWALLOWED = "Errors that the bot swallowed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a project choose what swallowed errors do."""
    parser.addini(
        "local_discord_swallowed_errors",
        "what errors do that a library caught in the bot's code: show (the default) or fail the test",
        default="show",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and offer the fixtures where they can work."""
    config.addinivalue_line(
        "markers",
        "local_discord(**options): how the fixture's LocalDiscord is made, such as rate_limits=False",
    )
    if find_spec("pytest_asyncio") is not None:
        config.pluginmanager.import_plugin("playground.pytest_fixtures")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the transcript to the report of a test that failed, and swallowed errors to that of any."""
    report = yield
    swallowed = item.stash.get(SWALLOWED, None)
    if swallowed is not None and swallowed.found and call.when == "call":
        report.sections.append((_SWALLOWED, "\n".join(swallowed.found)))
        if report.passed and item.config.getini("local_discord_swallowed_errors") == "fail":
            report.outcome = "failed"
            report.longrepr = f"{_SWALLOWED}:\n" + "\n".join(swallowed.found)
    server = item.stash.get(SEEN, None)
    if server is not None and report.failed:
        report.sections.append((_HAPPENED, server.transcript()))
    if call.when == "teardown":
        _forget(item)
    return report


def _forget(item: pytest.Item) -> None:
    """Let go of a test's world: pytest keeps every test until the last has ended."""
    if SEEN in item.stash:
        del item.stash[SEEN]
    if SWALLOWED in item.stash:
        del item.stash[SWALLOWED]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the errors that were swallowed in tests that passed."""
    passed = [report for report in terminalreporter.stats.get("passed", []) if hasattr(report, "sections")]
    found = [
        (report.nodeid, trace.rstrip().splitlines()[-1])
        for report in passed
        for title, trace in report.sections
        if title == _SWALLOWED
    ]
    if found:
        terminalreporter.section(f"{_SWALLOWED}, in tests that passed")
        for nodeid, error in found:
            terminalreporter.line(f"{nodeid}: {error}")
