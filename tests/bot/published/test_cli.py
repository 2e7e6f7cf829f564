"""The command line from the machine that builds to the one that serves."""

from pathlib import Path

import pytest

from tests.bot.cli.test_cli import filled, nextplay

__all__ = ["filled"]

pytestmark = pytest.mark.slow


@pytest.fixture
def out(filled: Path, tmp_path: Path) -> Path:
    """A folder that the store is published to."""
    done = nextplay("publish", tmp_path / "out", cwd=filled)
    assert done.returncode == 0, done.stderr
    assert "Published store-" in done.stdout
    return tmp_path / "out"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder without a store."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_what_is_published_is_fetched_and_answers(out: Path, home: Path) -> None:
    store = {"NEXTPLAY_STORE": str(out / "manifest.json")}
    asked = nextplay("ask", "/recommend game:Portal 2", cwd=home, **store)
    assert (asked.returncode, "nextplay refresh" in asked.stderr) == (1, True)
    for told in ("Another published store serves", "serves already"):
        fetched = nextplay("refresh", cwd=home, **store)
        assert fetched.returncode == 0, fetched.stderr
        assert told in fetched.stdout
    asked = nextplay("ask", "/recommend game:Portal 2", cwd=home, **store)
    assert asked.returncode == 0, asked.stderr
    assert "Portal" in asked.stdout
    status = nextplay("ask", "/admin status", cwd=home, **store)
    assert "Published elsewhere" in status.stdout


def test_the_doctor_looks_at_the_store_and_at_the_last_look(out: Path, home: Path) -> None:
    store = {"NEXTPLAY_STORE": str(out / "manifest.json")}
    first = nextplay("doctor", cwd=home, **store)
    assert first.returncode == 1
    assert "No published store serves yet" in first.stdout
    nextplay("refresh", cwd=home, **store)
    well = nextplay("doctor", cwd=home, **store)
    assert well.returncode == 0, well.stdout
    assert "is sound and answers" in well.stdout
    (out / "manifest.json").write_text('{"form": 2, "program": "9.0"}')
    failed = nextplay("refresh", cwd=home, **store)
    assert failed.returncode == 1
    assert "Nextplay 9.0 published it" in failed.stderr
    after = nextplay("doctor", cwd=home, **store)
    assert after.returncode == 0, after.stdout
    assert "The store before it serves." in " ".join(after.stdout.split())


@pytest.mark.parametrize("words", [["ingest"], ["train"], ["refresh", "source"], ["publish", "elsewhere"]])
def test_nothing_is_built_where_a_published_store_serves(words: list[str], home: Path) -> None:
    done = nextplay(*words, cwd=home, NEXTPLAY_STORE="https://data.example/manifest.json")
    assert done.returncode == 1
    assert done.stderr.startswith("nextplay: NEXTPLAY_STORE is set, so a store is served")


def test_only_what_people_stored_is_backed_up(out: Path, home: Path) -> None:
    store = {"NEXTPLAY_STORE": str(out)}
    nextplay("refresh", cwd=home, **store)
    nextplay("db", "upgrade", cwd=home, **store)
    done = nextplay("backup", cwd=home, **store)
    assert done.returncode == 0, done.stderr
    assert [file.name[:7] for file in (home / "data" / "backups").glob("*.sqlite3")] == ["people-"]
