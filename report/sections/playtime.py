"""How long people play, and how unequally."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import skew

from report.blocks import Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.measures import Values as Numbers
from report.measures import gini, lorenz, top_share
from report.plots.axes import curve
from report.plots.bars import columns as upright
from report.wording import Wording

# Lower ends of the bins, in minutes: each about three times the one before.
_BINS = (1, 5, 15, 60, 180, 600, 1_800, 6_000, 18_000, 60_000, 180_000)
_LABELS = ("1m", "5m", "15m", "1h", "3h", "10h", "30h", "100h", "300h", "1000h", "3000h")
_QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 0.999)
# A curve of this many points looks smooth.
_POINTS = 120
# Minutes are whole; this keeps the longest playtime at the end of its own curve.
_HALF_A_SECOND = 1 / 120
# Beyond the point where fewer players are left than these, a curve would tell of single ones.
_LEAST_PLAYERS = 5


@dataclass(frozen=True, slots=True)
class PlaytimeFacts:
    """The figures of the section: playtimes in minutes, of the owned games that were played at all."""

    owned: int
    played: int
    median: float
    mean: float
    quantiles: tuple[tuple[float, float], ...]
    skewness: float
    log_skewness: float
    gini: float
    top_1: float
    top_10: float


def facts(data: ReportData) -> PlaytimeFacts:
    """Work the figures out. There must be a game that was played."""
    played = _played(data)
    varies = len(np.unique(played)) > 1
    return PlaytimeFacts(
        owned=len(data.minutes),
        played=len(played),
        median=float(np.median(played)),
        mean=float(played.mean()),
        quantiles=tuple((share, float(np.quantile(played, share))) for share in _QUANTILES),
        skewness=float(skew(played)) if varies else 0.0,
        log_skewness=float(skew(np.log10(played))) if varies else 0.0,
        gini=gini(played),
        top_1=top_share(played, 0.01),
        top_10=top_share(played, 0.10),
    )


def section(data: ReportData, words: Wording) -> Section:
    """Show the distribution of playtime and its long tail."""
    title = words.gettext("Playtime")
    if not data.minutes.any():
        return Section("playtime", title, lead=words.gettext("Nobody has played anything in these data."))
    found = facts(data)
    return Section(
        "playtime",
        title,
        (
            _distribution(data, found, words),
            _quantiles(found, words),
            _tail(data, words),
            _concentration(data, found, words),
        ),
        lead=words.gettext(
            "Of {owned} owned games {share} were never played. What follows is about the other {played}.",
            owned=words.number(found.owned),
            share=words.share(found.owned - found.played, found.owned),
            played=words.number(found.played),
        ),
    )


def _played(data: ReportData) -> Numbers:
    return data.minutes[data.minutes > 0].astype(np.float64)


def _distribution(data: ReportData, found: PlaytimeFacts, words: Wording) -> Plot:
    counts = np.histogram(_played(data), [*_BINS, np.inf])[0].tolist()
    columns = (
        Column("from", words.gettext("Played for at least"), Kind.TEXT),
        Column("owned", words.gettext("Owned games")),
    )
    return Plot(
        "playtime-distribution",
        words.gettext("Owned games by time played"),
        words.gettext("From each time up to the next; each is about three times the one before."),
        words.gettext(
            "Half of the games that were played at all were played for {median} or less; the mean, {mean},"
            " is {times} times as much. The skewness of the hours is {skewness}, that of their logarithm"
            " {log_skewness}.",
            median=words.hours(found.median / 60),
            mean=words.hours(found.mean / 60),
            times=words.number(found.mean / found.median, 1),
            skewness=words.number(found.skewness, 1),
            log_skewness=words.number(found.log_skewness, 1),
        ),
        Values(columns, tuple(zip(_LABELS, counts, strict=True))),
        upright(columns[1]),
    )


def _quantiles(found: PlaytimeFacts, words: Wording) -> Table:
    columns = (
        Column("share", words.gettext("Share of played games"), Kind.SHARE),
        Column("hours", words.gettext("Played for at most"), Kind.HOURS),
    )
    return Table(
        "playtime-quantiles",
        words.gettext("Quantiles of playtime"),
        Values(columns, tuple((share, minutes / 60) for share, minutes in found.quantiles)),
    )


def _tail(data: ReportData, words: Wording) -> Plot:
    ordered = _played(data)
    last = max(ordered[-min(_LEAST_PLAYERS, len(ordered))] / 60, 1 / 30)
    hours = np.geomspace(1 / 60, last, _POINTS)
    at_least = 1 - np.searchsorted(ordered, hours * 60 - _HALF_A_SECOND, side="left") / len(ordered)
    over_100, over_1000 = (float((ordered >= 60 * limit).mean()) for limit in (100, 1_000))
    columns = (
        Column("hours", words.gettext("Hours"), Kind.HOURS),
        Column("share", words.gettext("Share with at least so many hours"), Kind.SHARE),
    )
    return Plot(
        "playtime-tail",
        words.gettext("The long tail of playtime"),
        words.gettext(
            "Share of played games with at least so many hours, on logarithmic axes: a straight line would"
            " be a power law. It ends where fewer than {count} are left.",
            count=words.number(_LEAST_PLAYERS),
        ),
        words.gettext(
            "{over_100} of the played games have at least 100 hours and {over_1000} at least 1,000.",
            over_100=words.share(over_100),
            over_1000=words.share(over_1000),
        ),
        Values(
            columns,
            tuple(
                (round(float(x), 4), round(float(y), 7))
                for x, y in zip(hours, at_least, strict=True)
                if y > 0
            ),
        ),
        curve(columns[0], columns[1], log=True),
        zooms=True,
        table_rows=12,
    )


def _concentration(data: ReportData, found: PlaytimeFacts, words: Wording) -> Plot:
    line = lorenz(_played(data))
    places = np.unique(np.linspace(0, len(line) - 1, _POINTS).round().astype(int))
    columns = (
        Column("games", words.gettext("Share of played games, least played first"), Kind.SHARE),
        Column("hours", words.gettext("Share of all hours"), Kind.SHARE),
    )
    return Plot(
        "playtime-lorenz",
        words.gettext("Who has the hours"),
        words.gettext("Lorenz curve: the further below the dashed line, the more unequal."),
        words.gettext(
            "The most played 1% of the games in libraries hold {top_1} of all hours, the most played 10%"
            " hold {top_10}. The Gini coefficient is {gini} (0: all equal, 1: one has everything).",
            top_1=words.share(found.top_1),
            top_10=words.share(found.top_10),
            gini=words.number(found.gini, 3),
        ),
        Values(
            columns,
            tuple((round(float(at / (len(line) - 1)), 5), round(float(line[at]), 6)) for at in places),
        ),
        curve(columns[0], columns[1], diagonal=words.gettext("if all were equal")),
        zooms=True,
        table_rows=12,
    )
