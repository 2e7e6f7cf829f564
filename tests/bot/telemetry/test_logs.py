"""Each command is one line in the log, with nothing of the person in it; the token is in none."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.client import NextplayBot
from bot.telemetry.logs import LogFormat, configure_logging
from commands.core.services.services import Interaction
from store import Database
from tests.bot.conftest import Serve

TOKEN = 'MTA4.very"secret.token'


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged while a test runs; logging is as before afterwards."""
    root, of_discord = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers[:], root.level, of_discord.level
    # Removed first, or they would be closed.
    for handler in before[0]:
        root.removeHandler(handler)
    yield io.StringIO()
    root.handlers[:], level, level_of_discord = before
    root.setLevel(level)
    of_discord.setLevel(level_of_discord)
    logging.captureWarnings(False)


def command_lines(written: io.StringIO) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in lines if line["logger"] == "bot.commands"]


async def test_a_command_is_one_line_without_anything_of_the_person(
    serve: Serve, empty_store: Database, written: io.StringIO
) -> None:
    configure_logging("debug", "json", [])
    served = await serve(empty_store)
    configure_logging("debug", "json", [], written)
    await served.member.ask("/developer", name="Nobody Ever Heard Of")
    await served.member.ask("/help")
    await served.bot.finish(5)
    refused, well = command_lines(written)
    assert (refused["command"], refused["outcome"]) == ("developer", "refused")
    assert (well["command"], well["outcome"], well["level"]) == ("help", "ok", "info")
    assert (well["locale"], well["where"]) == ("en-US", "guild")
    assert 0 < well["duration_ms"] < 60_000
    log = written.getvalue()
    for personal in ("Nobody Ever", "Ana", str(served.member.user.id), str(served.member.channel.id)):
        assert personal not in log


async def test_a_defect_has_the_id_that_the_person_was_told_and_its_trace(
    serve: Serve, empty_store: Database, written: io.StringIO
) -> None:
    def broken(bot: NextplayBot) -> None:
        @app_commands.command(description="Break")
        async def broken(interaction: Interaction) -> None:
            raise RuntimeError("a defect")

        bot.tree.add_command(broken)

    served = await serve(empty_store, prepare=broken)
    configure_logging("info", "json", [], written)
    reply = await served.member.ask("/broken")
    await served.bot.finish(5)
    (line,) = command_lines(written)
    assert line["outcome"] == "failed"
    assert f"`{line['error_id']}`" in reply.content
    (trace,) = [entry for entry in map(json.loads, written.getvalue().splitlines()) if "trace" in entry]
    assert line["error_id"] in trace["message"]
    assert "RuntimeError: a defect" in trace["trace"]


async def test_what_a_check_raises_past_the_handlers_is_still_told(
    serve: Serve, empty_store: Database, written: io.StringIO
) -> None:
    def broken(bot: NextplayBot) -> None:
        def check(interaction: Interaction) -> bool:
            raise RuntimeError("a defect in a check")

        @app_commands.command(description="Break before it begins")
        @app_commands.check(check)
        async def broken(interaction: Interaction) -> None: ...

        bot.tree.add_command(broken)

    served = await serve(empty_store, prepare=broken)
    configure_logging("info", "json", [], written)
    reply = await served.member.slash("/broken")
    (line,) = command_lines(written)
    assert line["outcome"] == "failed"
    assert f"`{line['error_id']}`" in reply.content
    assert reply.ephemeral
    assert "a defect in a check" in written.getvalue()


async def test_suggestions_are_logged_only_for_who_looks_closely(
    serve: Serve, empty_store: Database, written: io.StringIO
) -> None:
    served = await serve(empty_store)
    configure_logging("info", "json", [], written)
    await served.member.autocomplete("/developer", "name", "val")
    await served.bot.finish(5)
    assert not command_lines(written)
    configure_logging("debug", "json", [], written)
    await served.member.autocomplete("/developer", "name", "val")
    await served.bot.finish(5)
    (line,) = command_lines(written)
    assert (line["autocomplete"], line["level"]) == ("developer", "debug")
    assert "val" not in line["message"]


