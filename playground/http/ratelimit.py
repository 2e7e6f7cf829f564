"""Rate limits for each route and for each bot, with the headers that announce them."""

from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from playground.validation.errors import ApiError, rate_limited
from playground.world.clock import Clock

GLOBAL_A_SECOND = 50


@dataclass(slots=True)
class Bucket:
    """Requests left in the current window."""

    limit: int
    seconds: float
    remaining: int
    resets: float


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `limit` requests in `seconds`."""

    limit: int
    seconds: float


# Discord publishes no table; these are the limits that its headers have long announced.
_RULES = {
    ("POST", "/channels/{channel_id}/messages"): Rule(5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): Rule(5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): Rule(5, 1.0),
    ("POST", "/webhooks/{application_id}/{token}"): Rule(5, 2.0),
    ("PATCH", "/webhooks/{application_id}/{token}/messages/{message_id}"): Rule(5, 2.0),
    ("DELETE", "/webhooks/{application_id}/{token}/messages/{message_id}"): Rule(5, 2.0),
    ("PATCH", "/webhooks/{application_id}/{token}/messages/@original"): Rule(5, 2.0),
    ("DELETE", "/webhooks/{application_id}/{token}/messages/@original"): Rule(5, 2.0),
    ("GET", "/gateway/bot"): Rule(2, 5.0),
}
_DEFAULT = Rule(30, 1.0)
# Every interaction has buckets of its own; beyond this many those that are full again are dropped.
_MANY_BUCKETS = 1000
# The route of a request that no endpoint takes.
UNKNOWN = "(unknown)"
_UNLIMITED = "/interactions/{interaction_id}/{token}/callback"


class RateLimits:
    """Counts requests in buckets, one for each route, token and channel, guild or webhook."""

    def __init__(self, clock: Clock, *, enforced: bool) -> None:
        self._clock = clock
        self.enforced = enforced
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def spend(self, request: web.Request, route: str) -> dict[str, str]:
        """Count a request and return the rate limit headers of its reply.

        Raises:
            ApiError: 429 if its bucket, or the bot's global limit, is used up.
        """
        if route in (_UNLIMITED, UNKNOWN):
            return {}
        authority = request.headers.get("Authorization", "")
        if not route.startswith("/webhooks/") and authority:
            self._spend_global(authority)
        rule = _RULES.get((request.method, route), _DEFAULT)
        info = request.match_info
        majors = [info.get(name, "") for name in ("channel_id", "guild_id", "application_id", "token")]
        bucket = self._bucket((authority, request.method, route, *majors), rule)
        headers = self._headers(bucket, f"{request.method} {route}")
        if bucket.remaining <= 0 and self.enforced:
            raise self._refusal(bucket, headers)
        # Libraries wait by themselves where little is left, so nothing is used up where nothing is enforced.
        bucket.remaining = max(0, bucket.remaining - 1) if self.enforced else bucket.limit
        return {**headers, "X-RateLimit-Remaining": str(bucket.remaining)}

    def _spend_global(self, authority: str) -> None:
        bucket = self._bucket((authority,), Rule(GLOBAL_A_SECOND, 1.0))
        if bucket.remaining <= 0 and self.enforced:
            raise rate_limited(max(0.001, bucket.resets - self._clock.now()), "global")
        bucket.remaining = max(0, bucket.remaining - 1)

    def _bucket(self, key: tuple[str, ...], rule: Rule) -> Bucket:
        now = self._clock.now()
        bucket = self._buckets.get(key)
        if bucket is None and len(self._buckets) >= _MANY_BUCKETS:
            self._buckets = {kept: one for kept, one in self._buckets.items() if now < one.resets}
        if bucket is None or now >= bucket.resets:
            bucket = self._buckets[key] = Bucket(rule.limit, rule.seconds, rule.limit, now + rule.seconds)
        return bucket

    def _headers(self, bucket: Bucket, name: str) -> dict[str, str]:
        left = max(0.0, bucket.resets - self._clock.now())
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(max(0, bucket.remaining)),
            "X-RateLimit-Reset": f"{bucket.resets:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": sha256(name.encode()).hexdigest()[:32],
        }

    def _refusal(self, bucket: Bucket, headers: dict[str, str]) -> ApiError:
        refusal = rate_limited(max(0.001, bucket.resets - self._clock.now()), "user")
        refusal.headers = {**headers, **refusal.headers}
        return refusal
