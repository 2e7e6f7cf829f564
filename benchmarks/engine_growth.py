"""How far each engine goes: what `benchmarks.engines` found, as a table and a picture of docs/engine.md."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measuring import hardware

ENGINES = ("local", "spark")
PARTS = {"reading": "lines to columns", "learning": "weights"}
PICTURE = Path("pictures", "engines.png")

_BEGIN = "<!-- What `python -m benchmarks.engines` found. -->\n"
_END = "<!-- End of what it found. -->\n"


@dataclass(frozen=True, slots=True)
class Found:
    """What one part took on one engine: by the clock, of the processors, and megabytes at the peak.

    `ended` says why it did not come to its end, None where it did; only what was seen until then is known.
    """

    engine: str
    part: str
    pairs: int
    seconds: float | None
    cpu: float | None
    peak: float | None
    ended: str | None = None

    def __str__(self) -> str:
        """Say it in a line."""
        what = f"{self.engine}, {PARTS[self.part]}, {self.pairs:,} owned games"
        return f"{what}: {', '.join(filter(None, (*_figures(self), self.ended)))}"


def add(found: Found, file: Path) -> None:
    """Add what was found to a file of JSON lines."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(found)) + "\n")


def known(file: Path) -> Sequence[Found]:
    """Return what was found last of each part, engine and number of owned games, the fewest first."""
    found = [Found(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
    newest = {(one.part, one.pairs, one.engine): one for one in found}
    return sorted(newest.values(), key=lambda one: (list(PARTS).index(one.part), one.pairs))


def table(found: Sequence[Found]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown: both engines side by side."""
    figures = ("by the clock", "of the processors", "peak memory")
    heads = [f"{engine}, {figure}" for engine in ENGINES for figure in figures]
    yield f"| part | owned games | {' | '.join(heads)} |"
    yield f"| --- | --: |{' --: |' * len(heads)}"
    for part, pairs in dict.fromkeys((one.part, one.pairs) for one in found):
        here = {one.engine: one for one in found if (one.part, one.pairs) == (part, pairs)}
        cells = [cell for engine in ENGINES for cell in _cells(here.get(engine))]
        yield f"| {PARTS[part]} | {pairs:,} | {' | '.join(cells)} |"


def _cells(found: Found | None) -> Sequence[str]:
    if found is None:
        return ("", "", "")
    seconds, cpu, peak = _figures(found)
    return (seconds if found.ended is None else f"ended: {found.ended}", cpu, peak)


def _figures(found: Found) -> tuple[str, str, str]:
    return (
        "" if found.seconds is None else f"{found.seconds:,.0f} s",
        "" if found.cpu is None else f"{found.cpu:,.0f} s",
        "" if found.peak is None else f"{found.peak:,.0f} MB",
    )


def write_page(found: Sequence[Found], page: Path) -> None:
    """Put the table into the page, between its two marks, and draw the picture beside it."""
    picture = page.parent / PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    draw(found, picture)
    lines = (
        f"On {hardware()}, with `local[2]` of Spark:",
        "",
        *table(found),
        "",
        f"![Time and memory of both engines against the number of owned games]({PICTURE.as_posix()})",
        "",
    )
    head, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    measured = "\n".join(("", *lines, ""))
    page.write_text(f"{head}{_BEGIN}{measured}{_END}{rest.partition(_END)[2]}", encoding="utf-8")


def draw(found: Sequence[Found], picture: Path) -> None:
    """Draw time and memory of both parts against the number of owned games."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, len(PARTS), figsize=(9, 6), sharex=True, layout="constrained")
    for column, (part, title) in enumerate(PARTS.items()):
        for engine, marker in zip(ENGINES, "os", strict=True):
            some = [one for one in found if (one.engine, one.part, one.ended) == (engine, part, None)]
            pairs = [one.pairs / 1e6 for one in some]
            axes[0, column].plot(pairs, [one.seconds for one in some], marker=marker, label=engine)
            axes[1, column].plot(pairs, [(one.peak or 0) / 1024 for one in some], marker=marker, label=engine)
        axes[0, column].set(title=title, ylabel="seconds", xscale="log")
        axes[0, column].set_ylim(bottom=0)
        axes[1, column].set(xlabel="million owned games", ylabel="peak memory, GB", xscale="log")
        axes[1, column].xaxis.set_major_formatter("{x:g}")
        axes[1, column].set_ylim(bottom=0)
    axes[0, 0].legend()
    figure.savefig(picture, dpi=110)
