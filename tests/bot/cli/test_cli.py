"""The command line, as a person runs it: real processes, exit codes, and what is printed."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli.run import is_terminal
from ingest.runtime.run_lock import run_lock
from store import Database, user_data
from store.models import RefreshRun, RunOutcome
from tests.side_by_side import made_once

pytestmark = pytest.mark.slow

FULL = Path("/dev/full")


def nextplay(*arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in `cwd` with no terminal and no settings but `variables`."""
    return run([sys.executable, "-m", "bot.cli", *map(str, arguments)], cwd, **variables)


def run(command: list[str], cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `cwd` with no terminal and no settings but `variables`."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NEXTPLAY_", "DISCORD_"))}
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean | {"COLUMNS": "120"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample has been generated and the store filled from it."""
    made = made_once(tmp_path_factory, "filled", _fill)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("filled") / "home"))


def _fill(folder: Path) -> None:
    assert nextplay("sample", "data/source", cwd=folder).returncode == 0
    done = nextplay("refresh", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (["run"], "DISCORD_TOKEN"),
        (["ask", "/help"], "nextplay refresh"),
        (["refresh", "nowhere"], "nowhere"),
        (["refresh"], "data/source"),
        (["train"], "nextplay refresh"),
        (["sample", "/dev/null/samples"], "/dev/null/samples cannot be used (Not a directory)"),
    ],
)
def test_what_is_missing_is_one_sentence_and_exit_code_1(
    arguments: list[str], needle: str, tmp_path: Path
) -> None:
    done = nextplay(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert needle in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_ask_prints_the_reply_that_a_person_would_see(filled: Path) -> None:
    done = nextplay("ask", "/developer name:Valve", cwd=filled)
    assert done.returncode == 0
    assert "Valve" in done.stdout
    assert "2011" in done.stdout
    assert "generated sample data" in done.stdout


def test_ask_names_the_closest_commands_where_there_is_none_of_that_name(filled: Path) -> None:
    done = nextplay("ask", "/recomend game:Portal 2", cwd=filled)
    assert done.returncode == 1
    assert "/recommend" in done.stderr


def test_a_refused_refresh_leaves_the_old_answers(filled: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    assert nextplay("sample", broken, cwd=tmp_path).returncode == 0
    items = broken / "users_items.json.gz"
    items.write_bytes(items.read_bytes()[: items.stat().st_size // 2])
    done = nextplay("refresh", broken, cwd=filled)
    assert done.returncode == 1
    assert str(items) in done.stderr
    assert nextplay("ask", "/recommend game:Portal 2", cwd=filled).returncode == 0


def test_an_export_writes_the_tables_and_replaces_none_unasked(filled: Path, tmp_path: Path) -> None:
    done = nextplay("export", tmp_path / "out", cwd=filled)
    assert done.returncode == 0, done.stderr
    assert "owned_games" in done.stdout
    assert len(list((tmp_path / "out").iterdir())) == 6
    again = nextplay("export", tmp_path / "out", cwd=filled)
    assert again.returncode == 1
    assert "`--force`" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1
    assert nextplay("export", tmp_path / "out", "--format", "parquet", cwd=filled).returncode == 1
    assert nextplay("export", tmp_path / "out", "--force", cwd=filled).returncode == 0


def test_doctor_is_content_with_a_filled_store_and_says_that_it_is_generated(filled: Path) -> None:
    done = nextplay("doctor", cwd=filled, DISCORD_TOKEN="not-shown")
    assert done.returncode == 0, done.stdout
    said = " ".join(done.stdout.split())
    for words in (
        "generated sample data",
        "refreshed less than an hour ago",
        "command line: refresh, applied",
        "next run",
    ):
        assert words in said
    assert "not-shown" not in done.stdout + done.stderr


def test_doctor_tells_a_run_that_died_from_one_that_is_at_work(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled / "data", tmp_path / "data")
    with Database(tmp_path / "data" / "nextplay.sqlite3").writer() as session:
        session.execute(update(RefreshRun).values(outcome=RunOutcome.RUNNING, finished_at=None))
    assert "refresh, interrupted" in nextplay("doctor", cwd=tmp_path).stdout
    with run_lock(tmp_path / "data" / "nextplay.sqlite3"):
        assert "refresh, running" in nextplay("doctor", cwd=tmp_path).stdout


def test_doctor_knows_addresses_and_fetches_nothing(filled: Path) -> None:
    done = nextplay("doctor", cwd=filled, NEXTPLAY_SOURCE="https://nowhere.invalid/steam")
    assert done.returncode == 0, done.stdout
    assert "the next refresh does that" in done.stdout
    odd = nextplay("doctor", cwd=filled, NEXTPLAY_SOURCE="https://nowhere.invalid/%00.json")
    assert "does not end in the name of a file" in odd.stdout


def test_doctor_shows_a_path_letter_by_letter(tmp_path: Path) -> None:
    name = "a[/b] :dog: [red]x.sqlite3"
    (tmp_path / name).mkdir(parents=True)
    done = nextplay("doctor", cwd=tmp_path, NEXTPLAY_DATABASE=f"{name}/it.sqlite3")
    assert done.returncode == 1, done.stderr
    assert name in " ".join(done.stdout.split())


def test_download_without_a_folder_needs_to_know_where_to(tmp_path: Path) -> None:
    done = nextplay("download", cwd=tmp_path, NEXTPLAY_SOURCE="a.json,b.json")
    assert done.returncode == 1
    assert "nextplay download FOLDER" in done.stderr


def test_doctor_says_what_to_do_where_there_is_nothing(tmp_path: Path) -> None:
    done = nextplay("doctor", cwd=tmp_path)
    assert done.returncode == 1
    assert "nextplay refresh" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_token_is_not_repeated_in_a_complaint_about_another_setting(filled: Path) -> None:
    done = nextplay("run", cwd=filled, DISCORD_TOKEN="two words", NEXTPLAY_LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "NEXTPLAY_LOG_LEVEL" in done.stderr
    assert "two words" not in done.stdout + done.stderr


def test_the_demo_without_a_terminal_plays_the_tour_on_generated_data(tmp_path: Path) -> None:
    done = nextplay("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for line in (
        "/recommend game:620",
        "/developer name:Valve",
        "/best-developers year:2014",
        "/admin status",
    ):
        assert f"› {line}" in done.stdout
    assert "did not respond" not in done.stdout
    assert "generated sample data" in done.stdout


def test_the_version_is_that_of_the_installation(tmp_path: Path) -> None:
    done = nextplay("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, f"nextplay {version('nextplay')}")


def test_the_shell_completes_commands(tmp_path: Path) -> None:
    script = shutil.which("nextplay", path=Path(sys.executable).parent)
    assert script is not None
    typed = {"_NEXTPLAY_COMPLETE": "complete_bash", "COMP_WORDS": "nextplay re", "COMP_CWORD": "1"}
    done = subprocess.run(
        [script], cwd=tmp_path, env=os.environ | typed, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["refresh", "restore", "report"]


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs prlimit")
@pytest.mark.parametrize("command", [["ask", "/help"], ["run"], ["demo"], ["api"]])
def test_too_few_open_files_are_said_before_anything_begins(command: list[str], tmp_path: Path) -> None:
    done = run(["prlimit", "--nofile=20", sys.executable, "-m", "bot.cli", *command], tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("nextplay: This process may open 20 files at once, and a bot needs 64;")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.fixture
def private_player(filled: Path, tmp_path: Path) -> Path:
    """A home of its own, in which somebody keeps a player private."""
    shutil.copytree(filled / "data", tmp_path / "data")
    database = Database(tmp_path / "data" / "nextplay.sqlite3")
    database.upgrade()
    with database.user_data.writer() as session:
        user_data.link(session, 1, "sample_player_007")
    database.close()
    return tmp_path


def test_lost_user_data_are_told_until_somebody_decides(private_player: Path) -> None:
    assert "is sound and can be written" in nextplay("doctor", cwd=private_player).stdout
    (private_player / "data" / "nextplay.people.sqlite3").unlink()
    for _ in range(2):
        done = nextplay("doctor", cwd=private_player)
        assert done.returncode == 1
        said = " ".join(done.stdout.split())
        assert "No player is shown until then." in said
        assert "nextplay db accept-loss" in said
    assert nextplay("refresh", cwd=private_player).returncode == 0
    upgraded = nextplay("db", "upgrade", cwd=private_player)
    assert upgraded.returncode == 1
    assert len(upgraded.stderr.strip().splitlines()) == 1
    assert nextplay("backup", cwd=private_player).returncode == 1
    asked = nextplay("ask", "/userdata player:sample_player_007", cwd=private_player)
    assert "No player is shown just now" in asked.stdout
    assert nextplay("db", "accept-loss", cwd=private_player).returncode == 0
    assert nextplay("doctor", cwd=private_player).returncode == 0
    again = nextplay("db", "accept-loss", cwd=private_player)
    assert (again.returncode, again.stderr.startswith("nextplay: Nothing is lost")) == (1, True)


def test_a_backup_where_nobody_has_stored_anything_is_of_the_store_alone(
    filled: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    shutil.copy(filled / "data" / "nextplay.sqlite3", tmp_path / "data")
    done = nextplay("backup", cwd=tmp_path)
    assert done.returncode == 0
    assert "Nobody has stored anything through the bot yet" in done.stdout
    assert [file.name[:9] for file in (tmp_path / "data" / "backups").iterdir()] == ["nextplay-"]


def test_doctor_names_files_that_others_on_the_machine_may_read(private_player: Path) -> None:
    file = private_player / "data" / "nextplay.people.sqlite3"
    file.chmod(0o644)
    done = nextplay("doctor", cwd=private_player)
    assert "Others on this machine may read data/nextplay.people.sqlite3" in " ".join(done.stdout.split())


def test_what_cannot_be_printed_is_said_of_the_output(tmp_path: Path) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "--version"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"nextplay: The output cannot be used (No space left on device)")


def test_a_run_does_not_depend_on_who_can_watch_it(tmp_path: Path) -> None:
    nextplay("sample", "source", cwd=tmp_path)
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "ingest", "source"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
    assert (done.returncode, done.stdout[:24]) == (0, b"The store is up to date.")


@pytest.mark.parametrize("command", ["ingest", "ask", "report", "restore"])
def test_an_argument_that_is_not_utf_8_is_refused(command: str, tmp_path: Path) -> None:
    done = nextplay(command, os.fsdecode(b"\xff"), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("nextplay: An argument holds bytes that are not UTF-8")


def test_what_is_measured_is_one_thing_at_a_time(tmp_path: Path) -> None:
    done = nextplay("evaluate", "--lists", "--named", cwd=tmp_path)
    assert done.returncode == 2
    assert "each measure something else" in done.stderr


def test_a_closed_standard_input_is_nobody_who_types() -> None:
    assert not is_terminal(None)
