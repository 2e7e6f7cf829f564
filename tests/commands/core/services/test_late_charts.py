"""Replies with pictures: in time, late, or without, but never in a worse state than a reply in words."""

import sys
from pathlib import Path
from typing import Any

import discord
import pytest
from sqlalchemy import delete

from charts.rendering import ChartRenderer
from commands.core.services.late_charts import LateCharts
from playground import Reply, SimulatedUser
from playground.world import permissions
from store import Database, queries
from store.models import DeveloperYear, NameKind
from tests.bot.conftest import Serve, Served
from tests.charts.specs import bars
from tests.commands.core.buttons.test_pager import YEARS, ask, long_answer, years
from tests.waiting import until

LONG = 60.0
PNG = b"\x89PNG"

# Answers each order with a picture of one pixel once a file is there, whose path is its argument.
GATED = """
import base64, os, sys, time
pixel = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
while length := sys.stdin.buffer.read(4):
    sys.stdin.buffer.read(int.from_bytes(length))
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.01)
    sys.stdout.buffer.write(len(pixel).to_bytes(4) + pixel)
    sys.stdout.buffer.flush()
"""

__all__ = ["long_answer"]


class Patient(ChartRenderer):
    """Is waited for while it starts, so that a test finds pictures in the first reply."""

    @property
    def is_slow(self) -> bool:
        return False


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """Where to put a file that lets pictures be drawn."""
    return tmp_path / "gate"


@pytest.fixture
def late(gate: Path) -> LateCharts:
    """Pictures that are drawn once the gate is there."""
    return LateCharts(ChartRenderer(command=(sys.executable, "-c", GATED, str(gate))), wait_seconds=0.05)


def open_gate(gate: Path) -> None:
    gate.touch()


def close_gate(gate: Path) -> None:
    gate.unlink()


async def in_time() -> LateCharts:
    """Return charts of a process that runs: on a busy machine its start may take Discord's three seconds."""
    renderer = Patient()
    await renderer.render(bars("Warm-up"), wait=LONG)
    return LateCharts(renderer, wait_seconds=LONG)


@pytest.fixture
def player(sample_store: Database) -> str:
    """A player of the data."""
    with sample_store.reader() as session:
        return queries.complete(session, NameKind.PLAYER, "", 1)[0].value


def speaker(served: Served, locale: str) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member(f"Member {locale}", locale=locale))


ALT = {
    "/developer name:Valve": ("Bar chart: ", "Gráfico de barras: "),
    "/genre name:Action": ("Bar chart: Action", "Gráfico de barras: Acción"),
    "/reviews developer:Valve": ("Bar chart: Valve", "Gráfico de barras: Valve"),
    "/reviews game:Portal 2": ("Bar chart: Portal 2", "Gráfico de barras: Portal 2"),
    "/reviews year:2014": ("Bar chart: Reviews of all games", "Gráfico de barras: Reseñas de todos"),
    "/reviews game:Portal 2 show:words": ("Word cloud of", "Nube de palabras de"),
    "/reviews developer:Valve show:words": ("Word cloud of", "Nube de palabras de"),
    "/userdata player:{player}": ("Bar chart: library of", "Gráfico de barras: biblioteca de"),
    "/me": ("Bar chart: library of", "Gráfico de barras: biblioteca de"),
    "/me share:True": ("Bar chart: library of", "Gráfico de barras: biblioteca de"),
}


def options_of(line: str, player: str) -> dict[str, Any]:
    return {
        name: True if value == "True" else value.format(player=player)
        for name, value in (part.split(":", 1) for part in line.replace("Portal 2", "620").split()[1:])
    }


@pytest.mark.parametrize(("locale", "which"), [("en-US", 0), ("es-419", 1)])
async def test_every_picture_has_words_for_those_who_cannot_see_it(
    serve: Serve, own_store: Database, player: str, locale: str, which: int
) -> None:
    served = await serve(own_store, charts=await in_time())
    person = speaker(served, locale)
    await person.ask("/link", player=player)
    for line, alt in ALT.items():
        reply = await person.ask(line.split()[0], **options_of(line, player))

        (file,) = reply.files
        assert file.data.startswith(PNG), line
        assert file.description is not None
        assert file.description.startswith(alt[which]), line
        image = reply.embeds[0]["image"]
        assert (image["url"], image["description"]) == (file.url, file.description), line
        assert reply.ephemeral == (line == "/me" or line.startswith("/userdata")), line


async def test_what_one_bar_would_show_is_said_in_words(serve: Serve, long_answer: Database) -> None:
    with long_answer.writer() as session:
        session.execute(delete(DeveloperYear).where(DeveloperYear.year != YEARS[-1]))
    served = await serve(long_answer, charts=await in_time())

    reply = await ask(served)

    assert (years(reply), reply.files) == ([YEARS[-1]], [])


@pytest.mark.parametrize("defer_after", [0.0, 5.0], ids=["thought about", "at once"])
async def test_a_reply_does_not_wait_for_a_late_picture_which_comes_when_it_is_there(
    serve: Serve, own_store: Database, late: LateCharts, gate: Path, defer_after: float
) -> None:
    served = await serve(own_store, charts=late, defer_after=defer_after)

    reply = await served.member.ask("/developer", name="Valve")
    assert reply.embeds[0]["title"] == "Valve"
    assert reply.files == []

    open_gate(gate)
    await pictured(reply)
    assert reply.embeds[0]["title"] == "Valve"
    assert reply.embeds[0]["image"]["url"] == reply.files[0].url
    assert reply.followups == []


