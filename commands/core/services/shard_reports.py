"""How the shards of all processes of the bot are, as each process reports it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# A process that has not reported for this long does not run, or hangs.
_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ShardState:
    """A shard: whether it hears Discord, and the seconds that its last heartbeat took, None if none did.

    `commands` is how many were run in its servers since its process started.
    """

    id: int
    is_connected: bool
    latency: float | None
    commands: int


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What one process says of its shards, of `total` that the bot has altogether.

    `at` is when, in UTC; `is_leader` tells whether it keeps the schedule.
    """

    shards: Sequence[ShardState]
    total: int
    is_leader: bool
    at: datetime

    @property
    def connected(self) -> int:
        """How many of its shards hear Discord."""
        return sum(shard.is_connected for shard in self.shards)

    @property
    def commands(self) -> int:
        """How many commands its shards had since the process started."""
        return sum(shard.commands for shard in self.shards)

    def is_silent(self, now: datetime) -> bool:
        """Return whether the process should have reported again by `now`."""
        return now - self.at > _SILENT
