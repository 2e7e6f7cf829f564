"""Threads: what they have beyond other channels."""

from dataclasses import dataclass, field
from datetime import datetime

from playground.world.users import Json, iso


@dataclass(slots=True, eq=False)
class Thread:
    """What a thread has beyond other channels. `members` are the ids of those in it, with when they came."""

    owner_id: int
    created: datetime
    auto_archive_minutes: int = 1440
    archived: bool = False
    archive_changed: datetime | None = None
    locked: bool = False
    invitable: bool = True
    members: dict[int, datetime] = field(default_factory=dict)
    sent: int = 0
    applied_tags: list[int] = field(default_factory=list)

    @property
    def changed(self) -> datetime:
        """When it was last archived or opened."""
        return self.archive_changed or self.created

    def to_json(self) -> Json:
        """Return the fields of a channel object that only threads have."""
        return {
            "owner_id": str(self.owner_id),
            "message_count": self.sent,
            "total_message_sent": self.sent,
            "member_count": len(self.members),
            "applied_tags": [str(tag) for tag in self.applied_tags],
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": iso(self.changed),
                "auto_archive_duration": self.auto_archive_minutes,
                "locked": self.locked,
                "invitable": self.invitable,
                "create_timestamp": iso(self.created),
            },
        }
