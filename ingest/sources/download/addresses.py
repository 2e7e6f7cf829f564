"""Which files to fetch, and from where."""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

import httpx

from ingest.sources.download.errors import DownloadError, shown

_SOURCE_NAME = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*")
_LARGEST_PORT = 2**16 - 1
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at an http(s) address, the name it gets here, and its SHA-256 where that is known beforehand.

    Raises DownloadError if `url` or `name` cannot be used, ValueError if `sha256` is not in lower-case
    hexadecimal.
    """

    url: str
    name: str
    sha256: str | None = None

    def __post_init__(self) -> None:
        parsed(self.url)
        if not _SOURCE_NAME.fullmatch(self.name):
            raise DownloadError(
                f"The address {shown(self.url)} does not end in the name of a file; "
                f"write it like https://host/folder/steam_games.json.gz."
            )
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise ValueError(f"{self.sha256!r} is not a SHA-256 in lower-case hexadecimal")

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the file at `url`, under the name that the address ends in."""
        return cls(url, parsed(url).path.rpartition("/")[2])


def parsed(url: str) -> httpx.URL:
    """Return the parts of an http(s) address; raise DownloadError if it is not one."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    is_of_web = address.scheme in ("http", "https") and bool(address.host)
    if not is_of_web or (address.port or 0) > _LARGEST_PORT:
        raise DownloadError(f"“{shown(url)}” is not a web address; write it like https://host/folder.")
    return address


def remembered(url: str) -> str:
    """Return an address as it is kept on disk: without a password, and with its query as a digest."""
    address = parsed(url)
    digest = "#" + hashlib.sha256(address.query).hexdigest() if address.query else ""
    return str(address.copy_with(userinfo=b"", query=None, fragment=None)) + digest


PUBLISHED_BASE = "https://mcauleylab.ucsd.edu/public_datasets/data/steam/"

# No checksum of the games file as published is known; what gzip says of its end is checked instead.
PUBLISHED: tuple[RemoteFile, ...] = (
    RemoteFile(f"{PUBLISHED_BASE}steam_games.json.gz", "steam_games.json.gz"),
    RemoteFile(
        f"{PUBLISHED_BASE}australian_user_reviews.json.gz",
        "australian_user_reviews.json.gz",
        "a934bf74d8579bb25bc7bf24e652a87e2ccc91064e429a4cb4af5809178687a8",
    ),
    RemoteFile(
        f"{PUBLISHED_BASE}australian_users_items.json.gz",
        "australian_users_items.json.gz",
        "0b329f79ddf450aba0aad923c8cb6d1affac0c98efaf70242d22fd10987a8d99",
    ),
)
