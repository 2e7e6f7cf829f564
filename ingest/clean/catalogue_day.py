"""The day that a catalogue of games is of, by its release dates."""

from collections.abc import Mapping
from datetime import date, timedelta

_WEEK = timedelta(days=7)
# A week with a smaller share of the releases of the busiest week has announcements, not releases.
_LEAST_SHARE = 0.1


def catalogue_day(released: Mapping[date, int], today: date) -> date | None:
    """Return the last day on which games came out as they usually do; None if nothing is dated.

    `released` is how many games came out, or are to come out, on each day.

    Catalogues have games that were announced for later days, a few a month. So a day counts whose week, up to
    it, has at least a tenth of what the busiest week has; and no day after `today`.
    """
    counts = {day: games for day, games in released.items() if day <= today}
    if not counts:
        return None
    weeks = {
        day: sum(counts.get(day - timedelta(days=back), 0) for back in range(_WEEK.days)) for day in counts
    }
    least = _LEAST_SHARE * max(weeks.values())
    return max(day for day, count in weeks.items() if count >= least)
