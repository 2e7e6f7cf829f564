"""Publishing the store: one immutable file, packed, and the manifest that makes it the one to serve."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import delete, update

from store import queries
from store.database import Database
from store.dialect import (
    Damaged,
    DriverError,
    Obstacle,
    compact_copy,
    make_standalone,
    obstacle,
    require_sound,
    snapshot,
)
from store.files import migration, private_files
from store.files.atomic_replace import is_disk_full
from store.files.migration import MigrationBranch
from store.files.refill import WAITS_FOR_REFRESH, awaits_refill
from store.models import RefreshRun, Reject, RunSource
from store.publication.check import known_games, row_counts
from store.publication.destination import Destination
from store.publication.errors import PublicationError
from store.publication.manifest import MANIFEST, Manifest
from store.publication.packing import Packed, pack
from store.runs import Progress, SilentProgress, Stage

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"store-(\d{8}T\d{6}Z)-[0-9a-f]{12}\.sqlite3\.zst")
# A bot that has just read the manifest before this one is still fetching what that one names.
_LEAST_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: its manifest, and the names of older files that were removed."""

    manifest: Manifest
    removed: tuple[str, ...]


def publish(
    database: Database,
    address: str,
    *,
    keep: int = 3,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write the store as it is at this moment to `address`, as one packed file with a manifest.

    Whoever reads the manifest, at whatever moment, finds there all of what it names: the file is complete
    before the manifest names it, and the `keep` newest files stay, and those of the last day.

    Args:
        database: The store; it may be in use, and a refresh under way.
        address: A folder, or any address that fsspec can write to.
        keep: How many files stay, this one among them.
        now: The moment (aware) that names the file; by default now.
        progress: Follows it.

    Returns:
        What was published.

    Raises:
        PublicationError: The store is empty, waits for a refresh or is damaged, or the address cannot be
            written.
        DatabaseUnavailable: There is no usable store.
    """
    destination = Destination(address)
    progress = progress or SilentProgress()
    with (
        _explained(database),
        tempfile.TemporaryDirectory(dir=database.file.parent, prefix=".publish-") as folder,
    ):
        copy, packed = Path(folder, "store.sqlite3"), Path(folder, "store.zst")
        progress.start(Stage.COPYING_STORE, None, "bytes")
        _copy(database, copy)
        progress.start(Stage.PACKING_STORE, copy.stat().st_size, "bytes")
        sums = pack(copy, packed, progress.advance)
        progress.finish()
        manifest = _describe(copy, sums, now or datetime.now(UTC))
        progress.start(Stage.PUBLISHING_STORE, None, "bytes")
        destination.put(packed, manifest.file)
        described = Path(folder, MANIFEST)
        described.write_bytes(manifest.to_json())
        destination.put(described, MANIFEST)
        destination.require(MANIFEST, manifest.to_json())
        progress.finish()
    return Published(manifest, _remove_older(destination, manifest, keep))


def _copy(database: Database, target: Path) -> None:
    with database.reader() as session:
        if queries.data_status(session, runs=0).applied is None:
            raise PublicationError(
                "The store holds no data to publish; fill it with `nextplay refresh FOLDER`."
            )
        if awaits_refill(session):
            raise PublicationError(f"The store is not published: {WAITS_FOR_REFRESH}")
    private_files.create(target)
    compact_copy(database.file, target)
    copy = Database(target)
    try:
        with copy.writer() as session:
            # What names folders and addresses of this machine, or quotes lines that nobody could use.
            session.execute(update(RefreshRun).values(error=None))
            session.execute(update(RunSource).values(location=RunSource.role))
            session.execute(delete(Reject))
    finally:
        copy.close()
    make_standalone(target)
    with snapshot(target) as connection:
        require_sound(connection)


def _describe(copy: Path, sums: Packed, now: datetime) -> Manifest:
    database = Database(copy, immutable=True)
    try:
        with database.reader(seconds=60) as session:
            status = queries.data_status(session, runs=0)
            assert status.applied is not None
            assert status.refreshed_at is not None
            return Manifest(
                program=version("nextplay"),
                revision=migration.head(MigrationBranch.DATA),
                rules=status.applied.counts.get("rules", {}),
                data_as_of=status.dates.as_of,
                refreshed_at=status.refreshed_at,
                published_at=now,
                file=f"store-{now.astimezone(UTC):{_STAMP}}-{sums.sha256[:12]}.sqlite3.zst",
                size=sums.size,
                sha256=sums.sha256,
                unpacked_size=sums.unpacked_size,
                unpacked_sha256=sums.unpacked_sha256,
                counts=row_counts(session),
                known=known_games(session),
            )
    finally:
        database.close()


def _remove_older(destination: Destination, manifest: Manifest, keep: int) -> tuple[str, ...]:
    """Remove what is neither among the newest files nor of the last day."""
    published = sorted(match[0] for name in destination.names() if (match := _NAME.fullmatch(name)))
    others = [name for name in published if name != manifest.file]
    oldest = f"{manifest.published_at.astimezone(UTC) - _LEAST_KEPT:{_STAMP}}"
    removed = tuple(name for name in others[: max(0, len(others) - keep + 1)] if name[6:] < oldest)
    for name in removed:
        destination.remove(name)
    return removed


@contextmanager
def _explained(database: Database) -> Iterator[None]:
    """Turn errors of this machine's disk and of the driver into sentences."""
    try:
        yield
    except Damaged as damage:
        raise PublicationError(
            f"The database {database.file} is damaged and was not published ({damage});"
            f" restore the last good backup with `nextplay restore`."
        ) from damage
    except OSError as error:
        remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
        raise PublicationError(
            f"No copy to publish could be made in {database.file.parent}: {error.strerror or error};"
            f" {remedy} and try again."
        ) from error
    except DriverError as error:
        remedy = (
            "free some space" if obstacle(error) is Obstacle.FULL else "check the file and its permissions"
        )
        raise PublicationError(f"{database.file} could not be published: {error}; {remedy}.") from error
