"""A store that is published elsewhere, as those who ask questions see it."""

import logging
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from bot.published.folder import PublishedFolder
from store import Database, StoreError
from store.database import Address
from store.errors import DatabaseDamaged, DatabaseMissing, NotWritten, RowDamaged, UserDataUnavailable
from store.files.database_file import DatabaseFile
from store.people.audience import Audience
from store.publication.errors import may_pass
from store.publication.manifest import Manifest
from store.scoring.weights import preload_weights

log = logging.getLogger(__name__)

_SECONDS_TO_READ_AHEAD = 60.0
# How long after a store could not be opened it is tried again.
_SECONDS_TO_NEXT_TRY = 60.0


class PublishedStore(Database):
    """The newest published store of the folder beside a database; what people stored is beside that as ever.

    Whoever opens a session looks first whether another store is to serve, as any process of this machine may
    have fetched one. What is open goes on with the store that it began with. A store that cannot be opened,
    or that proves damaged, gives way to the one before.
    """

    def __init__(
        self, database: Path, *, user_data: Address | None = None, trial_user_data: Path | None = None
    ) -> None:
        """Name the database beside which the published stores are; nothing is opened yet."""
        super().__init__(database, user_data=user_data, trial_user_data=trial_user_data)
        self.folder = PublishedFolder(self.file)
        self._serving: _Serving | None = None
        self._followed: tuple[int, ...] = ()
        self._next_try = math.inf
        self._changing = threading.Lock()

    def for_trial(self, user_data: Path) -> "PublishedStore":
        """Return the same store with other user data, of which it never hears."""
        return PublishedStore(self.file, trial_user_data=user_data)

    @property
    def serving(self) -> Manifest | None:
        """The manifest of the store that the last question was put to; None where there was none."""
        return None if self._serving is None else self._serving.manifest

    @property
    def files(self) -> tuple[DatabaseFile, ...]:
        """The files that are in use: that of the store that serves first, if one does."""
        serving, (_, *of_people) = self._followed_store(), super().files
        return tuple(of_people) if serving is None else (serving, *of_people)

    @property
    def _mark_file(self) -> Path:
        return self.folder.mark

    @contextmanager
    def reader(self, *, seconds: float = 10.0, audience: Audience = Audience.ADULTS) -> Iterator[Session]:
        """Open a read-only session on the store that serves, otherwise as that of `Database`.

        Raises:
            DatabaseMissing: None has been fetched yet.
        """
        serving = self._followed_store()
        if serving is None:
            raise DatabaseMissing(self._why_none())
        try:
            with serving.reader(seconds=seconds, audience=audience) as session:
                yield session
        except RowDamaged:
            raise
        except (DatabaseDamaged, DatabaseMissing):
            self._go_back(serving)
            raise

    @contextmanager
    def writer(self, *, bulk: bool = False) -> Iterator[Session]:
        """Refuse: nobody writes a published store.

        Raises:
            NotWritten: Always.
        """
        raise NotWritten("A published store is only read; refresh it where it is published from.")
        yield

    def change_token(self) -> tuple[int, ...]:
        """Return a value that changes when another store serves, or is to serve from the next question on."""
        serving, token = self._serving, self.folder.token()
        if serving is None or token != self._followed:
            return token
        return serving.change_token()

    def exists(self) -> bool:
        """Return whether a store serves."""
        return self._followed_store() is not None

    def upgrade(self) -> None:
        """Create what people stored, or bring its tables to this version; published stores stay as they are.

        Raises:
            DatabaseMissing: The folder for published stores cannot be made.
        """
        try:
            self.folder.make()
        except OSError as error:
            raise DatabaseMissing(
                f"The folder {self.folder.path} cannot be made ({error.strerror}); check its path and rights."
            ) from error
        with suppress(UserDataUnavailable):
            self.user_data.upgrade()

    def close(self) -> None:
        """Close all connections that no session holds."""
        if self._serving is not None:
            self._serving.close()
        super().close()

    def _followed_store(self) -> "_Serving | None":
        """Return the store that is to serve, once it has been opened; others go on meanwhile."""
        if self._is_behind() and self._changing.acquire(blocking=self._serving is None):
            try:
                self._follow()
            finally:
                self._changing.release()
        return self._serving

    def _is_behind(self) -> bool:
        """Return whether another store is to serve than the one that does, or one is to be tried again."""
        return self.folder.token() != self._followed or time.monotonic() > self._next_try

    def _follow(self) -> None:
        if not self._is_behind():
            return  # another thread was first
        token, self._next_try = self.folder.token(), math.inf
        for manifest in self.folder.kept():
            if self._serving is not None and self._serving.manifest == manifest:
                break
            try:
                opened = _open(self.folder.file_of(manifest), manifest)
            except (StoreError, MemoryError) as error:
                why = str(error) or "there is not enough memory"
                log.error("The store published at %s does not serve: %s", manifest.published_at, why)
                if isinstance(error, DatabaseDamaged):
                    self.folder.set_aside(manifest)
                elif may_pass(error):
                    self._next_try = time.monotonic() + _SECONDS_TO_NEXT_TRY
                continue
            self._change_over(opened)
            break
        self._followed = token

    def _change_over(self, opened: "_Serving | None") -> None:
        before, self._serving = self._serving, opened
        if before is not None:
            before.close()
        if opened is not None:
            log.info("Serving the store published at %s", f"{opened.manifest.published_at:%Y-%m-%d %H:%M %Z}")

    def _go_back(self, damaged: "_Serving") -> None:
        """Take a store out of use that was found damaged while it served, and serve the one before."""
        with self._changing:
            if self._serving is not damaged:
                return
            log.error(
                "The store published at %s is damaged and serves no longer", damaged.manifest.published_at
            )
            self.folder.set_aside(damaged.manifest)
            self._change_over(None)
            self._followed = ()
            self._follow()

    def _why_none(self) -> str:
        look = self.folder.last_look()
        if look is None or look.problem is None:
            return "No published store has been fetched yet; `nextplay refresh` does that, and so does a bot."
        return f"No published store could be fetched yet: {look.problem}"


class _Serving(Database):
    """One published store, open."""

    def __init__(self, file: Path, manifest: Manifest) -> None:
        super().__init__(file, immutable=True)
        self.manifest = manifest

    def change_token(self) -> tuple[int, ...]:
        return (int(self.manifest.unpacked_sha256[:15], 16),)


def _open(file: Path, manifest: Manifest) -> _Serving:
    """Open a store, and read ahead what its lists are computed from. Raises StoreError."""
    opened = _Serving(file, manifest)
    try:
        with opened.reader(seconds=_SECONDS_TO_READ_AHEAD) as session:
            preload_weights(session)
    except (StoreError, MemoryError):
        opened.close()
        raise
    return opened
