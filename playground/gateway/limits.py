"""What Discord allows a bot at the gateway, and how many sessions it has begun."""

from dataclasses import dataclass

from playground.world.clock import Clock
from playground.world.model import Application
from playground.world.snowflake import shard_of

# "Identify" is limited to one in five seconds for each of `max_concurrency` groups of shards.
IDENTIFY_SECONDS = 5.0
DAY_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class GatewayLimits:
    """What Discord allows a bot at the gateway.

    Attributes:
        shards: How many shards it recommends; None is one for each thousand servers.
        max_concurrency: How many groups of shards may identify at the same time, one shard of each.
        session_starts: How many sessions may be begun in a day; a bot that begins more loses its token.
        guilds_per_shard: A shard that more servers would belong to is turned away.
    """

    shards: int | None = None
    max_concurrency: int = 1
    session_starts: int = 1000
    guilds_per_shard: int = 2500

    def recommended(self, guilds: int) -> int:
        """Return how many shards a bot in this many servers should have."""
        return self.shards or max(1, -(-guilds // 1000))


class SessionStarts:
    """Counts the sessions that bots begin; where it is not `limited`, they may identify at any time."""

    def __init__(self, clock: Clock, limits: GatewayLimits, *, limited: bool) -> None:
        self.limits = limits
        self._clock = clock
        self._limited = limited
        self._identified: dict[tuple[int, int], float] = {}
        self._starts: dict[int, list[float]] = {}

    def may_identify(self, application: Application, shard: int) -> bool:
        """Count an identify; False if the last one of this shard's group was less than five seconds ago."""
        key, now = (application.id, shard % self.limits.max_concurrency), self._clock.now()
        if self._limited and now - self._identified.get(key, 0.0) < IDENTIFY_SECONDS:
            return False
        self._identified[key] = now
        return True

    def forget_identifies(self, application: Application) -> None:
        """Let a bot identify at once, as if it had not done so lately."""
        self._identified = {key: when for key, when in self._identified.items() if key[0] != application.id}

    def record(self, application: Application) -> None:
        """Count a session that a bot has begun."""
        self._today(application).append(self._clock.now())

    def left(self, application: Application) -> int:
        """Return how many sessions a bot may begin before its day is over."""
        return self.limits.session_starts - len(self._today(application))

    def reset_after(self, application: Application) -> float:
        """Return the seconds until the day of a bot is over, which begins with its first session."""
        today = self._today(application)
        return today[0] + DAY_SECONDS - self._clock.now() if today else 0.0

    def is_too_large(self, application: Application, shard: int, shards: int) -> bool:
        """Return whether more servers belong to a shard than one may have."""
        owned = sum(shard_of(guild_id, shards) == shard for guild_id in application.guilds)
        return owned > self.limits.guilds_per_shard

    def _today(self, application: Application) -> list[float]:
        starts = self._starts.setdefault(application.id, [])
        if starts and self._clock.now() - starts[0] >= DAY_SECONDS:
            starts.clear()
        return starts
