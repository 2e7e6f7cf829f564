"""The files of messages, for as long as something shows them."""

from collections.abc import Callable, Iterable

from playground.services.images import pixel_size
from playground.validation.messages import Upload
from playground.world.message import Attachment
from playground.world.model import Channel
from playground.world.snowflake import SnowflakeFactory

# Where a file is found: its channel, its id and its name.
Key = tuple[int, int, str]

# Files beyond this size in all are dropped, the oldest first, in a Discord that is left running.
KEPT_BYTES = 256 * 1024 * 1024


class Attachments:
    """Keeps what was uploaded; a file that nothing shows is not kept.

    Args:
        ids: the ids of new files.
        origin: the address of the server, where files are found.
        kept_bytes: how much is kept; beyond that the oldest files are found no longer.
    """

    def __init__(
        self, ids: SnowflakeFactory, origin: Callable[[], str], kept_bytes: int = KEPT_BYTES
    ) -> None:
        self._ids = ids
        self._origin = origin
        self._kept: dict[Key, Attachment] = {}
        self._bytes = 0
        self._most = kept_bytes

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Attachment | None:
        """Return the file at an address."""
        return self._kept.get(key)

    def make(self, channel: Channel, upload: Upload, *, ephemeral: bool = False) -> Attachment:
        """Return a file with the address that it will have once it is kept."""
        file_id = self._ids.next()
        return Attachment(
            file_id,
            upload.filename,
            upload.data,
            upload.content_type,
            f"{self._origin()}/attachments/{channel.id}/{file_id}/{upload.filename}",
            channel.id,
            size=len(upload.data),
            size_px=pixel_size(upload.data),
            ephemeral=ephemeral,
        )

    def keep(self, files: Iterable[Attachment]) -> None:
        """Have files at their addresses from now on."""
        for file in files:
            if file.key not in self._kept:
                self._bytes += file.size
            self._kept[file.key] = file
        while self._bytes > self._most and len(self._kept) > 1:
            oldest = next(iter(self._kept.values()))
            self.forget([oldest])
            oldest.data = b""

    def forget(self, files: Iterable[Attachment]) -> None:
        """Have files no longer."""
        for file in files:
            if self._kept.pop(file.key, None) is not None:
                self._bytes -= file.size
