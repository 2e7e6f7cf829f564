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


NOTEBOOK_RATIO = Target(
    "times that a first ingest, with sentiment, indexes and summaries, is faster than the notebook way",
    12,
    "",
    is_least=True,
)
INGEST_MEMORY = Target("its peak memory, helper included", 800, "MB")
TRAINING_SECONDS = Target("neighbours of all games", 20, "s")
UNCHANGED_SECONDS = Target("refresh with unchanged files, from command to exit", 1, "s")
FEW_CHANGES_RATIO = Target("refresh with a hundredth of the libraries changed, of a first one", 0.5, "")
QUERY_MS = Target("slowest query, warm, p99", 5, "ms")
EIGHT_MS = Target("games for eight players, warm, p99", 10, "ms")
GROUP_MS = Target("games for eight libraries of 1,000 games each, warm, p99", 20, "ms")
AUTOCOMPLETE_MS = Target("slowest autocomplete, warm, p99", 5, "ms")
ROUND_TRIP_MS = Target("slash command round trip, 50 people at once, p99", 100, "ms")
CONNECTED_MS = Target("start of a bot on the local Discord, until people can ask it", 100, "ms")
ROUND_TRIP_FAILED = Target("commands of theirs that failed", 0, "")
IDLE_MEMORY = Target("bot process, idle after start", 150, "MB")


def rows(*judged: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the rows of the table of targets, its head first."""
    yield ("what", "target", "here", "")
    yield ("---", "---", "---", "---")
    yield from judged
