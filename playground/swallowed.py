"""Errors that a library caught in a bot's code and only logged."""

import logging
import traceback
from types import TracebackType
from typing import Self

# The loggers of libraries that write down what a bot's handler raised, and go on.
LIBRARIES = ("discord", "disnake", "nextcord", "hikari", "interactions", "asyncio")


class SwallowedErrors(logging.Handler):
    """Collects them while a `with` block lasts."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error of a library that has a trace."""
        if record.exc_info and record.exc_info[1] and record.name.partition(".")[0] in LIBRARIES:
            trace = "".join(traceback.format_exception(record.exc_info[1]))
            self.found.append(f"{record.getMessage()}\n{trace}")
