"""The targets that the project set itself, and whether figures of a run meet them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that should be at most, or at least, `limit`."""

    what: str
    limit: float
    unit: str
    is_least: bool = False

    def judge(self, figure: float, note: str = "") -> Sequence[str]:
        """Return the cells of the target's row: what, target, figure, and whether it is met."""
        met = figure >= self.limit if self.is_least else figure <= self.limit
        decimals = 0 if figure >= 100 or figure == int(figure) else 2 if figure < 10 else 1
        shown = f"{figure:,.{decimals}f}"
        sign = "at least" if self.is_least else "at most"
        return (
            self.what,
            f"{sign} {self.limit:,g} {self.unit}".rstrip(),
            f"{shown} {self.unit}".rstrip() + (f" ({note})" if note else ""),
            "met" if met else "**missed**",
        )


INGEST_SECONDS = Target("first ingest of all three files: sentiment, indexes and summaries included", 30, "s")
INGEST_MEMORY = Target("its peak memory, helper included", 1_000, "MB")
TRAINING_SECONDS = Target("neighbours of all games", 20, "s")
UNCHANGED_SECONDS = Target("refresh with unchanged files, from command to exit", 1, "s")
NOTEBOOK_RATIO = Target(
    "times faster than the notebook way, to a store that can be asked", 8, "", is_least=True
)
QUERY_MS = Target("slowest query, warm, p99", 5, "ms")
EIGHT_MS = Target("games for eight players, warm, p99", 10, "ms")
GROUP_MS = Target("games for eight libraries of 1,000 games each, warm, p99", 20, "ms")
AUTOCOMPLETE_MS = Target("slowest autocomplete, warm, p99", 5, "ms")
ROUND_TRIP_MS = Target("slash command round trip, 50 people at once, p99", 100, "ms")
CONNECTED_MS = Target("start of a bot on the local Discord, until people can ask it", 100, "ms")
ROUND_TRIP_FAILED = Target("commands of theirs that failed", 0, "")
IDLE_MEMORY = Target("bot process, idle after start", 200, "MB")


def rows(*judged: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the rows of the table of targets, its head first."""
    yield ("what", "target", "here", "")
    yield ("---", "---", "---", "---")
    yield from judged
