"""What people stored through the bot: kept in a file of its own or on a server, and erased on request."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import text

from store import Database, user_data
from store.database import Address, UserDatabase, UserDataFile
from store.errors import PlayerIsTaken
from tests.copies import NewStore
from tests.postgres import IN_A_FILE

ANA, BEN = 111, 222


@pytest.fixture
def database(new_store: NewStore, tmp_path: Path, place: Address | None) -> Iterator[Database]:
    database = Database(new_store(tmp_path / "store.sqlite3").file, user_data=place)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def stored(database: Database) -> UserDatabase:
    return database.user_data


def test_a_link_replaces_the_earlier_one(stored: UserDatabase) -> None:
    with stored.writer() as session:
        user_data.link(session, ANA, "first", public=True)
        user_data.link(session, ANA, "second")
    with stored.reader() as session:
        linked = user_data.linked_player(session, ANA)
        assert linked is not None
        assert (linked.user_id, linked.public) == ("second", False)


def test_a_private_player_is_hidden_from_others_but_not_from_the_one_who_linked_it(
    stored: UserDatabase,
) -> None:
    with stored.writer() as session:
        user_data.link(session, ANA, "secret")
        user_data.link(session, BEN, "open", public=True)
    with stored.reader() as session:
        links = user_data.player_links(session)
    assert links.hidden_from(BEN) == links.hidden_from(None) == links.for_eyes_of(ANA) == {"secret"}
    assert links.hidden_from(ANA) == links.for_eyes_of(BEN) == frozenset()


@pytest.mark.parametrize("proven", [False, True])
def test_only_a_proof_keeps_others_from_linking_the_same_player(stored: UserDatabase, proven: bool) -> None:
    with stored.writer() as session:
        user_data.link(session, ANA, "mine", proven=proven)
    taken = pytest.raises(PlayerIsTaken) if proven else nullcontext()
    with taken, stored.writer() as session:
        user_data.link(session, BEN, "mine", public=True)
    with stored.reader() as session:
        assert (user_data.linked_player(session, BEN) is None) is proven


@IN_A_FILE
def test_what_is_forgotten_cannot_be_read_from_the_raw_files(stored: UserDataFile) -> None:
    with stored.writer() as session:
        user_data.link(session, ANA, "a name to be forgotten")
    assert any(b"a name to be forgotten" in part.read_bytes() for part in parts(stored))
    stored.forget(ANA)
    assert not any(b"a name to be forgotten" in part.read_bytes() for part in parts(stored))


def parts(stored: UserDataFile) -> list[Path]:
    """Return the file and those that SQLite keeps beside it."""
    return list(stored.file.parent.glob(f"{stored.file.name}*"))


def test_hidden_games_are_each_persons_own_and_can_come_back(stored: UserDatabase) -> None:
    with stored.writer() as session:
        user_data.hide_game(session, ANA, 620)
        user_data.hide_game(session, ANA, 620)
        user_data.hide_game(session, BEN, 400)
    with stored.writer() as session:
        user_data.unhide_game(session, BEN, 400)
    with stored.reader() as session:
        assert user_data.hidden_games(session, ANA) == {620}
        assert user_data.hidden_games(session, BEN) == frozenset()


def test_forgetting_leaves_no_row_that_names_the_person_and_touches_nobody_else(stored: UserDatabase) -> None:
    with stored.writer() as session:
        for person in (ANA, BEN):
            user_data.link(session, person, f"player of {person}")
            user_data.hide_game(session, person, 620)
            user_data.add_audit_line(session, discord_id=person, action="refresh", guild_id=1)
    with stored.writer() as session:
        assert user_data.forget(session, ANA) == user_data.Forgotten(links=1, hidden_games=1, audit_lines=1)
    with stored.reader() as session:
        for table in ("links", "hidden_games", "audit_lines"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            values = {value for row in rows for value in row}
            assert not values & {ANA, f"player of {ANA}"}
            assert BEN in values
        assert [entry.discord_id for entry in user_data.audit_lines(session, 1)] == [BEN, None]


def test_server_settings_come_back_as_they_were_set(stored: UserDatabase) -> None:
    wanted = user_data.Settings("es-ES", 42, {user_data.EVERY_CHANNEL: ("userdata",), "5": ("game",)})
    with stored.writer() as session:
        user_data.change_server_settings(session, 1, wanted)
    with stored.reader() as session:
        assert user_data.server_settings(session, 1) == wanted
        assert user_data.server_settings(session, 2) == user_data.Settings()
        assert user_data.report_channels(session) == (user_data.ReportChannel(1, 42, "es-ES"),)
    assert wanted.is_quiet("userdata", 99)
    assert wanted.is_quiet("game", 5)
    assert not wanted.is_quiet("game", 6)


def test_people_can_be_written_while_the_data_are_being_written(database: Database) -> None:
    with database.writer() as long_refresh:
        long_refresh.execute(text("DELETE FROM games"))
        with database.user_data.writer() as session:
            user_data.link(session, ANA, "written meanwhile")
    with database.user_data.reader() as session:
        assert user_data.linked_player(session, ANA) is not None


def test_a_text_that_cannot_be_stored_is_no_damage_to_what_is_stored(stored: UserDatabase) -> None:
    with pytest.raises(UnicodeEncodeError), stored.writer() as session:
        user_data.link(session, 1, "half a character: \ud83d")
    with stored.reader() as session:
        assert user_data.linked_player(session, 1) is None
