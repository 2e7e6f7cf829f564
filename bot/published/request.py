"""What the bot hands to the process that looks for a newer published store."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class LookRequest:
    """Where to look, and beside which database the stores are kept.

    With `force`, what this program could not serve is tried again. It ends with the process `owner`, which
    started the one that looks, if that is said.
    """

    store: str
    database: Path
    force: bool = False
    started_by: str = "schedule"
    owner: int | None = None

    def for_child(self, started_by: str, *, force: bool, owner: int) -> Self:
        """Return the same request, started by somebody, for a child that ends with the process `owner`."""
        return replace(self, started_by=started_by, force=force, owner=owner)

    def to_json(self) -> str:
        """Write it for the other process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        fields = json.loads(text)
        return cls(**{**fields, "database": Path(fields["database"])})
