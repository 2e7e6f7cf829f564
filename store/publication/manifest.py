"""The manifest of a published store: a small JSON file beside it, which is written last."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

import msgspec

from store.files import migration
from store.files.migration import MigrationBranch
from store.publication.errors import ManifestTooNew, PublicationError

MANIFEST = "manifest.json"
# Raised where an older program could not read a newer manifest.
FORM = 1

_FILE = re.compile(r"store-[0-9A-Za-z.-]{1,100}\.sqlite3\.zst")
_SHA256 = re.compile("[0-9a-f]{64}")
_REVISION = re.compile("[0-9a-z]{1,40}")
# What stands in sentences: versions, and names of tables.
_VERSION = re.compile(r"[0-9A-Za-z.+!-]{1,40}", re.ASCII)
_TABLE = re.compile("[a-z_]{1,40}")
_LARGEST_BYTES = 1 << 40
_UNREADABLE = "The published store cannot be used: its manifest is none ({reason}); check the address."


@dataclass(frozen=True, slots=True)
class KnownGame:
    """A game that a store must know by its title, and how many games its list of similar ones has."""

    app_id: int
    title: str
    similar: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What describes a published store.

    Attributes:
        program: The version of Nextplay that published it.
        revision: The revision of its tables.
        rules: The rules by which it was filled, each with its number.
        data_as_of: The last day that its data know of.
        refreshed_at: When they were last found up to date.
        published_at: When it was published.
        file: The name of its file, beside the manifest.
        size: The size of that file, in bytes.
        sha256: The SHA-256 of that file.
        unpacked_size: The size of the store itself, in bytes.
        unpacked_sha256: The SHA-256 of the store itself, by which it is told from others.
        counts: Its rows by table.
        known: Games that it must know.
        form: The number of this form of a manifest.
    """

    program: str
    revision: str
    rules: Mapping[str, int]
    data_as_of: date | None
    refreshed_at: datetime
    published_at: datetime
    file: str
    size: int
    sha256: str
    unpacked_size: int
    unpacked_sha256: str
    counts: Mapping[str, int]
    known: tuple[KnownGame, ...] = field(default=())
    form: int = FORM

    def to_json(self) -> bytes:
        """Write it as it is published."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read it.

        Raises:
            ManifestTooNew: It is of a newer form than this program reads.
            PublicationError: It is no manifest of a published store.
        """
        try:
            found: Any = msgspec.json.decode(data)
            form = found.get("form") if isinstance(found, dict) else None
            if isinstance(form, int) and form > FORM:
                raise ManifestTooNew(_too_new(found.get("program")))
            manifest = msgspec.convert(found, cls)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise PublicationError(_UNREADABLE.format(reason=_first_line(error))) from error
        manifest._require_usable()
        return manifest

    def require_served_by(self, rules: int) -> None:
        """Refuse a store that a newer program has filled or whose tables it has made.

        Args:
            rules: The number of the rules that this program fills a store by.

        Raises:
            ManifestTooNew: It is one.
        """
        is_known = self.revision in migration.revisions(MigrationBranch.DATA)
        if not is_known or self.rules.get("version", 0) > rules:
            raise ManifestTooNew(_too_new(self.program))

    def _require_usable(self) -> None:
        checks = {
            "form": self.form == FORM,
            "file": _FILE.fullmatch(self.file) is not None,
            "revision": _REVISION.fullmatch(self.revision) is not None,
            "sha256": all(map(_SHA256.fullmatch, (self.sha256, self.unpacked_sha256))),
            "size": all(0 < size <= _LARGEST_BYTES for size in (self.size, self.unpacked_size)),
            "counts": all(map(_TABLE.fullmatch, self.counts)),
            "time": all(moment.tzinfo is not None for moment in (self.refreshed_at, self.published_at)),
        }
        wrong = [name for name, is_right in checks.items() if not is_right]
        if wrong:
            raise PublicationError(_UNREADABLE.format(reason=f"its {wrong[0]} cannot be used"))


def _too_new(program: object) -> str:
    is_version = isinstance(program, str) and _VERSION.fullmatch(program)
    version = f"Nextplay {program}" if is_version else "a newer Nextplay"
    return (
        f"The published store cannot be used: {version} published it, which is newer than this one;"
        f" update Nextplay here."
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")
