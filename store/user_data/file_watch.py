"""Hearing of what other processes of the machine do to the file of user data."""

import threading
from collections.abc import Callable

from store.errors import StoreError
from store.user_data.database import ForgottenListener
from store.user_data.watch_thread import WatchThread

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
        self._thread = WatchThread(self._run)
        self._lock = threading.Lock()
        self._seen: int | None = None
        self._looked_at: object = None

    def start(self, listener: ForgottenListener | None) -> None:
        """Begin to look, and tell `listener` too; without any there is nothing to look for."""
        self._thread.add(listener)
        if self._thread.has_listeners and not self._thread.is_running:
            self._look()
            self._thread.start()

    def expect(self, count: int) -> None:
        """Count this process's own forgetting, whose count is now `count`, as seen."""
        with self._lock:
            if self._seen is not None and count == self._seen + 1:
                self._seen = count

    def stop(self) -> None:
        """Look no longer, and forget the listeners."""
        self._thread.stop()

    def _run(self) -> None:
        while not self._thread.wait(_SECONDS_BETWEEN_LOOKS):
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
            self._thread.notify(None)
