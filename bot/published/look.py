"""One look for a newer published store: downloaded, unpacked, checked, and only then served."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.published.folder import LastLook, PublishedFolder
from bot.published.origin import Origin, origin_of
from bot.published.request import LookRequest
from ingest.refresh import RULES_VERSION
from ingest.runtime.run_lock import held
from store import Database, NextplayError, StoreError
from store.dialect import Damaged, DriverError, make_standalone, require_sound, snapshot
from store.errors import DatabaseOutdated
from store.files import private_files
from store.files.atomic_replace import is_disk_full
from store.publication.check import require_answers
from store.publication.errors import PublicationError, may_pass
from store.publication.manifest import Manifest
from store.publication.packing import unpack
from store.runs import Progress, RunOutcome, Stage

# The free space that a disk should have left with the new store on it.
_ROOM_LEFT = 64 << 20


def look(request: LookRequest, progress: Progress) -> RunOutcome:
    """Fetch the store that is published by now, if it is another than the one that serves.

    Whatever goes wrong, what served before still does, and the folder remembers why.

    Args:
        request: Where to look.
        progress: Follows it.

    Returns:
        Whether another store serves from now on (`APPLIED`), or the same (`UNCHANGED`); the same also where
        another process of this machine is looking.

    Raises:
        NextplayError: It cannot be had, or cannot be served.
    """
    folder = PublishedFolder(request.database)
    with _disk_explained(folder):
        folder.make()
        with held(folder.lock) as is_ours:
            return _Look(request, folder, progress).run() if is_ours else RunOutcome.UNCHANGED


@contextmanager
def _disk_explained(folder: PublishedFolder) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
        raise PublicationError(
            f"The published store could not be kept in {folder.path}: {error.strerror or error}; {remedy}."
        ) from error


class _Look:
    """A look, while no other process looks."""

    def __init__(self, request: LookRequest, folder: PublishedFolder, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._origin: Origin = origin_of(request.store, folder.incoming)
        before = None if request.force else folder.last_look()
        self._before = before if before is not None and before.by == version("nextplay") else None
        self._refused: str | None = None

    def run(self) -> RunOutcome:
        try:
            with _disk_explained(self._folder):
                self._renew_kept()
                outcome = self._bring()
        except NextplayError as error:
            # Where the disk is full even this may fail; the error itself is reported all the same.
            with suppress(OSError):
                self._remember(str(error))
            raise
        self._remember(None)
        return outcome

    def _renew_kept(self) -> None:
        """Bring the store that is to serve to this version, if an older one of the program has kept it.

        So it serves even where nothing can be fetched. What cannot be renewed is fetched again.
        """
        manifest = next(iter(self._folder.kept()), None)
        if manifest is None or not self._is_outdated(manifest):
            return
        with (
            suppress(OSError, Damaged, DriverError, StoreError),
            self._candidate() as candidate,
        ):
            shutil.copyfile(self._folder.file_of(manifest), candidate)
            _make_servable(candidate, manifest)
            self._folder.adopt(manifest, candidate)

    def _bring(self) -> RunOutcome:
        manifest = Manifest.from_json(self._origin.manifest())
        kept = self._folder.kept()
        is_here = manifest in kept and self._opens(manifest)
        if is_here and kept[0] == manifest:
            return RunOutcome.UNCHANGED
        self._require_promising(manifest)
        if is_here:
            self._folder.adopt(manifest)  # the publisher has gone back to an older one
            return RunOutcome.APPLIED
        self._folder.discard_incoming(manifest)
        self._require_room(manifest)
        with self._candidate() as candidate:
            self._unpack(manifest, candidate)
            self._progress.start(Stage.CHECKING_STORE, None, "bytes")
            self._require_served(manifest, candidate)
            self._folder.adopt(manifest, candidate)
            self._progress.finish()
        return RunOutcome.APPLIED

    @contextmanager
    def _candidate(self) -> Iterator[Path]:
        """Make a file for a store that may come to serve; what is left of it at the end is removed."""
        candidate = self._folder.path / "candidate.part"
        try:
            # A log that a look left behind whose process was killed would be taken for that of this file.
            _remove_with_logs(candidate)
            private_files.create(candidate)
            yield candidate
        finally:
            _remove_with_logs(candidate)

    def _opens(self, manifest: Manifest) -> bool:
        return self._why_unreadable(manifest) is None

    def _is_outdated(self, manifest: Manifest) -> bool:
        return isinstance(self._why_unreadable(manifest), DatabaseOutdated)

    def _why_unreadable(self, manifest: Manifest) -> StoreError | None:
        """Return why a store that is kept cannot be read; None where it can."""
        database = Database(self._folder.file_of(manifest), immutable=True)
        try:
            with database.reader():
                return None
        except StoreError as error:
            return error
        finally:
            database.close()

    def _require_promising(self, manifest: Manifest) -> None:
        """Refuse, before anything is fetched, what this program cannot serve."""
        manifest.require_served_by(RULES_VERSION)
        before = self._before
        if before is not None and before.refused == manifest.unpacked_sha256 and before.problem is not None:
            self._refused = before.refused
            raise PublicationError(before.problem)

    def _require_room(self, manifest: Manifest) -> None:
        free = shutil.disk_usage(self._folder.path).free
        needed = manifest.size + manifest.unpacked_size + _ROOM_LEFT
        if free < needed:
            raise PublicationError(
                f"The published store needs {needed / 1e6:,.0f} MB in {self._folder.path},"
                f" and {free / 1e6:,.0f} MB are free; make room for it."
            )

    def _unpack(self, manifest: Manifest, candidate: Path) -> None:
        packed = self._origin.fetch(manifest, self._progress)
        try:
            self._progress.start(Stage.UNPACKING_STORE, manifest.unpacked_size, "bytes")
            unpack(packed, candidate, manifest, self._progress.advance)
            self._progress.finish()
        finally:
            packed.unlink(missing_ok=True)

    def _require_served(self, manifest: Manifest, candidate: Path) -> None:
        """Make sure that the store opens and answers; one that never will is not fetched again."""
        try:
            _make_servable(candidate, manifest)
        except (Damaged, DriverError, StoreError) as error:
            self._refused = None if may_pass(error) else manifest.unpacked_sha256
            raise PublicationError(
                f"The store published at {manifest.published_at:%Y-%m-%d %H:%M %Z} cannot serve:"
                f" {str(error).rstrip('.')}."
            ) from error

    def _remember(self, problem: str | None) -> None:
        self._folder.write_look(LastLook(datetime.now(UTC), problem, self._refused, version("nextplay")))


def _remove_with_logs(file: Path) -> None:
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()


def _make_servable(candidate: Path, manifest: Manifest) -> None:
    """Bring a store to this version, and make sure that it answers as its manifest says.

    Raises:
        Damaged: Its pages are not in order.
        DriverError: It cannot be read or written.
        StoreError: It cannot be read or written, or answers otherwise.
    """
    with snapshot(candidate) as connection:
        require_sound(connection)
    _bring_up_to_date(candidate)
    database = Database(candidate, immutable=True)
    try:
        require_answers(database, manifest)
    finally:
        database.close()


def _bring_up_to_date(candidate: Path) -> None:
    database = Database(candidate)
    try:
        database.adopt()
    finally:
        database.close()
    make_standalone(candidate)
