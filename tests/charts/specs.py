"""Small pictures, one of every kind, with whatever words a test wants in them."""

from charts.specs import Bars, Cell, Curve, Grid, Lines, Row, Rows, Series, Spec, Tick, Tone, Word, Words

UNIT = (Tick(0, "0"), Tick(5, "5"), Tick(10, "10"))


def bars(text: str = "Releases", *, labels: tuple[str, ...] = ("2010", "2011", "?")) -> Bars:
    """Two series; the second of them is zero but for the first bar."""
    return Bars(
        title=text,
        subtitle=text,
        alt=text,
        filename="bars.png",
        x_title=text,
        y_title=text,
        labels=labels,
        series=(
            Series(text[:20], tuple(float(place % 7) for place, _ in enumerate(labels)), Tone.ACCENT),
            Series("Free", (3.0, *(0.0 for _ in labels[1:])), Tone.CONTRAST),
        ),
        ticks=UNIT,
        tops=("30%", *("" for _ in labels[1:])),
        apart=labels[-1] == "?",
    )


def rows(text: str = "Action", *, count: int = 3) -> Rows:
    """Rows of equal words and falling values, the last of them 0."""
    return Rows(
        title=text,
        subtitle=text,
        alt=text,
        filename="rows.png",
        rows=tuple(Row(text, float(count - 1 - place), f"{place:,} h") for place in range(count)),
    )


def lines(text: str = "Share") -> Lines:
    """A curve and one to compare it with."""
    return Lines(
        title=text,
        alt=text,
        filename="lines.png",
        x_title=text,
        y_title=text,
        curves=(
            Curve(text[:20], (0, 5, 10), (0, 1, 10), Tone.ACCENT),
            Curve("Equal", (0, 10), (0, 10), Tone.NEUTRAL, dashed=True),
        ),
        x_ticks=UNIT,
        y_ticks=UNIT,
    )


def grid(text: str = "Owners") -> Grid:
    """Fields of every strength."""
    return Grid(
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


def words(text: str = "great") -> Words:
    """Two words besides the one given."""
    return Words(
        title=text,
        alt=text,
        filename="words.png",
        words=(Word(text, 30), Word("fun", 20), Word("hats", 10)),
    )


def one_of_each(text: str) -> tuple[Spec, ...]:
    """Return a picture of every kind with `text` wherever words go."""
    return bars(text), rows(text), lines(text), grid(text), words(text)
