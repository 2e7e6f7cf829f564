"""How long people play, and how unequally."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import skew

from charts.specs import ColourRole, Curve, LineChart, Tick
from report import say
from report.charts import alt_of_bins, bar_chart_of_counts, bin_counts, labelled_ticks
from report.data import ReportData
from report.measures import Values, gini, lorenz, top_share
from report.page import CaptionedChart, Section, Table

# Lower ends of the bins, in minutes: each about three times the one before.
_BINS = (1, 5, 15, 60, 180, 600, 1_800, 6_000, 18_000, 60_000, 180_000)
_LABELS = ("1m", "5m", "15m", "1h", "3h", "10h", "30h", "100h", "300h", "1Kh", "3Kh")
_QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 0.999)
# A curve of this many points looks smooth.
_POINTS = 200
# Minutes are whole; this keeps the longest playtime at the end of its own curve.
_HALF_A_SECOND = 1 / 120


@dataclass(frozen=True, slots=True)
class PlaytimeFacts:
    """The figures of the section: playtimes in minutes, of the owned games that were played at all."""

    owned: int
    played: int
    median: float
    mean: float
    highest: float
    quantiles: tuple[tuple[float, float], ...]
    skewness: float
    log_skewness: float
    gini: float
    top_1: float
    top_10: float


def facts(data: ReportData) -> PlaytimeFacts:
    """Work the figures out. There must be a game that was played."""
    played = _played(data)
    return PlaytimeFacts(
        owned=len(data.minutes),
        played=len(played),
        median=float(np.median(played)),
        mean=float(played.mean()),
        highest=float(played.max()),
        quantiles=tuple((share, float(np.quantile(played, share))) for share in _QUANTILES),
        skewness=float(skew(played)),
        log_skewness=float(skew(np.log10(played))),
        gini=gini(played),
        top_1=top_share(played, 0.01),
        top_10=top_share(played, 0.10),
    )


def section(data: ReportData) -> Section:
    """Tell the distribution of playtime and its long tail."""
    if not data.minutes.any():
        return Section("playtime", "Playtime", (), lead="Nobody has played anything.")
    found = facts(data)
    return Section(
        "playtime",
        "Playtime",
        (_distribution(data, found), _quantiles(found), _tail(data, found), _concentration(data, found)),
        lead=f"Of {say.number(found.owned)} owned games"
        f" {say.share(found.owned - found.played, found.owned)} were"
        f" never played. What follows is about the other {say.number(found.played)}.",
    )


def _played(data: ReportData) -> Values:
    return data.minutes[data.minutes > 0].astype(np.float64)


def _distribution(data: ReportData, found: PlaytimeFacts) -> CaptionedChart:
    counts = bin_counts(_played(data), _BINS)
    spec = bar_chart_of_counts(
        "Owned games by hours played",
        _LABELS,
        counts,
        subtitle="From this time up to the next, on a logarithmic scale",
        alt=alt_of_bins("owned games by time played", _LABELS, counts),
    )
    return CaptionedChart(
        spec,
        f"Half of the games that were played at all were played for {say.hours(found.median)} or"
        f" less; the mean,"
        f" {say.hours(found.mean)}, is {say.number(found.mean / found.median, 1)} times as much."
        f" The skewness of the hours is"
        f" {say.number(found.skewness, 1)}, that of their logarithm {say.number(found.log_skewness, 1)}.",
    )


def _quantiles(found: PlaytimeFacts) -> Table:
    return Table(
        caption="Quantiles of playtime",
        columns=("Share of games", "Played at most"),
        rows=(
            *((say.share(share, 1), say.hours(minutes)) for share, minutes in found.quantiles),
            ("All", say.hours(found.highest)),
        ),
    )


def _tail(data: ReportData, found: PlaytimeFacts) -> CaptionedChart:
    ordered = np.sort(_played(data))
    powers = range(-1, int(np.ceil(np.log10(found.highest / 60))) + 1)
    hours = np.geomspace(10.0 ** powers[0], found.highest / 60, _POINTS)
    at_least = 1 - np.searchsorted(ordered, hours * 60 - _HALF_A_SECOND, side="left") / len(ordered)
    least = int(np.floor(np.log10(at_least[-1])))
    over_100, over_1000 = (float((ordered >= 60 * limit).mean()) for limit in (100, 1_000))
    spec = LineChart(
        title="The long tail of playtime",
        subtitle="Share of played games with at least so many hours",
        alt=f"Curve on logarithmic scales: {say.share(over_100, 1)} of the played games have at"
        f" least 100 hours,"
        f" {say.share(over_1000, 1)} at least 1,000.",
        x_title="Hours",
        curves=(Curve("", tuple(hours.tolist()), tuple((100 * at_least).tolist()), ColourRole.ACCENT),),
        x_ticks=labelled_ticks([10.0**power for power in powers]),
        y_ticks=tuple(Tick(10.0 ** (power + 2), f"{10.0 ** (power + 2):g}%") for power in range(least, 1)),
        log_x=True,
        log_y=True,
    )
    return CaptionedChart(
        spec,
        f"{say.share(over_100, 1)} of the played games have at least 100 hours and"
        f" {say.share(over_1000, 1)} at least"
        f" 1,000; the longest has {say.hours(found.highest)}.",
    )


def _concentration(data: ReportData, found: PlaytimeFacts) -> CaptionedChart:
    curve = lorenz(_played(data))
    places = np.linspace(0, len(curve) - 1, _POINTS).round().astype(int)
    spec = LineChart(
        title="Who has the hours",
        subtitle="Lorenz curve of hours played",
        alt=f"Lorenz curve. The most played 1% hold {say.share(found.top_1, 1)} of all hours, the"
        f" most played 10%"
        f" hold {say.share(found.top_10, 1)}.",
        x_title="Share of played games, least played first",
        curves=(
            Curve(
                "Share of all hours",
                tuple((100 * places / (len(curve) - 1)).tolist()),
                tuple((100 * curve[places]).tolist()),
                ColourRole.ACCENT,
            ),
            Curve("If all were equal", (0, 100), (0, 100), ColourRole.NEUTRAL, dashed=True),
        ),
        x_ticks=_percents(),
        y_ticks=_percents(),
    )
    return CaptionedChart(
        spec,
        f"The most played 1% of the games in libraries hold {say.share(found.top_1, 1)} of all"
        f" hours, the most played"
        f" 10% hold {say.share(found.top_10, 1)}. The Gini coefficient is"
        f" {say.number(found.gini, 3)} (0: all equal,"
        " 1: one has everything).",
    )


def _percents() -> tuple[Tick, ...]:
    return tuple(Tick(value, f"{value}%") for value in (0, 25, 50, 75, 100))
