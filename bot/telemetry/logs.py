"""What the bot logs: one line for each command, with nothing of the person in it; and never the token."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    # For type checking only: a process without a bot logs too, and does not load discord.py.
    from bot.telemetry.interactions import InteractionRecord

LogFormat: TypeAlias = Literal["text", "json"]

log = logging.getLogger("bot.commands")

# Discord's ids of people, servers and messages.
_SNOWFLAKE = re.compile(r"(?<!\d)\d{17,20}(?!\d)")
# What a record carries for the JSON form beside its message.
_FIELDS = "fields"


def configure_logging(
    level: str, log_format: LogFormat, secrets: Iterable[str], stream: IO[str] | None = None
) -> None:
    """Log everything of this process.

    discord.py logs whole messages, with names, at its lower levels; it is kept to "info" and above.

    Args:
        level: The lowest level that is written, such as "info".
        log_format: Text for people or JSON for machines.
        secrets: What is never written, whoever logs it.
        stream: Where to; standard error if None.
    """
    handler = SafeStreamHandler(stream or sys.stderr)
    handler.setFormatter(
        RedactingFormatter(JsonFormatter() if log_format == "json" else TextFormatter(), secrets)
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.captureWarnings(True)


def log_interaction(interaction: "InteractionRecord") -> None:
    """Log an interaction that is over; suggestions while typing only at the level "debug"."""
    milliseconds = round(interaction.seconds * 1000, 1)
    fields = {
        interaction.kind: interaction.name,
        "outcome": interaction.outcome.value,
        "duration_ms": milliseconds,
        "locale": interaction.locale,
        "where": interaction.where,
    }
    if interaction.error_id is not None:
        fields["error_id"] = interaction.error_id
    log.log(
        logging.INFO if interaction.kind == "command" else logging.DEBUG,
        "%s",
        " ".join(f"{name}={_word(value)}" for name, value in fields.items()),
        extra={_FIELDS: fields},
    )


def _word(value: object) -> str:
    text = str(value)
    return json.dumps(text) if " " in text else text


class TextFormatter(logging.Formatter):
    """A line for people: no message can forge a second line or control the terminal."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Write the line with invisible characters as escape codes."""
        return _visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Write a trace below its line, each of its own lines indented."""
        return "\n".join(f"    {_visible(line)}" for line in super().formatException(ei).split("\n"))


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and what the record carries beside it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; a trace is one of its values, so that it stays one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


class RedactingFormatter(logging.Formatter):
    """The last line of defence: removes secrets from the finished line: message, values and traceback.

    From discord.py's own lines, which know nothing of our promises, ids are taken out as well.
    """

    def __init__(self, formatter: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._formatter = formatter
        as_written = {written for secret in secrets for written in (secret, json.dumps(secret)[1:-1])}
        self._secrets = sorted(filter(None, as_written), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Format a record as the inner formatter does, with secrets removed."""
        line = self._formatter.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return _SNOWFLAKE.sub("[id]", line) if record.name.startswith("discord.") else line


class SafeStreamHandler(logging.StreamHandler[IO[str]]):
    """Writes to a stream; a record that cannot be written is named, but its values are not shown."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, with escape codes for what the stream cannot encode."""
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        return super().format(record).encode(encoding, "backslashreplace").decode(encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Report where the record came from, without its arguments: one may be a secret."""
        kind = sys.exc_info()[0]
        why = "an error" if kind is None else kind.__name__
        sys.stderr.write(f"A log line of {record.name}, line {record.lineno}, could not be written: {why}\n")
