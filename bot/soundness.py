"""Checking the database files in the background after the bot has started."""

import asyncio
import logging
from collections.abc import Iterable

from store import DatabaseUnavailable
from store.database import DatabaseFile
from store.files.health import SoundnessCheck

log = logging.getLogger(__name__)


async def check_files(parts: Iterable[DatabaseFile]) -> None:
    """Look at every page of the files, one after the other, in a thread; what is damaged is logged.

    A large file takes seconds, so that nobody waits for it. Ends early when cancelled.
    """
    for part in parts:
        check = SoundnessCheck(part)
        try:
            await asyncio.to_thread(check.run)
        except asyncio.CancelledError:
            check.stop()
            raise
        except DatabaseUnavailable as error:
            log.critical("%s Until then questions that meet it are refused", error)
