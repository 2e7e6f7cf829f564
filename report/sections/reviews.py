"""Reviews: when they were written and how long they are."""

import numpy as np

from report.blocks import Column, Kind, Plot, Section, Values
from report.data import ReportData
from report.plots.bars import columns as upright
from report.plots.bars import stacked_columns
from report.wording import Wording
from store.models import Sentiment

_LENGTHS = (1, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
TONES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)


def section(data: ReportData, words: Wording) -> Section:
    """Show when reviews were written and how long they are."""
    title = words.gettext("Reviews")
    if data.reviews.empty:
        return Section("reviews", title, lead=words.gettext("These data have no reviews."))
    return Section("reviews", title, (_by_year(data, words), _lengths(data, words)))


def counts_by_year(data: ReportData) -> dict[int | None, tuple[int, int, int]]:
    """Return how many negative, neutral and positive reviews there are of each year, None last."""
    reviews = data.reviews
    known = reviews["posted_year"].dropna().astype(int)
    years: list[int | None] = list(range(known.min(), known.max() + 1)) if len(known) else []
    if len(known) < len(reviews):
        years.append(None)
    counts: dict[int | None, tuple[int, int, int]] = {}
    for year in years:
        of_year = reviews["posted_year"].isna() if year is None else reviews["posted_year"] == year
        tones = reviews.loc[of_year, "sentiment"]
        negative, neutral, positive = (int((tones == tone.value).sum()) for tone in TONES)
        counts[year] = (negative, neutral, positive)
    return counts


def _by_year(data: ReportData, words: Wording) -> Plot:
    counts = counts_by_year(data)
    known = {year: sum(tones) for year, tones in counts.items() if year is not None}
    columns = (
        Column("year", words.gettext("Year"), Kind.YEAR),
        Column("negative", words.gettext("Negative")),
        Column("neutral", words.gettext("Neutral")),
        Column("positive", words.gettext("Positive")),
    )
    inferred = int(data.reviews["posted_inferred"].sum())
    parts = []
    if known:
        busiest = max(known, key=lambda year: known[year])
        parts.append(
            words.gettext(
                "Most reviews are of {year}: {reviews}.",
                year=str(busiest),
                reviews=words.number(known[busiest]),
            )
        )
    if inferred:
        parts.append(
            words.ngettext(
                "Of {count} review the year is not in the file but that of the crawl.",
                "Of {count} reviews the year is not in the file but that of the crawl.",
                inferred,
            )
        )
    missing = sum(counts.get(None, ()))
    if missing:
        parts.append(words.gettext("Of {unknown} the year is unknown.", unknown=words.number(missing)))
    return Plot(
        "reviews-by-year",
        words.gettext("Reviews by year and tone"),
        words.gettext("Tone by VADER, from negative at the bottom to positive at the top."),
        " ".join(parts),
        Values(columns, tuple((year, *tones) for year, tones in counts.items())),
        stacked_columns(columns[1:]),
    )


def _lengths(data: ReportData, words: Wording) -> Plot:
    lengths = data.reviews.loc[data.reviews["length"] > 0, "length"].to_numpy(np.float64)
    empty = len(data.reviews) - len(lengths)
    columns = (
        Column("length", words.gettext("Characters, from"), Kind.TEXT),
        Column("reviews", words.gettext("Reviews")),
    )
    counts = np.histogram(lengths, [*_LENGTHS, np.inf])[0].tolist()
    parts = []
    if len(lengths):
        parts.append(
            words.gettext(
                "Half of the reviews have {median} characters or fewer, and one in ten more than {many}.",
                median=words.number(float(np.median(lengths))),
                many=words.number(float(np.quantile(lengths, 0.9))),
            )
        )
    parts.append(words.gettext("{empty} have no text.", empty=words.number(empty)))
    by_choice = {
        choice: data.reviews.loc[data.reviews["recommend"] == choice, "length"] for choice in (True, False)
    }
    if all(len(group) for group in by_choice.values()):
        parts.append(
            words.gettext(
                "The median is {recommended} where a game is recommended and {others} where it is not.",
                recommended=words.number(float(by_choice[True].median())),
                others=words.number(float(by_choice[False].median())),
            )
        )
    return Plot(
        "review-lengths",
        words.gettext("Reviews by length"),
        words.gettext("Characters: from this many up to the next."),
        " ".join(parts),
        Values(
            columns,
            tuple((words.number(least), count) for least, count in zip(_LENGTHS, counts, strict=True)),
        ),
        upright(columns[1], reference=columns[0].title),
    )
