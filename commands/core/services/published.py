"""What commands hear of a store that is published elsewhere."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PublishedState:
    """How the published store that serves is kept up to date.

    `published_at` is when it was published, `looked_at` when a newer one was looked for last; either is None
    for never. `problem` says in a sentence why no newer one serves, None where all is well.
    """

    published_at: datetime | None
    looked_at: datetime | None
    problem: str | None
