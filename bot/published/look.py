"""One look for a newer published store: fetched beside, unpacked, checked, and only then the one to serve."""

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
from store.dialect import Damaged, DriverError, make_lone, require_sound, snapshot
from store.files import private_files
from store.files.atomic_replace import is_disk_full
from store.publication.check import require_answers
from store.publication.errors import PublicationError
from store.publication.manifest import Manifest
from store.publication.packing import unpack
from store.runs import Progress, RunOutcome, Stage

# What a disk should have left when the store is there.
_ROOM_LEFT = 64 << 20


def look(request: LookRequest, progress: Progress) -> RunOutcome:
    """Fetch the store that is published by now, if it is another than the one that serves.

    Whatever goes wrong, what served before still does, and the folder remembers why.

    Args:
        request: Where to look.
        progress: Is told how far it is.

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
                outcome = self._bring()
        except NextplayError as error:
            # Where the disk is full even this may fail; the error itself is told all the same.
            with suppress(OSError):
                self._remember(str(error))
            raise
        self._remember(None)
        return outcome

    def _bring(self) -> RunOutcome:
        manifest = Manifest.from_json(self._origin.manifest())
        kept = self._folder.kept()
        is_here = manifest in kept and self._opens(manifest)
        if is_here and kept[0] == manifest:
            return RunOutcome.UNCHANGED
        self._require_promising(manifest)
        if is_here:
            self._folder.adopt(manifest)  # whoever publishes has gone back to it
            return RunOutcome.APPLIED
        self._require_room(manifest)
        candidate = self._folder.path / "candidate.part"
        try:
            self._unpack(manifest, candidate)
            self._progress.start(Stage.CHECKING_STORE, None, "bytes")
            self._require_served(manifest, candidate)
            self._folder.adopt(manifest, candidate)
            self._progress.finish()
        finally:
            for left in self._folder.path.glob(f"{candidate.name}*"):
                left.unlink()
        return RunOutcome.APPLIED

    def _opens(self, manifest: Manifest) -> bool:
        """Tell whether a store that is kept can be read: an older program may have kept it."""
        database = Database(self._folder.file_of(manifest), immutable=True)
        try:
            with database.reader():
                return True
        except StoreError:
            return False
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
            candidate.unlink(missing_ok=True)
            private_files.create(candidate)
            self._progress.start(Stage.UNPACKING_STORE, manifest.unpacked_size, "bytes")
            unpack(packed, candidate, manifest, self._progress.advance)
            self._progress.finish()
        finally:
            packed.unlink(missing_ok=True)

    def _require_served(self, manifest: Manifest, candidate: Path) -> None:
        """Make sure that the store opens and answers; an older one is brought to this version first."""
        try:
            with snapshot(candidate) as connection:
                require_sound(connection)
            _bring_up_to_date(candidate)
            database = Database(candidate, immutable=True)
            try:
                require_answers(database, manifest)
            finally:
                database.close()
        except (Damaged, DriverError, StoreError) as error:
            self._refused = manifest.unpacked_sha256
            raise PublicationError(
                f"The store published at {manifest.published_at:%Y-%m-%d %H:%M %Z} cannot serve:"
                f" {str(error).rstrip('.')}."
            ) from error

    def _remember(self, problem: str | None) -> None:
        self._folder.write_look(LastLook(datetime.now(UTC), problem, self._refused, version("nextplay")))


def _bring_up_to_date(candidate: Path) -> None:
    database = Database(candidate)
    try:
        database.adopt()
    finally:
        database.close()
    make_lone(candidate)
