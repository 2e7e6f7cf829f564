"""Telling the other processes of a bot that somebody was forgotten, without saying who."""

import logging
from pathlib import Path

from store import private_files

log = logging.getLogger(__name__)


class ForgottenMark:
    """A file that is written whenever a process has erased somebody; each process looks at it."""

    def __init__(self, file: Path) -> None:
        """Use `file`; what was erased before now is none of this process's business."""
        self._file = file
        self._seen = self._written()

    def leave(self) -> None:
        """Tell the others; this process knows already. A disk that refuses is logged."""
        try:
            private_files.ensure(self._file)
            self._file.touch()
        except OSError as error:
            log.warning("Other processes cannot be told to forget somebody: %s", error)
        self._seen = self._written()

    def is_new(self) -> bool:
        """Tell whether another process has erased somebody since this was asked last."""
        before, self._seen = self._seen, self._written()
        return before != self._seen

    def _written(self) -> int | None:
        try:
            return self._file.stat().st_mtime_ns
        except OSError:
            return None
