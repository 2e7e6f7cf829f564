"""What people write: when, how much, in which tone and in which words."""

from dataclasses import dataclass

import numpy as np

from charts.frequent_words import frequent_words
from charts.specs import BarChart, Cell, ColourRole, Heatmap, Series
from report import say
from report.charts import alt_of_bins, axis_ticks, bar_chart_of_counts, bin_counts, word_cloud
from report.data import ReportData
from report.page import CaptionedChart, Section
from store.models import Sentiment

_LENGTHS = (1, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
_LENGTH_LABELS = ("1", "10", "25", "50", "100", "250", "500", "1K", "2.5K", "5K")
_MOST_WORDS = 60
# A word tells two groups of reviews apart only if enough of them use it.
_VOCABULARY = 400
_TELLING = 5
_TONES = (
    (Sentiment.POSITIVE, "Positive", ColourRole.POSITIVE),
    (Sentiment.NEUTRAL, "Neutral", ColourRole.NEUTRAL),
    (Sentiment.NEGATIVE, "Negative", ColourRole.NEGATIVE),
)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Reviews by recommendation and sentiment: `counts[recommend][sentiment]`."""

    counts: dict[bool, dict[Sentiment, int]]

    @property
    def total(self) -> int:
        """How many reviews there are."""
        return sum(sum(row.values()) for row in self.counts.values())

    @property
    def agreeing(self) -> int:
        """Recommending and positive, or advising against and negative."""
        return self.counts[True][Sentiment.POSITIVE] + self.counts[False][Sentiment.NEGATIVE]

    @property
    def opposed(self) -> int:
        """Recommending and negative, or advising against and positive."""
        return self.counts[True][Sentiment.NEGATIVE] + self.counts[False][Sentiment.POSITIVE]


def confusion(data: ReportData) -> Confusion:
    """Count the reviews."""
    recommend, sentiment = data.reviews["recommend"], data.reviews["sentiment"].astype(int)
    return Confusion(
        {
            choice: {
                tone: int(((recommend == choice) & (sentiment == tone.value)).sum()) for tone in Sentiment
            }
            for choice in (True, False)
        }
    )


def section(data: ReportData) -> Section:
    """Tell when reviews were written, how long they are, and how their tone fits what they recommend."""
    return Section("reviews", "Reviews", (*_by_year(data), _lengths(data), _agreement(confusion(data))))


def words(data: ReportData, positive: list[str], negative: list[str]) -> Section:
    """Show the words of titles, and of the texts of positive and of negative reviews."""
    games = data.listed[data.listed["kind"].astype(str) == "game"]
    titles = frequent_words(games["title"].dropna(), most=_MOST_WORDS)
    kinds = (
        (
            "Words of titles",
            titles,
            "By how many games have them",
            "the titles of games",
            _first(titles, "titles"),
        ),
        _words_of_tone("positive", positive, negative),
        _words_of_tone("negative", negative, positive),
    )
    figures = (
        CaptionedChart(word_cloud(title, counted, subtitle=subtitle, kind=kind), sentence)
        for title, counted, subtitle, kind, sentence in kinds
        if counted
    )
    return Section(
        "words",
        "Words",
        tuple(figures),
        lead="A word counts once for each title or review that uses it. Words that say nothing are left out.",
    )


def telling_words(texts: list[str], others: list[str]) -> list[str]:
    """Return the words that most raise the odds that a text is one of `texts` and not one of `others`.

    They are the frequent words of both with the largest ratio of the shares of texts that use them, one text
    more in each so that no share is 0.
    """
    counts, other_counts = (dict(frequent_words(group, most=10**9)) for group in (texts, others))
    vocabulary = [word for word, _ in frequent_words([*texts, *others], most=_VOCABULARY)]

    def ratio(word: str) -> float:
        share = (counts.get(word, 0) + 1) / (len(texts) + 1)
        return share / ((other_counts.get(word, 0) + 1) / (len(others) + 1))

    return sorted(vocabulary, key=lambda word: (-ratio(word), word))[:_TELLING]


def _words_of_tone(
    tone: str, texts: list[str], others: list[str]
) -> tuple[str, list[tuple[str, int]], str, str, str]:
    counted = frequent_words(texts, most=_MOST_WORDS)
    telling = telling_words(texts, others)
    sentence = _first(counted, f"{tone} reviews")
    if telling:
        sentence += f" What sets them apart from the others most: {say.listing(telling)}."
    subtitle = f"By how many of {say.number(len(texts))} reviews use them"
    return f"Words of {tone} reviews", counted, subtitle, f"{tone} reviews", sentence


def _first(counted: list[tuple[str, int]], kind: str) -> str:
    named = [f"{word} ({say.number(count)})" for word, count in counted[:3]]
    return f"The words that most {kind} use are {say.listing(named)}." if named else ""


def _by_year(data: ReportData) -> tuple[CaptionedChart, ...]:
    dated = data.reviews[data.reviews["posted"].notna()]
    if dated.empty:
        return ()
    posted = dated["posted"].astype(str).str[:4].astype(int)
    counts = dated.groupby([posted, dated["sentiment"].astype(int)]).size().unstack(fill_value=0)
    years = range(int(posted.min()), int(posted.max()) + 1)
    counts = counts.reindex(index=list(years), columns=[tone.value for tone, _, _ in _TONES], fill_value=0)
    totals = counts.sum(axis=1)
    positive = counts[Sentiment.POSITIVE.value]
    busiest = max(years, key=lambda year: int(totals[year]))
    spec = BarChart(
        title="Reviews by year and tone",
        subtitle="Above each bar: the share that is positive",
        alt="Bar chart of reviews by year: "
        + ", ".join(f"{year}: {say.number(totals[year])}" for year in years)
        + ".",
        labels=tuple(map(str, years)),
        series=tuple(
            Series(name, tuple(float(count) for count in counts[tone.value]), colour)
            for tone, name, colour in _TONES
        ),
        ticks=axis_ticks(float(totals.max())),
        bar_labels=tuple(
            f"{100 * positive[year] / totals[year]:.0f}%" if totals[year] else "" for year in years
        ),
    )
    first, last = int(totals[totals > 0].index[0]), years[-1]
    inferred = int(dated["posted_inferred"].sum())
    return (
        CaptionedChart(
            spec,
            f"Most reviews are of {busiest}: {say.number(totals[busiest])}. The positive share is"
            f" {say.share(positive[first], totals[first])} in {first} and"
            f" {say.share(positive[last], totals[last])} in"
            f" {last}. Of {say.count(inferred, 'review', 'reviews')} the year is not in the file"
            f" but that of the crawl.",
        ),
    )


def _lengths(data: ReportData) -> CaptionedChart:
    lengths = data.reviews.loc[data.reviews["length"] > 0, "length"].to_numpy(np.float64)
    counts = bin_counts(lengths, _LENGTHS)
    spec = bar_chart_of_counts(
        "Reviews by length",
        _LENGTH_LABELS,
        counts,
        subtitle="Characters: from this many up to the next",
        alt=alt_of_bins("reviews by characters", _LENGTH_LABELS, counts),
    )
    by_choice = {
        choice: float(data.reviews.loc[data.reviews["recommend"] == choice, "length"].median())
        for choice in (True, False)
    }
    empty = len(data.reviews) - len(lengths)
    sentence = (
        f"Half of the reviews have {say.number(np.median(lengths))} characters or fewer, and one in"
        f" ten more than"
        f" {say.number(np.quantile(lengths, 0.9))}; the longest has {say.number(lengths.max())}, and"
        f" {say.number(empty)} have no text."
    )
    if not any(np.isnan(median) for median in by_choice.values()):
        sentence += (
            f" The median is {say.number(by_choice[True])} where a game is recommended and"
            f" {say.number(by_choice[False])} where it is not."
        )
    return CaptionedChart(spec, sentence)


def _agreement(found: Confusion) -> CaptionedChart:
    rows = {True: "Recommended", False: "Not recommended"}
    cells = []
    for choice in rows:
        in_row = sum(found.counts[choice].values())
        cells.append(
            tuple(
                Cell(
                    f"{say.number(found.counts[choice][tone])} ·"
                    f" {say.share(found.counts[choice][tone], in_row)}",
                    found.counts[choice][tone] / in_row if in_row else 0,
                )
                for tone, _, _ in _TONES
            )
        )
    spec = Heatmap(
        title="Tone against recommendation",
        subtitle="Reviews, and their share of the row",
        alt="Table of reviews by recommendation and tone. "
        + " ".join(
            f"{name}: "
            + ", ".join(f"{tone.lower()} {cell.text}" for (_, tone, _), cell in zip(_TONES, row, strict=True))
            + "."
            for name, row in zip(rows.values(), cells, strict=True)
        ),
        columns=tuple(name for _, name, _ in _TONES),
        rows=tuple(rows.values()),
        cells=tuple(cells),
    )
    against = sum(found.counts[False].values())
    return CaptionedChart(
        spec,
        f"In {say.share(found.agreeing, found.total)} of the reviews tone and recommendation agree, in"
        f" {say.share(found.opposed, found.total)} they are opposed, and the rest are neutral in"
        f" tone. Of the reviews"
        f" that advise against a game {say.share(found.counts[False][Sentiment.NEGATIVE], against)}"
        f" are negative in tone,"
        f" of those that recommend one"
        f" {say.share(found.counts[True][Sentiment.POSITIVE], found.total - against)} are"
        " positive.",
    )
