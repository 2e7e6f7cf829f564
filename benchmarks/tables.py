"""The tables of the page that `benchmarks.full_size` prints, in Markdown."""

from collections.abc import Iterator, Sequence

from benchmarks import serving, targets
from benchmarks.ingest import First, median_of
from benchmarks.measuring import Measured
from benchmarks.playground_load import Load

# The name of a query, its p50 and p99 by the clock, and the p99 of the processor, in milliseconds.
QueryTime = tuple[str, float, float, float]
# Seconds by stage.
Notebook = Measured[dict[str, float]]


def against_notebook(
    rounds: Sequence[First], passes: tuple[float, float], notebook: Notebook | None
) -> Iterator[str]:
    """Lay out the median of several first refreshes by stages, against the notebook way."""
    first = median_of(rounds)
    ours, theirs = stages_of(first, passes), dict(notebook.result) if notebook else {}
    if notebook:
        # Ours builds an index where it has filled the table.
        theirs["load and index"] = theirs.pop("load") + theirs.pop("index")
    counts = first.ingest.result.counts
    yield from heading("The first refresh, against the notebook way")
    yield (
        f"{counts['games']:,} games, {counts['players']:,} players, {counts['owned_games']:,} owned games, "
        f"{counts['reviews']:,} reviews; the database has {first.database / 2**20:,.0f} MB. {spread(rounds)}"
    )
    yield ""
    yield from row("stage", "the notebook way", "Nextplay", "ratio")
    yield from row("---", "--:", "--:", "--:")
    for stage, seconds in ours.items():
        yield from compared(stage, theirs.get(stage), seconds, "s")
    yield from compared("all but training, by the clock", sum(theirs.values()), first.ingest.seconds, "s")
    yield from compared(
        "all but training, of the processors", notebook.cpu if notebook else None, first.ingest.cpu, "s"
    )
    yield from compared(
        "all but training, peak memory", notebook.peak if notebook else None, first.ingest.peak, "MB"
    )
    if first.training is not None:
        yield from compared("train, peak memory", None, first.training.peak, "MB")
    yield ""
    yield (
        "The notebook way is `ast.literal_eval`, `explode`, `json_normalize`, NLTK's own scorer, "
        "`to_sql` and `merge`; it stops before training, since the cosines of all pairs of games "
        "would take 8 GB. Ours reads, parses and cleans in one go: the first two rows are passes of "
        "their own, and cleaning is what remains. Scoring runs in a second "
        "process meanwhile; what is shown is how long the run waited for the scores. Loading includes"
        " the check of all references and the commit. Memory is that of the process and its helpers "
        "together, at the moment when it was most."
    )


def spread(rounds: Sequence[First]) -> str:
    """Return the sentence that says how first refreshes were timed, and how much their times differ."""
    ingests = _from_to([first.ingest.seconds for first in rounds], "s")
    trainings = _from_to([first.training.seconds for first in rounds if first.training], "s")
    return (
        f"First refreshes were timed {len(rounds)} times, each into a store of its own, the notebook way"
        f" once, all after the files had been read. Shown are medians, of ingests that took {ingests} by the"
        f" clock and trainings that took {trainings}, and the most memory of any."
    )


def _from_to(figures: Sequence[float], unit: str = "") -> str:
    return f"{min(figures):.1f} to {max(figures):.1f} {unit}".rstrip() if figures else "none"


def stages_of(first: First, passes: tuple[float, float]) -> dict[str, float]:
    """Return our seconds by the stages that both ways have."""
    spent = first.ingest.result.seconds
    staged = sum(spent.get(part, 0.0) for part in ("games", "reviews", "items", "cleaning"))
    read, parsed = passes
    return {
        "read": read,
        "parse": parsed - read,
        "clean": staged - parsed,
        "score": spent["scoring"],
        "load and index": spent["loading"] + first.ingest.seconds - sum(spent.values()),
        "summarize": spent["summaries"],
        **({"train": first.training.seconds} if first.training else {}),
    }


def query_table(queries: Sequence[QueryTime], samples: int) -> Iterator[str]:
    """Lay out how long every query takes."""
    yield from heading("Questions")
    yield (
        f"Milliseconds, warm, over up to {samples:,} names: half of them drawn from all, half from the"
        " thousand that rank highest, which are the ones with most to read; “any that own games” are drawn"
        " from all players who do. Names typed in part are cut at any place, misspelt ones have one mistake."
    )
    yield ""
    yield from row("question", "p50", "p99", "p99 of the processor")
    yield from row("---", "--:", "--:", "--:")
    for name, half, most, processor in queries:
        yield from row(name, f"{half:.2f}", f"{most:.2f}", f"{processor:.2f}")