def test_a_line_of_text_says_the_same(written: io.StringIO) -> None:
    configure_logging("info", "text", [], written)
    logging.getLogger("bot").info("Ready for %d servers", 2)
    assert written.getvalue().endswith("INFO    bot: Ready for 2 servers\n")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_token_is_taken_out_of_messages_arguments_values_and_traces(
    form: LogFormat, written: io.StringIO
) -> None:
    configure_logging("debug", form, [TOKEN], written)
    log = logging.getLogger("any.library")
    log.warning("Sent Authorization: Bot %s", TOKEN)
    log.warning("%r", {"headers": [TOKEN]}, extra={"fields": {"header": TOKEN}}, stack_info=True)
    try:
        raise ValueError(f"no such token: {TOKEN}")
    except ValueError:
        log.exception("Login failed")
    text = written.getvalue()
    assert "no such token: [secret]" in text
    assert "very" not in text


def test_a_record_that_cannot_be_written_shows_no_argument(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("info", "text", [TOKEN], written)
    logging.getLogger("any.library").warning("%d servers", TOKEN)
    assert written.getvalue() == ""
    said = capsys.readouterr().err
    assert "any.library" in said
    assert "very" not in said


@pytest.mark.parametrize("level", ["debug", "info"])
def test_ids_are_taken_out_of_what_the_library_logs_and_its_payloads_are_not_logged(
    level: str, written: io.StringIO
) -> None:
    configure_logging(level, "text", [], written)
    logging.getLogger("discord.app_commands.tree").error("Ignoring exception (User: %s)", 175928847299117063)
    logging.getLogger("discord.gateway").debug("WebSocket Event: %s", {"username": "Ana"})
    assert "(User: [id])" in written.getvalue()
    assert "Ana" not in written.getvalue()


def test_a_trace_is_part_of_one_json_line(written: io.StringIO) -> None:
    configure_logging("info", "json", [], written)
    try:
        raise ValueError("first line\nsecond line")
    except ValueError:
        logging.getLogger("bot").exception("Broken")
    (line,) = written.getvalue().splitlines()
    assert json.loads(line)["trace"].endswith("first line\nsecond line")


FORGED = "x\n2026-01-01 00:00:00,000 ERROR   bot: The token is abc"


@pytest.mark.parametrize(
    "hostile",
    [
        FORGED,
        FORGED.replace("\n", "\r"),
        FORGED.replace("\n", "\u2028"),
        "\x1b[2J\x1b]0;x\x07",
        "\u202eb",
        "a\x00",
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_text_makes_a_line_of_its_own_or_moves_a_terminal(
    form: LogFormat, hostile: str, written: io.StringIO
) -> None:
    configure_logging("info", form, [], written)
    logging.getLogger("bot").warning("A server is called %s", hostile)
    (line,) = written.getvalue().rstrip("\n").split("\n")
    if form == "json":
        assert json.loads(line)["message"].endswith(hostile)
    else:
        assert line.isprintable()


def test_no_line_of_a_trace_looks_like_a_line_of_the_log(written: io.StringIO) -> None:
    configure_logging("info", "text", [], written)
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("bot").exception("Broken")
    _, *trace = written.getvalue().splitlines()
    assert [line for line in trace if not line.startswith("    ")] == []


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_what_a_terminal_has_no_sign_for_is_logged_by_its_code(
    form: LogFormat, encoding: str, written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    bytes_written = io.BytesIO()
    configure_logging("info", form, [], io.TextIOWrapper(bytes_written, encoding, write_through=True))
    logging.getLogger("bot").warning("Half a character: \ud83c, and a whole one: 点")
    assert b"Half a character" in bytes_written.getvalue()
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_an_error_that_nobody_foresaw_ends_the_bot_without_showing_the_token(
    tmp_path: Path,
) -> None:
    script = (
        "import sys; from pathlib import Path; import bot.serving as serving\n"
        "from bot.settings import Settings\n"
        "def broken(*_): raise RuntimeError('broken ' + sys.argv[1])\n"
        "serving.Nightly.from_settings = broken\n"
        "serving.serve_discord(Settings(database=Path(sys.argv[2])), sys.argv[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, TOKEN, tmp_path / "new.sqlite3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "RuntimeError: broken [secret]" in done.stderr
    assert "very" not in done.stdout + done.stderr
