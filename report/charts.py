"""Charts of counts and shares, in the report's words."""

from collections.abc import Sequence

import numpy as np

from charts.axes import label_ticks, round_ticks
from charts.labels import plain
from charts.specs import (
    BarChart,
    ColourRole,
    HorizontalBar,
    HorizontalBarChart,
    Series,
    Tick,
    Word,
    WordCloud,
)
from localization.translations import Translations
from report import say
from report.measures import Values

_ENGLISH = Translations()


def axis_ticks(highest: float, *, whole: bool = True) -> tuple[Tick, ...]:
    """Return the labelled ticks of an axis from 0 to `highest`."""
    return label_ticks(round_ticks(highest, whole=whole), _ENGLISH)


def labelled_ticks(values: Sequence[float]) -> tuple[Tick, ...]:
    """Return ticks at these values."""
    return label_ticks(values, _ENGLISH)


def bar_chart_of_counts(
    title: str,
    labels: Sequence[str],
    counts: Sequence[int],
    *,
    alt: str,
    subtitle: str = "",
    x_title: str = "",
    last_apart: bool = False,
) -> BarChart:
    """Return upright bars of one count a label."""
    return BarChart(
        title=title,
        subtitle=subtitle,
        alt=alt,
        x_title=x_title,
        labels=tuple(labels),
        series=(Series("", tuple(float(count) for count in counts), ColourRole.ACCENT),),
        ticks=axis_ticks(max(counts)),
        last_apart=last_apart,
    )


def horizontal_bar_chart_of_counts(
    title: str, named: Sequence[tuple[str, float, str]], *, alt: str, subtitle: str = ""
) -> HorizontalBarChart:
    """Return a lying bar for each name, value and text."""
    return HorizontalBarChart(
        title=title,
        subtitle=subtitle,
        alt=alt,
        bars=tuple(HorizontalBar(plain(name), value, text) for name, value, text in named),
    )


def word_cloud(title: str, counted: Sequence[tuple[str, int]], *, subtitle: str, kind: str) -> WordCloud:
    """Return a word cloud of words and how many texts use each; it needs a word at least."""
    first = ", ".join(f"{word} ({say.number(count)})" for word, count in counted[:10])
    return WordCloud(
        title=title,
        subtitle=subtitle,
        alt=f"Word cloud of {kind}. The most frequent words: {first}.",
        words=tuple(Word(word, count) for word, count in counted),
    )


def bin_counts(values: Values, edges: Sequence[float]) -> list[int]:
    """Return how many values lie from each edge up to below the next; the last bin has no end."""
    return [int(count) for count in np.histogram(values, [*edges, np.inf])[0]]


def alt_of_bins(what: str, labels: Sequence[str], counts: Sequence[int]) -> str:
    """Return the sentence for a histogram: all its bins, and their counts."""
    parts = ", ".join(f"{label}: {say.number(count)}" for label, count in zip(labels, counts, strict=True))
    return f"Bar chart of {what}. {parts}."
