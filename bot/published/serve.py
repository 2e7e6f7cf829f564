"""What looks for a newer published store, where the settings name one."""

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.published.folder import LastLook, PublishedFolder
from bot.published.request import LookRequest
from bot.published.schedule import LookPlan, Looks
from bot.refresh.process import ChildRefresher
from bot.refresh.request import Wanted
from bot.settings import Settings
from commands.core.services.refresher import RefreshResult
from store.runs import RunOutcome

_COMMAND = (sys.executable, "-m", "bot.published.worker")
# What the libraries behind fsspec read of the environment to be let in; a web address or a path needs none.
_CREDENTIALS = ("AWS_", "AZURE_", "FSSPEC_", "GOOGLE_")


def refresher_of(settings: Settings, wanted: Wanted | None = None) -> ChildRefresher:
    """Return what renews the store when somebody asks: a refresh, or a look for a newer published one.

    A refresh asks Steam first for the games that are `wanted`.
    """
    return ChildRefresher.from_settings(settings, wanted) if settings.store is None else looker(settings)


def looker(settings: Settings) -> ChildRefresher:
    """Return what looks for a newer store, in a process of its own; the settings must name where."""
    assert settings.store is not None
    given = (
        [name for name in os.environ if name.startswith(_CREDENTIALS)] if settings.store_needs_login else []
    )
    looking = ChildRefresher(LookRequest(settings.store, settings.database), _COMMAND, given)
    looking.add_end_listener(partial(_note_failure, PublishedFolder(settings.database)))
    return looking


def _note_failure(folder: PublishedFolder, result: RefreshResult) -> None:
    """Write down why a look failed, where its process was killed before it could do so itself."""
    look = folder.last_look()
    is_noted = look is not None and look.problem == result.error
    if result.outcome is RunOutcome.FAILED and not is_noted:
        with suppress(OSError):  # the log has it all the same
            folder.write_look(LastLook(datetime.now(UTC), result.error))


def look_plan(settings: Settings) -> LookPlan | None:
    """Return how often to look for a newer published store; None where none is served."""
    return None if settings.store is None else LookPlan(timedelta(minutes=settings.store_look_minutes))


@contextmanager
def looks_in_thread(settings: Settings) -> Iterator[None]:
    """Look for newer published stores as long as the block lasts, in a thread: where there is no bot.

    Where none is served, nothing is looked for.
    """
    plan = look_plan(settings)
    if plan is None:
        yield
        return
    loop = asyncio.new_event_loop()
    refresher = looker(settings)
    looks = Looks(plan, refresher)

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(looks.start())
        loop.run_forever()
        looks.stop()
        loop.run_until_complete(refresher.stop())
        loop.close()

    thread = threading.Thread(target=run, name="looks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