def serving_table(asked: serving.Serving, echo: Load, people: int, commands: int) -> Iterator[str]:
    """Lay out what the bot takes, and how long people wait."""
    yield from heading("The bot at work")
    yield (
        f"{people} people on the local Discord send {commands} commands each to a bot in a process of "
        "its own: all at the same moment, the next when all are answered, the first to a bot that has just "
        "started and has drawn no picture; and without a pause, the next as soon as the last is answered. "
        f"Anything but an embed is a failure. The bot takes {asked.idle:,.0f} MB idle after its "
        f"start, {asked.after:,.0f} MB after all that."
    )
    yield ""
    yield from row("", "p50", "p99", "failed")
    yield from row("---", "--:", "--:", "--:")
    for name, waiting in asked.waited.items():
        yield from row(name, f"{waiting.p50:.0f} ms", f"{waiting.p99:.0f} ms", str(waiting.failed))
    name = "without a pause, of a bot that only echoes, in one process with them"
    yield from row(name, f"{echo.p50:.0f} ms", f"{echo.p99:.0f} ms", str(echo.failed))


def grown(name: str, first: First, queries: Sequence[QueryTime]) -> Iterator[str]:
    """Yield a row of the growth table."""
    slowest = max(queries, key=lambda query: query[2])
    assert first.training is not None
    yield from row(
        name,
        f"{first.ingest.result.counts['owned_games']:,}",
        *(
            text
            for part in (first.ingest, first.training)
            for text in (f"{part.seconds:.1f} s", f"{part.peak:,.0f} MB")
        ),
        f"{first.database / 2**20:,.0f} MB",
        f"{slowest[2]:.2f} ms ({slowest[0]})",
    )


def target_table(
    rounds: Sequence[First],
    queries: Sequence[QueryTime],
    asked: serving.Serving,
    echo: Load,
    *,
    notebook: Notebook | None,
    unchanged: float,
    few_changes: float,
) -> Iterator[str]:
    """Lay out which targets this run met.

    Args:
        rounds: The first refreshes, the median of which counts.
        queries: What questions took.
        asked: People at the bot.
        echo: The same people at a bot that only echoes.
        notebook: The notebook way, where it was measured.
        unchanged: The seconds of a refresh that finds nothing new.
        few_changes: Those of one that finds a hundredth of the libraries changed.
    """
    first = median_of(rounds)
    assert first.training is not None
    judged = [
        targets.INGEST_MEMORY.judge(first.ingest.peak),
        targets.TRAINING_SECONDS.judge(first.training.seconds),
        targets.UNCHANGED_SECONDS.judge(unchanged),
        targets.FEW_CHANGES_RATIO.judge(few_changes / (first.ingest.seconds + first.training.seconds)),
        *judged_queries(queries),
        targets.ROUND_TRIP_MS.judge(asked.at_once.p99),
        targets.ROUND_TRIP_FAILED.judge(asked.failed),
        targets.CONNECTED_MS.judge(echo.connected, "one that only echoes"),
        targets.IDLE_MEMORY.judge(asked.idle),
    ]
    if notebook is not None:
        whole = sum(notebook.result.values())
        ratios = _from_to([whole / one.ingest.seconds for one in rounds])
        less = (
            sum(notebook.result[stage] for stage in ("read", "parse", "clean", "score"))
            / first.ingest.seconds
        )
        note = f"{ratios} by round; {less:.1f} if it stops before its own load, index and summarize"
        judged.insert(0, targets.NOTEBOOK_RATIO.judge(whole / first.ingest.seconds, note))
    yield from heading("Against the targets")
    for cells in targets.rows(*judged):
        yield from row(*cells)


def judged_queries(queries: Sequence[QueryTime]) -> Sequence[Sequence[str]]:
    """Return the rows of the targets that the slowest query, group of eight and autocomplete have."""
    typed = [query for query in queries if query[0].startswith("complete ")]
    eight = [query for query in queries if "eight players" in query[0]]
    others = [query for query in queries if query not in (*typed, *eight)]
    missed = sum(query[2] > targets.QUERY_MS.limit for query in others)
    return (
        _judged(targets.QUERY_MS, others, f"; {missed} of {len(others)} miss it"),
        _judged(targets.EIGHT_MS, eight),
        _judged(targets.AUTOCOMPLETE_MS, typed),
    )


def _judged(target: targets.Target, queries: Sequence[QueryTime], note: str = "") -> Sequence[str]:
    name, _half, most, _processor = max(queries, key=lambda query: query[2])
    return target.judge(most, f"`{name}`{note}")


def heading(title: str) -> Sequence[str]:
    """Return the lines of a heading."""
    return ("", f"## {title}", "")


def row(*cells: str) -> Sequence[str]:
    """Return the line of a table's row."""
    return (f"| {' | '.join(cells)} |",)


def compared(what: str, theirs: float | None, ours: float, unit: str) -> Sequence[str]:
    """Return the line that sets two figures side by side."""
    shown = f"{ours:,.1f} {unit}" if unit == "s" else f"{ours:,.0f} {unit}"
    if not theirs:
        return row(what, "", shown, "")
    other = f"{theirs:,.1f} {unit}" if unit == "s" else f"{theirs:,.0f} {unit}"
    return row(what, other, shown, f"{theirs / ours:.1f}" if ours > 0 else "")
