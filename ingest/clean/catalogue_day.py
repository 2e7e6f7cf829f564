"""The day that a catalogue of games is of, as its release dates tell."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

_WEEK = timedelta(days=7)
# A week in which so much less came out than in the busiest is one of announcements, not of releases.
_LEAST_SHARE = 0.1


def catalogue_day(released: Iterable[date], today: date) -> date | None:
    """Return the last day on which games came out as they usually do; None if nothing is dated.

    Catalogues have games that were announced for later days, a few a month. So a day counts whose week, up to
    it, has at least a tenth of what the busiest week has; and no day after `today`.
    """
    counts = Counter(day for day in released if day <= today)
    if not counts:
        return None
    weeks = {day: sum(counts[day - timedelta(days=back)] for back in range(_WEEK.days)) for day in counts}
    least = _LEAST_SHARE * max(weeks.values())
    return max(day for day, count in weeks.items() if count >= least)
