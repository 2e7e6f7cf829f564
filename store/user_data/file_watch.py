"""Hearing of what other processes of the machine do to the file of user data."""

import threading
from collections.abc import Callable

from store.errors import StoreError
from store.user_data.database import ForgottenListener

_SECONDS_BETWEEN_LOOKS = 1.0


class FileWatch:
    """Looks, in a thread, whether another process has forgotten somebody.

    The file says how often that was, and nowhere who: whoever it was must not be in it. So listeners are told
    that it may be anybody.
    """

    def __init__(self, change_token: Callable[[], tuple[int, ...]], count: Callable[[], int]) -> None:
        """Watch a file by its change token; `count` reads how often somebody was forgotten."""
        self._change_token = change_token
        self._count = count
        self._listeners: list[ForgottenListener] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._seen: int | None = None
        self._looked_at: object = None

    def start(self, listener: ForgottenListener | None) -> None:
        """Begin to look, and tell `listener` too; without any there is nothing to look for."""
        if listener is not None:
            self._listeners.append(listener)
        if self._thread is None and self._listeners:
            self._stopping.clear()
            self._look()
            self._thread = threading.Thread(target=self._run, name="user data watch", daemon=True)
            self._thread.start()

    def expect(self, count: int) -> None:
        """Count this process's own forgetting, whose count is now `count`, as seen."""
        with self._lock:
            if self._seen is not None and count == self._seen + 1:
                self._seen = count

    def stop(self) -> None:
        """Look no longer, and forget the listeners."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._listeners.clear()

    def _run(self) -> None:
        while not self._stopping.wait(_SECONDS_BETWEEN_LOOKS):
            self._look()

    def _look(self) -> None:
        token = self._change_token()
        if token == self._looked_at:
            return
        try:
            count = self._count()
        except StoreError:
            return  # it is looked at again the next time
        with self._lock:
            is_news = self._seen not in (None, count)
            self._seen = count
        self._looked_at = token
        if is_news:
            for listener in self._listeners:
                listener(None)
