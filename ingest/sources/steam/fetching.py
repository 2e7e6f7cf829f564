"""What the steps of a run share, and the notes that they leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.sources.download.settings import Clock
from ingest.sources.steam.client import SteamDataClient
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.kept.file import KeptFile
from ingest.sources.steam.settings import SteamSettings
from store.runs import Progress


@dataclass(slots=True)
class Fetching:
    """A run that asks Steam: with whom, into what, by which clock.

    `notes` are sentences for the report; `unfinished` says of each step that did not get through why not.
    """

    client: SteamDataClient
    kept: KeptFile
    settings: SteamSettings
    clock: Clock
    progress: Progress
    differences: Differences
    notes: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    key_refused: bool = False

    @property
    def has_key(self) -> bool:
        """Whether there is a key that Steam takes, as far as is known."""
        return self.settings.key is not None and not self.key_refused


def in_batches(apps: Sequence[int], size: int) -> list[Sequence[int]]:
    """Part a list into pieces of at most `size`."""
    return [apps[at : at + size] for at in range(0, len(apps), size)]
