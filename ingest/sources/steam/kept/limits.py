"""How often Steam is asked: a pace for each host, rests after failures, and a budget for a day.

All of it is written down before a call is made: a run that is killed and started again asks no faster.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from sqlalchemy.orm import Session

from ingest.sources.download.settings import Clock
from ingest.sources.steam.interruptions import BudgetSpent, HostGivenUp
from ingest.sources.steam.kept.clock import LONGEST_ASKED
from ingest.sources.steam.kept.file import KeptFile
from ingest.sources.steam.kept.models import DayBudget, HostLimit
from ingest.sources.steam.settings import SteamSettings
from steam.reply import HostName

_FIRST_REST_SECONDS = 60.0
_LONGEST_REST_SECONDS = 15 * 60.0
_MOST_STRIKES = 3
# The most times that a rest is doubled: it has reached its maximum, and a float would overflow later.
_DOUBLINGS = 8
# The store's pages allow 200 calls in five minutes; at the usual 1.5 seconds this makes 150.
_STORE_IS_SLOWER = 4 / 3


class CallLimits:
    """The turns at which hosts may be asked."""

    def __init__(self, kept: KeptFile, settings: SteamSettings, clock: Clock) -> None:
        self._kept = kept
        self._settings = settings
        self._clock = clock
        self._strikes: Counter[HostName] = Counter()
        self._in_good_standing: set[HostName] = set()
        self._given_up: dict[HostName, str] = {}

    def take_turn(self, host: HostName) -> None:
        """Wait until a host may be asked, and count the call.

        Raises:
            BudgetSpent: The calls of the day are used up.
            HostGivenUp: The host asked to be left alone for longer than a run waits.
        """
        if host in self._given_up:
            raise HostGivenUp(host, self._given_up[host])
        with self._kept.writer() as session:
            now = self._clock.now()
            budget = self._budget(session, now)
            if budget.calls >= self._settings.calls_a_day:
                raise BudgetSpent(f"the {self._settings.calls_a_day:,} calls of this day are used up")
            limit = self._limit(session, host, now)
            wait = (limit.next_allowed_at - now).total_seconds()
            if wait > _LONGEST_REST_SECONDS:
                self.give_up(host, f"its {host} host asks to be left alone for {wait:,.0f} s")
            budget.calls += 1
            limit.next_allowed_at = max(now, limit.next_allowed_at) + timedelta(seconds=self._gap(host))
        if wait > 0:
            self._clock.sleep(wait)

    def succeeded(self, host: HostName) -> None:
        """Take back a host's strikes after a good answer."""
        self._strikes.pop(host, None)
        if host in self._in_good_standing:
            return
        self._in_good_standing.add(host)
        with self._kept.writer() as session:
            limit = self._limit(session, host, self._clock.now())
            limit.strikes = 0

    def failed(self, host: HostName, reason: str, wanted_seconds: float | None) -> None:
        """Count a strike, and let the host rest: as long as it wants, else twice as long as the last time.

        A run has three strikes; how long a rest is goes on from the run before.

        Raises:
            HostGivenUp: That was the last strike.
        """
        self._strikes[host] += 1
        self._in_good_standing.discard(host)
        with self._kept.writer() as session:
            now = self._clock.now()
            limit = self._limit(session, host, now)
            limit.strikes += 1
            rest = min(_FIRST_REST_SECONDS * 2.0 ** min(limit.strikes - 1, _DOUBLINGS), _LONGEST_REST_SECONDS)
            wanted = rest if wanted_seconds is None else wanted_seconds
            limit.next_allowed_at = now + timedelta(seconds=min(wanted, LONGEST_ASKED.total_seconds()))
        if self._strikes[host] >= _MOST_STRIKES:
            self.give_up(host, f"its {host} host {reason} ({_MOST_STRIKES} times in a row)")

    def give_up(self, host: HostName, reason: str) -> NoReturn:
        """Ask a host no more in this run.

        Raises:
            HostGivenUp: Always.
        """
        self._given_up[host] = reason
        raise HostGivenUp(host, reason)

    def _gap(self, host: HostName) -> float:
        seconds = self._settings.seconds_between_calls
        return seconds * _STORE_IS_SLOWER if host is HostName.STORE else seconds

    def _budget(self, session: Session, now: datetime) -> DayBudget:
        day = now.astimezone(UTC).date()
        budget = session.get(DayBudget, day)
        if budget is None:
            budget = DayBudget(day=day, calls=0)
            session.add(budget)
        return budget

    def _limit(self, session: Session, host: HostName, now: datetime) -> HostLimit:
        limit = session.get(HostLimit, host.value)
        if limit is None:
            limit = HostLimit(host=host.value, next_allowed_at=now, strikes=0)
            session.add(limit)
        return limit
