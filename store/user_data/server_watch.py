"""Knowing whether the server of user data is there, and hearing what other processes write to it."""

import itertools
from collections.abc import Callable
from contextlib import closing, suppress

from store.dialect import postgres
from store.errors import StoreError
from store.user_data.database import ForgottenListener
from store.user_data.watch_thread import WatchThread

_SECONDS_BETWEEN_TRIES = 0.5
_CHANGED = "changed"
_FORGOTTEN = "forgotten"


def changed() -> str:
    """Return the message of a process that has written, to the others."""
    return _CHANGED


def forgotten(discord_id: int) -> str:
    """Return the message of a process that has forgotten somebody, to the others."""
    return f"{_FORGOTTEN} {discord_id:d}"


class ServerWatch:
    """Listens in a thread, and goes back to the server as soon as it is there again.

    Nobody else need wait for a server that is away: `is_away` says so at once, until this thread has had an
    answer.
    """

    def __init__(self, address: postgres.Address, on_arrival: Callable[[], None]) -> None:
        """Watch a database; `on_arrival` is called in the thread each time that the server answers again."""
        self._address = address
        self._on_arrival = on_arrival
        self._thread = WatchThread(self._run)
        self._listener: postgres.Listener | None = None
        self._is_listening = False
        self._changes = itertools.count()
        self._token = next(self._changes)
        self.is_away = False

    @property
    def token(self) -> int:
        """A value that changes with whatever any process writes; unlistened, it changes with every look."""
        if not self._is_listening:
            self.note_change()
        return self._token

    def note_change(self) -> None:
        """Take note of a change before its notification comes."""
        self._token = next(self._changes)

    def report_trouble(self) -> None:
        """Take note that the server did not answer somebody else: it is away until it answers here."""
        self.is_away = self._thread.is_running

    def start(self, listener: ForgottenListener | None) -> None:
        """Begin to listen, and tell `listener` too."""
        self._thread.add(listener)
        self._thread.start()

    def stop(self) -> None:
        """Listen no longer, and forget the listeners."""
        self._thread.stop(self._interrupt)

    def _run(self) -> None:
        while not self._thread.is_stopping:
            try:
                with closing(postgres.Listener(self._address)) as self._listener:
                    self._listen(self._listener)
            except postgres.driver_errors():
                self.is_away = True
            finally:
                self._is_listening = False
                self.note_change()
            self._thread.wait(_SECONDS_BETWEEN_TRIES)

    def _interrupt(self) -> None:
        if self._listener is not None:
            self._listener.interrupt()

    def _listen(self, listener: postgres.Listener) -> None:
        self._arrive()
        self._thread.notify(None)  # whom other processes forgot while nobody listened is not known
        while not self._thread.is_stopping:
            for message in listener.heard():
                self._hear(message)
            if self.is_away:
                listener.require_answer()
                self._arrive()

    def _arrive(self) -> None:
        self.is_away = False
        with suppress(StoreError):  # whoever reads hears of it
            self._on_arrival()
        self.note_change()
        self._is_listening = True

    def _hear(self, message: str) -> None:
        self.note_change()
        kind, _, whom = message.partition(" ")
        if kind == _FORGOTTEN:
            self._thread.notify(int(whom))
