"""The games file: prices, releases, genres and tags."""

import numpy as np
import pandas as pd

from charts.axes import fill_year_gaps
from charts.specs import BarChart, ColourRole, HorizontalBarChart, Series
from report import say
from report.charts import (
    alt_of_bins,
    axis_ticks,
    bar_chart_of_counts,
    bin_counts,
    horizontal_bar_chart_of_counts,
)
from report.data import CategoryTotals, ReportData
from report.page import CaptionedChart, Section

# Lower ends of the bins, in US cents.
_PRICES = (0, 1, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000)
_PRICE_LABELS = ("Free", "<5", "5", "10", "15", "20", "30", "40", "60+")
_MOST_ROWS = 10
_RARE = 100


def prices(data: ReportData) -> Section:
    """Tell how prices are distributed."""
    cents = data.listed["price_cents"].dropna().to_numpy(np.float64)
    unknown = len(data.listed) - len(cents)
    counts = [*bin_counts(cents, _PRICES), unknown]
    labels = [*_PRICE_LABELS, "?"]
    paid = cents[cents > 0]
    sentence = (
        f"Of {say.number(len(cents))} apps with a known price, {say.share(counts[0], len(cents))} are free."
        f" Half of the others cost {say.dollars(np.median(paid))} or less, and"
        f" {say.share(int((paid < 1_000).sum()), len(paid))} cost less than $10;"
        f" the dearest costs {say.dollars(paid.max())}. Of {say.number(unknown)} the price is unknown."
        if len(paid)
        else f"All {say.number(len(cents))} apps with a known price are free."
    )
    spec = bar_chart_of_counts(
        "Apps by price in US dollars",
        labels,
        counts,
        subtitle="From this price up to the next · ?: price unknown",
        alt=alt_of_bins("apps by price in US dollars", labels, counts),
        last_apart=True,
    )
    return Section("prices", "Prices", (CaptionedChart(spec, sentence),))


def releases(data: ReportData) -> Section:
    """Tell how many games and other apps came out each year."""
    listed = data.listed
    is_game = listed["kind"].astype(str) == "game"
    by_year = (
        listed.assign(is_game=is_game).groupby("release_year", dropna=False)["is_game"].agg(["sum", "size"])
    )
    years = fill_year_gaps(
        (
            (None if pd.isna(year) else int(year), (int(games), int(size) - int(games)))
            for year, games, size in by_year.itertuples()
        ),
        (0, 0),
    )
    known = [(year, games + others) for year, (games, others) in years if year is not None]
    unknown = len(listed) - sum(count for _, count in known)
    peak, most = max(known, key=lambda entry: entry[1], default=(None, 0))
    middle = int(listed["release_year"].dropna().median())
    spec = BarChart(
        title="Apps by release year",
        subtitle="?: year unknown" if unknown else "",
        alt=f"Bar chart of apps by release year, {known[0][0]} to {known[-1][0]}. Most:"
        f" {say.number(most)} in {peak}.",
        labels=tuple("?" if year is None else str(year) for year, _ in years),
        series=(
            Series("Games", tuple(games for _, (games, _) in years), ColourRole.ACCENT),
            Series("Add-ons and others", tuple(others for _, (_, others) in years), ColourRole.CONTRAST),
        ),
        ticks=axis_ticks(max(most, unknown)),
        last_apart=bool(unknown),
    )
    sentence = (
        f"Most came out in {peak}: {say.number(most)}, of which {say.number(dict(years)[peak][0])}"
        f" are games. Half"
        f" of those whose year is known are of {middle} or later; of {say.number(unknown)} it is"
        f" unknown. The data"
        " may end within the last year."
    )
    return Section("releases", "Releases by year", (CaptionedChart(spec, sentence),))


def genres_and_tags(data: ReportData) -> Section:
    """Tell which genres and tags are frequent, and which genres are played."""
    if not data.genres or not data.tags:
        return Section("genres", "Genres and tags", (), lead="No app carries both genres and tags.")
    return Section(
        "genres",
        "Genres and tags",
        (
            CaptionedChart(_by_apps("Genres by apps", data.genres, data), _on_genres(data)),
            CaptionedChart(_by_hours(data.genres), _on_hours(data)),
            CaptionedChart(_by_apps("Tags by apps", data.tags, data), _on_tags(data)),
        ),
    )


def _on_genres(data: ReportData) -> str:
    top = data.genres[0]
    return (
        f"The store knows {say.count(len(data.genres), 'genre', 'genres')}; {top.name} is the most"
        f" frequent, with"
        f" {say.number(top.apps)} apps ({say.share(top.apps, len(data.listed))}). An app counts for"
        f" each of its"
        " genres."
    )


def _on_hours(data: ReportData) -> str:
    top = _most_played(data.genres)[0]
    return (
        f"Players spend most time in {top.name}: {say.hours(top.minutes)}, which is"
        f" {say.share(top.minutes, float(data.minutes.sum()))} of all hours played. By the number"
        f" of apps it is"
        f" genre number {data.genres.index(top) + 1}."
    )


def _on_tags(data: ReportData) -> str:
    top = data.tags[0]
    rare = sum(tag.apps < _RARE for tag in data.tags)
    return (
        f"Of {say.count(len(data.tags), 'tag', 'tags')}, {top.name} is on most apps: {say.number(top.apps)}"
        f" ({say.share(top.apps, len(data.listed))}); {say.number(rare)} are on fewer than {_RARE}."
    )


def _most_played(genres: tuple[CategoryTotals, ...]) -> list[CategoryTotals]:
    return sorted(genres, key=lambda genre: (-genre.minutes, genre.name))


def _by_apps(title: str, labels: tuple[CategoryTotals, ...], data: ReportData) -> HorizontalBarChart:
    named = [
        (label.name, label.apps, f"{say.number(label.apps)} · {say.share(label.apps, len(data.listed))}")
        for label in labels[:_MOST_ROWS]
    ]
    parts = ", ".join(f"{name} {text}" for name, _, text in named)
    return horizontal_bar_chart_of_counts(
        title,
        named,
        subtitle="Number of apps, and share of all",
        alt=f"Bar chart of {title[0].lower()}{title[1:]}: {parts}.",
    )


def _by_hours(genres: tuple[CategoryTotals, ...]) -> HorizontalBarChart:
    named = [
        (genre.name, genre.minutes, say.hours(genre.minutes)) for genre in _most_played(genres)[:_MOST_ROWS]
    ]
    parts = ", ".join(f"{name} {text}" for name, _, text in named)
    return horizontal_bar_chart_of_counts(
        "Genres by hours played", named, alt=f"Bar chart of genres by hours played: {parts}."
    )
