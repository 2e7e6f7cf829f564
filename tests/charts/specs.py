"""Small charts, one of every kind, with whatever words a test wants in them."""

from charts.specs import (
    BarChart,
    Cell,
    ColourRole,
    Curve,
    Heatmap,
    HorizontalBar,
    HorizontalBarChart,
    LineChart,
    Series,
    Spec,
    Tick,
    Word,
    WordCloud,
)

UNIT = (Tick(0, "0"), Tick(5, "5"), Tick(10, "10"))


def bars(text: str = "Releases", *, labels: tuple[str, ...] = ("2010", "2011", "?")) -> BarChart:
    """Two series; the second of them is zero but for the first bar."""
    return BarChart(
        title=text,
        subtitle=text,
        alt=text,
        filename="bars.png",
        x_title=text,
        y_title=text,
        labels=labels,
        series=(
            Series(text[:20], tuple(float(place % 7) for place, _ in enumerate(labels)), ColourRole.ACCENT),
            Series("Free", (3.0, *(0.0 for _ in labels[1:])), ColourRole.CONTRAST),
        ),
        ticks=UNIT,
        bar_labels=("30%", *("" for _ in labels[1:])),
        last_apart=labels[-1] == "?",
    )


def rows(text: str = "Action", *, count: int = 3) -> HorizontalBarChart:
    """Rows of equal words and falling values, the last of them 0."""
    return HorizontalBarChart(
        title=text,
        subtitle=text,
        alt=text,
        filename="rows.png",
        bars=tuple(HorizontalBar(text, float(count - 1 - place), f"{place:,} h") for place in range(count)),
    )


def lines(text: str = "Share") -> LineChart:
    """A curve and one to compare it with."""
    return LineChart(
        title=text,
        alt=text,
        filename="lines.png",
        x_title=text,
        y_title=text,
        curves=(
            Curve(text[:20], (0, 5, 10), (0, 1, 10), ColourRole.ACCENT),
            Curve("Equal", (0, 10), (0, 10), ColourRole.NEUTRAL, dashed=True),
        ),
        x_ticks=UNIT,
        y_ticks=UNIT,
    )


def grid(text: str = "Owners") -> Heatmap:
    """Fields of every strength."""
    return Heatmap(
        title=text,
        alt=text,
        filename="grid.png",
        columns=(text, "b", "c"),
        rows=(text, "b"),
        cells=(
            (Cell(text, 1), Cell("0.5", 0.5), Cell("0", 0)),
            (Cell("-0.5", -0.5), Cell("-1", -1), Cell("", 0)),
        ),
    )


def words(text: str = "great") -> WordCloud:
    """Two words besides the one given."""
    return WordCloud(
        title=text,
        alt=text,
        filename="words.png",
        words=(Word(text, 30), Word("fun", 20), Word("hats", 10)),
    )


def one_of_each(text: str) -> tuple[Spec, ...]:
    """Return a chart of every kind with `text` wherever words go."""
    return bars(text), rows(text), lines(text), grid(text), words(text)
