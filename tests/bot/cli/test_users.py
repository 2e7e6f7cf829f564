"""`nextplay users copy`, `doctor` and the rest of the command line with user data on a server."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.users import unlink
from bot.settings import Settings, SettingsError, load_settings
from store import Database, user_data
from store.database import Address
from store.errors import PlayerIsTaken
from tests.bot.cli.test_cli import nextplay
from tests.copies import NewStore
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

ANA, SECRET, PASSWORD = 111, "keeps-to-herself", "hush-hush"


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    """The address of an empty database, with a password."""
    return postgres.new_database().url.render_as_string(hide_password=False)


@pytest.fixture
def home(new_store: NewStore, tmp_path: Path) -> Path:
    """A folder with a store in which Ana keeps a player private."""
    (tmp_path / "data").mkdir(mode=0o700)
    database = new_store(tmp_path / "data" / "nextplay.sqlite3")
    with database.user_data.writer() as session:
        user_data.link(session, ANA, SECRET)
    database.close()
    return tmp_path


def test_what_people_stored_is_copied_to_the_server_and_used_there(home: Path, url: str) -> None:
    done = nextplay("users", "copy", "file", "server", cwd=home, NEXTPLAY_USER_DATABASE=url)
    assert done.returncode == 0, done.stderr
    assert "links" in done.stdout
    assert PASSWORD not in done.stdout + done.stderr
    moved = Database(home / "data" / "nextplay.sqlite3", user_data=Address(url))
    with moved.user_data.reader() as session:
        linked = user_data.linked_player(session, ANA)
    assert linked is not None
    assert linked.user_id == SECRET
    moved.close()
    back = nextplay("users", "copy", url, "back.sqlite3", cwd=home)
    assert back.returncode == 0, back.stderr
    doctor = nextplay("doctor", cwd=home, NEXTPLAY_USER_DATABASE=url)
    assert "The PostgreSQL server has them" in doctor.stdout
    assert "nextplay.people.sqlite3 holds what people stored, too" in " ".join(doctor.stdout.split())
    backup = nextplay("backup", cwd=home, NEXTPLAY_USER_DATABASE=url)
    assert "nextplay users copy server FILE" in backup.stdout
    assert not list((home / "data" / "backups").glob("people-*"))


def test_links_that_nobody_proved_are_ended_and_written_down(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    unlink(SECRET)
    assert capsys.readouterr().out == f"Ended 1 link to {SECRET} that nobody had proven.\n"
    database = Database(home / "data" / "nextplay.sqlite3")
    with database.user_data.writer() as session:
        assert user_data.linked_players(session) == ()
        for_owners = user_data.audit_lines(session, 1, with_operators=True)
        assert [(line.action, line.detail, line.is_by_operator) for line in for_owners] == [
            (user_data.END_LINKS, SECRET, True)
        ]
        assert user_data.audit_lines(session, 1) == (), "the admins of a server are not told"
        user_data.link(session, ANA, SECRET, proven=True)
    database.close()
    with pytest.raises(PlayerIsTaken, match="Somebody has signed in through Steam as the player"):
        unlink(SECRET)


def test_a_player_to_whom_nobody_is_linked_is_one_sentence(home: Path) -> None:
    refused = nextplay("users", "unlink", "nobody-at-all", cwd=home)
    assert refused.returncode == 1
    assert refused.stderr == (
        "nextplay: Nobody is linked to a player called nobody-at-all; name one as the data do.\n"
    )


@pytest.mark.parametrize(
    ("places", "needle"),
    [
        (("file", "file"), "one and the same place"),
        (("file", "server"), "NEXTPLAY_USER_DATABASE is not set"),
        (("file", "mysql://root:hush-hush@host/db"), "postgresql+psycopg://"),
        (("nothing.sqlite3", "other.sqlite3"), "There is nothing to copy at nothing.sqlite3"),
        (("file", "postgresql://me:hush-hush@127.0.0.1:1/db"), "start the server"),
    ],
)
def test_what_cannot_be_copied_is_one_sentence(home: Path, places: tuple[str, str], needle: str) -> None:
    done = nextplay("users", "copy", *places, cwd=home)
    assert done.returncode == 1
    assert needle in done.stderr
    assert "Traceback" not in done.stderr
    assert PASSWORD not in done.stderr


def test_a_target_that_is_not_empty_is_refused(home: Path, url: str) -> None:
    assert nextplay("users", "copy", "file", url, cwd=home).returncode == 0
    again = nextplay("users", "copy", "file", url, cwd=home)
    assert again.returncode == 1
    assert "name a database that is empty" in again.stderr


def test_a_server_that_is_away_is_a_failure_of_the_doctor_without_its_password(home: Path) -> None:
    url = f"postgresql+psycopg://me:{PASSWORD}@127.0.0.1:1/nextplay"
    done = nextplay("doctor", cwd=home, NEXTPLAY_USER_DATABASE=url)
    said = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert "No player is shown until then." in said
    assert PASSWORD not in done.stdout + done.stderr


def test_without_the_driver_a_sentence_says_what_to_install(home: Path) -> None:
    (home / "hidden").mkdir()
    (home / "hidden" / "sitecustomize.py").write_text("import sys; sys.modules['psycopg'] = None")
    done = nextplay(
        *("db", "upgrade"),
        cwd=home,
        PYTHONPATH=f"{home / 'hidden'}:{Path(__file__).parents[3]}",
        NEXTPLAY_USER_DATABASE="postgresql://localhost/nextplay",
    )
    assert done.returncode == 1
    assert "pip install 'nextplay[postgres]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trial_knows_who_is_private_on_the_server(home: Path, url: str) -> None:
    assert nextplay("users", "copy", "file", url, cwd=home).returncode == 0
    (home / "data" / "nextplay.people.sqlite3").unlink()
    trial = (
        "import sys, tempfile, pathlib;"
        "from store import Database; from store.database import Address;"
        "from store.visibility import Visibility; from bot.local.server import _trial_of;"
        "database = Database(sys.argv[1], user_data=Address(sys.argv[2]));"
        "folder = pathlib.Path(tempfile.mkdtemp());"
        "print(Visibility.load(_trial_of(database, folder).user_data).private)"
    )
    done = subprocess.run(
        [sys.executable, "-c", trial, home / "data" / "nextplay.sqlite3", url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert SECRET in done.stdout


class TestTheSetting:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql+psycopg://me:hush-hush@db.example/nextplay",
            "postgresql://me@db.example:5432/nextplay?sslmode=require",
            "postgres:///nextplay?host=/run/postgresql",
        ],
    )
    def test_addresses_of_postgresql_are_taken(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEXTPLAY_USER_DATABASE", url)
        settings = Settings(_env_file=None)
        assert settings.user_data is not None
        assert settings.user_data.url.drivername == "postgresql+psycopg"
        assert PASSWORD not in repr(settings) + str(settings.user_data) + repr(settings.user_data)

    @pytest.mark.parametrize(
        "url",
        [
            "mysql://me:hush-hush@host/db",
            "postgresql://me:hush-hush@host",
            "postgresql://me:hush-hush@host:port/db",
            "hush-hush",
            "/run/postgresql/hush-hush",
        ],
    )
    def test_others_are_refused_without_being_repeated(
        self, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("NEXTPLAY_USER_DATABASE", url)
        with pytest.raises(SettingsError) as caught:
            load_settings()
        assert str(caught.value).startswith("NEXTPLAY_USER_DATABASE cannot be used: it takes an address")
        assert PASSWORD not in str(caught.value)

    def test_its_passwords_are_kept_out_of_the_log(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEXTPLAY_USER_DATABASE", "postgresql://me:p%40ss@host/db?sslpassword=hush-hush")
        assert {"p@ss", PASSWORD} <= set(Settings(_env_file=None).secrets)
