"""Whatever people, admins and accidents do in turn: what is shown never exceeds a simple model."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from store import Database, StoreError, user_data
from store.backup import backup, list_backups, restore
from store.database import Address
from store.errors import PlayerIsTaken
from store.files.migration import MigrationBranch
from store.visibility import Visibility
from tests.copies import NewStore
from tests.postgres import TABLES
from tests.store.user_data.test_lost_on_server import (
    Loss,
    a_table_gone,
    half_migrated,
    rows_gone,
    spoil,
    tables_gone,
)
from tools.postgres_server import PostgresServer

PEOPLE = st.sampled_from([1, 2, 3])
PLAYERS = ("alpha", "beta", "gamma")
ANY_PLAYER = st.sampled_from(PLAYERS)

# Who is linked to which player, whether that is public, and whether it is proven.
Links = dict[int, tuple[str, bool, bool]]


class UserDataOverTime(RuleBasedStateMachine):
    """The model is a dictionary; None stands for what was lost and not yet decided on."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.address = self.new_address()
        file = self.new_store(self.folder / "nextplay.sqlite3").file
        self.database = Database(file, user_data=self.address)
        self.database.upgrade()
        self.links: Links | None = {}
        self.stored = False
        self.accepted_losses = 0

    def new_store(self, file: Path) -> Database:
        """Return a store that has its tables and nothing in them."""
        raise NotImplementedError

    def new_address(self) -> Address | None:
        """Return the database in which they lie; None for a file."""
        return None

    @precondition(lambda self: self.links is not None)
    @rule(person=PEOPLE, player=ANY_PLAYER, public=st.booleans(), proven=st.booleans())
    def link(self, person: int, player: str, public: bool, proven: bool) -> None:
        assert self.links is not None
        of_others = [one for one, linked in self.links.items() if linked[0] == player and one != person]
        taken = not proven and any(self.links[one][2] for one in of_others)
        try:
            with self.database.user_data.writer() as session:
                user_data.link(session, person, player, public=public, proven=proven)
        except PlayerIsTaken:
            assert taken
            return
        assert not taken
        for one in of_others if proven else ():
            del self.links[one]
        was_proven = person in self.links and self.links[person][0] == player and self.links[person][2]
        self.links[person] = player, public, proven or was_proven
        self.stored = True

    @precondition(lambda self: self.links is not None)
    @rule(person=PEOPLE)
    def unlink(self, person: int) -> None:
        assert self.links is not None
        with self.database.user_data.writer() as session:
            assert user_data.unlink(session, person) == (person in self.links)
        self.links.pop(person, None)

    @precondition(lambda self: self.links is not None)
    @rule(person=PEOPLE, app_id=st.integers(1, 3))
    def hide(self, person: int, app_id: int) -> None:
        with self.database.user_data.writer() as session:
            user_data.hide_game(session, person, app_id)

    @precondition(lambda self: self.links is not None)
    @rule(person=PEOPLE)
    def erase(self, person: int) -> None:
        assert self.links is not None
        self.database.user_data.forget(person)
        self.links.pop(person, None)

    @rule()
    def restart(self) -> None:
        self.database.close()
        self.database = Database(self.database.file, user_data=self.address)
        self.database.upgrade()

    @precondition(lambda self: self.links is None)
    @rule(person=PEOPLE, player=ANY_PLAYER)
    def write_after_a_loss(self, person: int, player: str) -> None:
        try:
            with self.database.user_data.writer() as session:
                user_data.link(session, person, player, public=True)
        except StoreError:
            return
        raise AssertionError("what is lost was written to")

    @precondition(lambda self: self.links is None)
    @rule()
    def accept_the_loss(self) -> None:
        self.accepted_losses += 1
        aside = self.folder / "set-aside" / f"damaged-{self.accepted_losses}.sqlite3"
        self.database.user_data.start_over(aside)
        self.links = {}

    @invariant()
    def what_is_shown_is_what_the_model_allows(self) -> None:
        for viewer in (1, 2, 3, None):
            visibility = Visibility.load(self.database.user_data, viewer)
            for player in PLAYERS:
                if self.links is None:
                    assert visibility.hides(player)
                    continue
                linked = {person: link for person, link in self.links.items() if link[0] == player}
                private = any(not public for _, public, _ in linked.values())
                assert visibility.hides(player) == (private and viewer not in linked)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.folder)


class UserDataInAFile(UserDataOverTime):
    """With backups, and accidents that happen to files."""

    @initialize()
    def begin_without_backups(self) -> None:
        self.backups: dict[Path, Links] = {}

    @precondition(lambda self: self.links is not None)
    @rule()
    def back_up(self) -> None:
        assert self.links is not None
        made = backup(self.database.user_data_file, self.folder / "backups", keep=3)
        self.backups[made] = dict(self.links)

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        known = list_backups(self.folder / "backups", MigrationBranch.USER_DATA)
        there = [info.path for info in known if info.path in self.backups]
        if there:
            chosen = data.draw(st.sampled_from(there))
            restore(self.database.user_data_file, chosen, folder=self.folder / "before")
            self.links = dict(self.backups[chosen])

    @precondition(lambda self: self.stored and self.links is not None)
    @rule(how=st.sampled_from(["gone", "empty", "changed"]), place=st.integers(0, 10**6))
    def lose(self, how: str, place: int) -> None:
        file = self.database.user_data_file.file
        if how == "gone":
            file.unlink()
        elif how == "empty":
            os.truncate(file, 0)
        else:
            self.database.close()  # what is open may still see what was there before
            content = bytearray(file.read_bytes())
            for byte in range(place % 40, len(content), 40):
                content[byte] ^= 0xFF
            file.write_bytes(content)
        self.links = None


class UserDataOnAServer(UserDataOverTime):
    """With accidents that happen to tables."""

    server: ClassVar[PostgresServer]

    def new_address(self) -> Address:
        return self.server.new_database(TABLES)

    @precondition(lambda self: self.stored and self.links is not None)
    @rule(loss=st.sampled_from([tables_gone, rows_gone, a_table_gone, half_migrated]))
    def lose(self, loss: Loss) -> None:
        assert self.address is not None
        spoil(self.address, loss)
        self.links = None


@pytest.mark.slow
def test_user_data_in_a_file(new_store: NewStore) -> None:
    class InThisFile(UserDataInAFile):
        def new_store(self, file: Path) -> Database:
            return new_store(file)

    run_state_machine_as_test(
        InThisFile, settings=settings(max_examples=15, stateful_step_count=25, deadline=None)
    )


@pytest.mark.slow
def test_user_data_on_a_server(postgres: PostgresServer, new_store: NewStore) -> None:
    class OnThisServer(UserDataOnAServer):
        server = postgres

        def new_store(self, file: Path) -> Database:
            return new_store(file)

    # A failure is told as it was found: each step asks the server, and making it smaller takes many minutes.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(
        OnThisServer,
        settings=settings(max_examples=10, stateful_step_count=20, deadline=None, phases=phases),
    )
