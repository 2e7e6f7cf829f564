"""Copying what people stored between a file and a server: all of it or nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from store import Database, user_data
from store.database import Address, UserDataFile, UserDataServer
from store.errors import CopyRefused, UserDataUnavailable
from store.user_data.models import AuditLine, HiddenGame, Link, ServerSettings, UserDataBase
from store.user_data.transfer import copy_user_data
from store.visibility import Visibility
from tests.copies import NewStore
from tools.postgres_server import PostgresServer

ANA, BEN, SECRET = 111, 222, "keeps-to-herself"


@pytest.fixture
def address(postgres: PostgresServer) -> Address:
    return postgres.new_database()


@pytest.fixture
def store(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    database = new_store(tmp_path / "store.sqlite3")
    fill(database.user_data_file)
    yield database
    database.close()


def fill(stored: UserDataFile | UserDataServer) -> None:
    with stored.writer() as session:
        user_data.link(session, ANA, SECRET)
        user_data.link(session, BEN, "日本語 🎮 \\ ' %s", public=True)
        user_data.hide_game(session, ANA, 620)
        user_data.change_server_settings(session, 1, user_data.Settings("es-ES", 42, {"*": ("game",)}))
        for number in range(3):
            user_data.add_audit_line(session, discord_id=ANA, action=f"action {number}", guild_id=1)


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in UserDataBase.metadata.sorted_tables
    }


def test_a_copy_to_a_server_and_back_is_the_same(store: Database, address: Address, tmp_path: Path) -> None:
    server, again = store.user_data_on(address), store.user_data_in(tmp_path / "again.sqlite3")
    there = copy_user_data(store.user_data_file, server)
    back = copy_user_data(server, again)
    assert there == back
    counts = {table.name: table.rows for table in there}
    assert (counts["links"], counts["hidden_games"], counts["audit_lines"]) == (2, 1, 3)
    with store.user_data.reader() as one, server.reader() as two, again.reader() as three:
        assert rows(one) == rows(two) == rows(three)
    for stored in (server, again):
        assert Visibility.load(stored, BEN).private == frozenset({SECRET})
        stored.close()


def test_the_copy_can_be_written_on(store: Database, address: Address) -> None:
    server = store.user_data_on(address)
    copy_user_data(store.user_data_file, server)
    with server.writer() as session:
        user_data.add_audit_line(session, discord_id=BEN, action="afterwards", guild_id=1)
    with server.reader() as session:
        assert user_data.audit_lines(session, 1)[0].action == "afterwards"
    server.close()


def test_a_store_takes_the_copy_for_its_own(store: Database, address: Address) -> None:
    server = store.user_data_on(address)
    copy_user_data(store.user_data_file, server)
    server.close()
    moved = Database(store.file, user_data=address)
    moved.upgrade()
    assert moved.user_data.problem() is None
    moved.close()


def test_a_target_that_holds_something_is_refused_and_left_as_it_is(
    store: Database, address: Address
) -> None:
    server = store.user_data_on(address)
    server.adopt()
    with server.writer() as session:
        user_data.hide_game(session, BEN, 400)
    with pytest.raises(CopyRefused, match="something in hidden_games"):
        copy_user_data(store.user_data_file, server)
    with server.reader() as session:
        assert user_data.hidden_games(session, BEN) == {400}
        assert user_data.linked_player(session, ANA) is None
    server.close()


def test_how_often_games_are_asked_about_stays_where_it_is(store: Database, address: Address) -> None:
    server, today = store.user_data_on(address), date(2026, 4, 20)
    server.adopt()
    for stored, app_id in ((store.user_data_file, 400), (server, 620)):
        with stored.writer() as session:
            user_data.count_questions(session, {app_id: 1}, today)
    copied = copy_user_data(store.user_data_file, server)
    assert "asked_games" not in {table.name for table in copied}
    with server.reader() as session:
        assert user_data.most_asked_games(session, today, 5) == (620,)
        assert user_data.linked_player(session, ANA) is not None
    server.close()


def test_a_copy_that_breaks_off_leaves_nothing(
    store: Database, address: Address, postgres: PostgresServer
) -> None:
    server = store.user_data_on(address)
    server.adopt()
    with postgres.connect(str(address.url.database)) as other:
        other.execute("ALTER TABLE audit_lines ADD CHECK (action <> 'action 2')")
    with pytest.raises(Exception, match="check"):
        copy_user_data(store.user_data_file, server)
    with server.reader() as session:
        assert not any(rows(session)[name] for name in ("links", "hidden_games", "server_settings"))
    server.close()


def test_a_target_that_alters_what_it_is_given_is_found_out(
    store: Database, address: Address, postgres: PostgresServer
) -> None:
    server = store.user_data_on(address)
    server.adopt()
    with postgres.connect(str(address.url.database)) as other:
        other.execute(
            "CREATE FUNCTION alter_it() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN NEW.public := true; RETURN NEW; END'"
        )
        other.execute(
            "CREATE TRIGGER alter_it BEFORE INSERT ON links FOR EACH ROW EXECUTE FUNCTION alter_it()"
        )
    with pytest.raises(CopyRefused, match="links would not be the same"):
        copy_user_data(store.user_data_file, server)
    with server.reader() as session:
        assert rows(session)["links"] == []
    server.close()


def test_a_source_that_cannot_be_trusted_is_not_copied(store: Database, address: Address) -> None:
    with store.user_data_file.unchecked_writer() as session:
        session.execute(text("UPDATE links SET public = 1"))
    server = store.user_data_on(address)
    with pytest.raises(UserDataUnavailable, match="not as they were written"):
        copy_user_data(store.user_data_file, server)
    server.close()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
IDS = st.integers(1, 2**63 - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    links=st.dictionaries(IDS, st.tuples(TEXTS, st.booleans(), MOMENTS), max_size=5),
    hidden=st.dictionaries(st.tuples(IDS, st.integers(1, 2**31 - 1)), MOMENTS, max_size=5),
    quiet=st.dictionaries(IDS, st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3), max_size=3), max_size=3),
    audit=st.lists(st.tuples(MOMENTS, st.none() | IDS, TEXTS), max_size=5),
)
def test_whatever_is_stored_is_the_same_on_the_other_side(
    store: Database,
    address: Address,
    links: dict[int, tuple[str, bool, datetime]],
    hidden: dict[tuple[int, int], datetime],
    quiet: dict[int, dict[str, list[str]]],
    audit: list[tuple[datetime, int | None, str]],
) -> None:
    server = store.user_data_on(address)
    server.adopt()
    for stored in (store.user_data_file, server):
        with stored.writer() as session:
            for table in (Link, HiddenGame, ServerSettings, AuditLine):
                session.execute(delete(table))
    with store.user_data.writer() as session:
        session.add_all(
            Link(discord_id=person, user_id=player, public=public, linked_at=at)
            for person, (player, public, at) in links.items()
        )
        session.add_all(
            HiddenGame(discord_id=person, game_id=game, hidden_at=at) for (person, game), at in hidden.items()
        )
        session.add_all(ServerSettings(guild_id=guild, quiet=commands) for guild, commands in quiet.items())
        session.add_all(
            AuditLine(at=at, discord_id=person, action=action, detail="") for at, person, action in audit
        )
    copy_user_data(store.user_data_file, server)
    with store.user_data.reader() as one, server.reader() as two:
        assert rows(one) == rows(two)
    server.close()
