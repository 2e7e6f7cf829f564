"""The thread of a watch over user data, and those who hear in it whom other processes forget."""

import threading
from collections.abc import Callable

from store.user_data.database import ForgottenListener


class WatchThread:
    """Runs a function in a thread from `start` to `stop`; both may be called again."""

    def __init__(self, run: Callable[[], None]) -> None:
        """Prepare to call `run`, which has to return soon after `is_stopping` or a `wait` says so."""
        self._run = run
        self._listeners: list[ForgottenListener] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._thread is not None

    @property
    def is_stopping(self) -> bool:
        """Whether the function is to return."""
        return self._stopping.is_set()

    @property
    def has_listeners(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def wait(self, seconds: float) -> bool:
        """Wait in the thread, at most `seconds`; return whether the function is to return."""
        return self._stopping.wait(seconds)

    def add(self, listener: ForgottenListener | None) -> None:
        """Call `listener` with each notification from now on; None is nobody."""
        if listener is not None:
            self._listeners.append(listener)

    def notify(self, discord_id: int | None) -> None:
        """Call all listeners with whom another process has forgotten; None where it may be anybody."""
        for listener in self._listeners:
            listener(discord_id)

    def start(self) -> None:
        """Begin, unless it runs already."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="user data watch", daemon=True)
            self._thread.start()

    def stop(self, interrupt: Callable[[], None] = lambda: None) -> None:
        """End, and forget who listens. `interrupt` is called to end what the function waits for."""
        self._stopping.set()
        interrupt()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._listeners.clear()