async def pictured(reply: Reply) -> None:
    while not reply.files:
        await reply.changed()


async def test_a_late_picture_joins_the_page_that_was_turned_to_and_stays(
    serve: Serve, long_answer: Database, late: LateCharts, gate: Path
) -> None:
    served = await serve(long_answer, charts=late)
    reply = await ask(served)
    first = years(reply)
    await served.member.click(reply, "Next")
    second = years(reply)

    open_gate(gate)
    await pictured(reply)

    assert years(reply) == second
    for turn, expected in (("Back", first), ("Next", second)):
        await served.member.click(reply, turn)
        assert years(reply) == expected
        assert reply.embeds[0]["image"]["url"] == reply.files[0].url


async def test_every_page_shows_the_picture_that_was_in_time(serve: Serve, long_answer: Database) -> None:
    served = await serve(long_answer, charts=await in_time())
    reply = await ask(served)
    for _ in range(2):
        assert reply.embeds[0]["image"]["url"] == reply.files[0].url
        await served.member.click(reply, "Next")
    assert reply.embeds[0]["footer"]["text"].startswith("Page 3 of 3")
    assert reply.embeds[0]["image"]["url"] == reply.files[0].url


async def test_a_reply_that_was_deleted_meanwhile_gets_no_picture(
    serve: Serve, own_store: Database, late: LateCharts, gate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(own_store, charts=late)
    reply = await served.member.ask("/developer", name="Valve")
    message = reply.message
    assert message is not None
    served.discord.messages.delete(message)

    with caplog.at_level("INFO"):
        open_gate(gate)
        await said(caplog, "A late chart could not be added")

    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_pages_turn_in_words_where_the_late_picture_was_refused(
    serve: Serve, long_answer: Database, late: LateCharts, gate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(long_answer, charts=late)
    reply = await ask(served)
    served.discord.faults.fail(400, path="/messages/@original", method="PATCH")

    with caplog.at_level("INFO"):
        open_gate(gate)
        await said(caplog, "A late chart could not be added")
    await served.member.click(reply, "Next")

    assert reply.embeds[0]["footer"]["text"].startswith("Page 2 of 3")
    assert ("image" in reply.embeds[0], reply.files) == (False, [])


async def test_buttons_go_off_with_the_picture_named_again(
    serve: Serve, long_answer: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise Discord may show it a second time, outside of its embed."""
    edits: list[dict[str, Any]] = []
    edit = discord.Interaction.edit_original_response

    async def remembered(interaction: discord.Interaction, **changes: Any) -> Any:
        edits.append(changes)
        return await edit(interaction, **changes)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", remembered)
    served = await serve(long_answer, charts=await in_time(), button_timeout=0.05)
    reply = await ask(served)
    while not all(
        button["disabled"] or button["label"] == "How?"
        for row in reply.components
        for button in row["components"]
    ):
        await reply.changed()

    assert [change["embed"].image.url for change in edits] == ["attachment://releases-evergreen.png"]
    assert reply.embeds[0]["image"]["url"] == reply.files[0].url


async def said(caplog: pytest.LogCaptureFixture, words: str) -> None:
    await until(lambda: words in caplog.text)


async def test_a_process_that_cannot_draw_costs_no_reply(
    serve: Serve, own_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broken = LateCharts(Patient(command=(sys.executable, "-c", "")), wait_seconds=LONG)
    served = await serve(own_store, charts=broken)

    reply = await served.member.ask("/developer", name="Valve")

    assert (reply.embeds[0]["title"], reply.files) == ("Valve", [])
    assert "image" not in reply.embeds[0]
    assert "A chart could not be drawn" in caplog.text


async def test_a_picture_drawn_before_is_in_the_reply_even_while_others_are_drawn(
    serve: Serve, own_store: Database, gate: Path, late: LateCharts
) -> None:
    """With the process that draws stuck, whoever asks for what it drew before need not wait for it."""
    served = await serve(own_store, charts=late)
    open_gate(gate)
    reply = await served.member.ask("/developer", name="Valve")
    while not reply.files:
        await reply.changed()
    close_gate(gate)
    await served.member.ask("/genre", name="Action")

    again = await served.member.slash("/developer", name="Valve")

    assert [file.filename for file in again.files] == ["releases-valve.png"]


async def test_a_picture_that_cannot_be_worded_costs_no_reply(
    serve: Serve, own_store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("commands.developers.commands.releases_by_year", fail)
    served = await serve(own_store, charts=await in_time())

    reply = await served.member.ask("/developer", name="Valve")

    assert (reply.embeds[0]["title"], reply.files) == ("Valve", [])
    assert "ZeroDivisionError" in caplog.text


async def test_where_files_are_not_allowed_the_reply_is_in_words(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, charts=await in_time())
    guild = served.member.channel.guild
    assert guild is not None
    guild.everyone.permissions &= ~permissions.ATTACH_FILES

    reply = await served.member.ask("/developer", name="Valve")

    assert (reply.embeds[0]["title"], reply.files) == ("Valve", [])


async def test_words_are_of_a_developer_or_a_game(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, charts=await in_time())
    reply = await served.member.ask("/reviews", year=2014, show="words")
    assert reply.content == "Words can be shown for a developer or a game, not for a year."


async def test_stopping_ends_the_process_that_draws(serve: Serve, own_store: Database) -> None:
    renderer = Patient()
    served = await serve(own_store, charts=LateCharts(renderer, wait_seconds=LONG))
    await served.member.ask("/developer", name="Valve")
    child = renderer._child
    assert child is not None
    assert child.returncode is None

    await served.bot.close()

    assert child.returncode is not None
