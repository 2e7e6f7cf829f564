"""The files of messages, for as long as something shows them."""

from collections.abc import Callable, Iterable

from playground.services.images import pixel_size
from playground.validation.messages import Upload
from playground.world.message import Attachment
from playground.world.model import Channel
from playground.world.snowflake import SnowflakeFactory

# Where a file is found: its channel, its id and its name.
Key = tuple[int, int, str]


class Attachments:
    """Keeps what was uploaded; a file that nothing shows is not kept.

    Args:
        ids: the ids of new files.
        origin: the address of the server, where files are found.
    """

    def __init__(self, ids: SnowflakeFactory, origin: Callable[[], str]) -> None:
        self._ids = ids
        self._origin = origin
        self._kept: dict[Key, Attachment] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Attachment | None:
        """The file at an address."""
        return self._kept.get(key)

    def make(self, channel: Channel, upload: Upload, *, ephemeral: bool = False) -> Attachment:
        """A file with the address that it will have once it is kept."""
        file_id = self._ids.next()
        return Attachment(
            file_id,
            upload.filename,
            upload.data,
            upload.content_type,
            f"{self._origin()}/attachments/{channel.id}/{file_id}/{upload.filename}",
            channel.id,
            size_px=pixel_size(upload.data),
            ephemeral=ephemeral,
        )

    def keep(self, files: Iterable[Attachment]) -> None:
        """Have files at their addresses from now on."""
        for file in files:
            self._kept[file.key] = file

    def forget(self, files: Iterable[Attachment]) -> None:
        """Have files no longer."""
        for file in files:
            self._kept.pop(file.key, None)
