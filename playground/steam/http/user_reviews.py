"""Review texts, by the method of 2026: numbers as parameters, a cursor from page to page."""

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from playground.steam.catalogue.game import Game
from playground.steam.http.answers import Refusal, service
from playground.steam.http.methods import Method
from playground.steam.http.parameters import Parameters, switch, text, texts, whole
from playground.steam.lean_json import encode
from playground.steam.limits import DAY
from playground.steam.moods import Mood
from playground.steam.reviews import Review
from playground.steam.world import World

HELPFUL, RECENT, UPDATED, FUNNY = range(4)
_MARK = b"\x02\x82x"
_HUGE = 4_294_967_290
_ORDERS: dict[int, Callable[[Review], Any]] = {
    HELPFUL: lambda review: review.helpful,
    RECENT: lambda review: review.created,
    UPDATED: lambda review: review.updated,
    FUNNY: lambda review: review.votes_funny,
}


class ReviewsApi:
    """The method by which reviews are walked."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Iterator[Method]:
        """Yield the methods that it answers."""
        yield Method("IUserReviewsService/GetAppReviews", self.app_reviews)

    def app_reviews(self, asked: Parameters) -> web.Response:
        """Return a page of an app's reviews.

        Raises:
            Refusal: 400 for parameters of the old endpoint, 404 for an unknown app; both only where the moods
                that keep Steam silent are off.
        """
        holds = self._world.switches.holds
        if _is_old(asked) and not holds(Mood.OLD_PARAMETERS_IGNORED):
            raise Refusal.html(400, "Parameters of the old endpoint.")
        game = self._world.catalogue.find(whole(asked, "appid", 0))
        if game is None:
            if holds(Mood.UNKNOWN_APP_EMPTY):
                return service()
            raise Refusal.html(404)
        cursor = text(asked, "cursor", "*") or "*"
        start = 0 if cursor == "*" else _offset(cursor)
        forgotten = cursor != "*" and holds(Mood.CURSORS_FORGOTTEN)
        if start is None or forgotten:
            if holds(Mood.BAD_CURSOR_EMPTY):
                return service()
            raise Refusal.html(400, "Bad cursor.")
        return service(self._page(asked, game, cursor, start))

    def _page(self, asked: Parameters, game: Game, cursor: str, start: int) -> bytes:
        holds = self._world.switches.holds
        found = self._matching(asked, game)
        size = min(max(1, whole(asked, "num_per_page", 20) or 20), 100)
        ended = start > 0 and holds(Mood.REVIEWS_END_EARLY)
        page = [] if ended else found[start : start + size]
        summary: dict[str, Any] = {"num_reviews": len(page)}
        if not start and not whole(asked, "review_type", 0):
            counts = game.reviews
            summary |= {
                "review_score": counts.score,
                "review_score_desc": counts.label,
                "total_positive": counts.positive,
                "total_negative": counts.negative,
                "total_reviews": counts.total,
            }
        stays = not page or holds(Mood.REPEATED_CURSOR)
        answer: dict[str, Any] = {
            "query_summary": summary,
            "reviews": self._written(page),
            "cursor": cursor if stays else _cursor(start + len(page)),
            "total_matching": len(found),
        }
        if not page:
            del answer["reviews"]
        if holds(Mood.UNKNOWN_FIELD):
            answer["ranking_model"] = "v3"
        return encode(answer)

    def _written(self, page: list[Review]) -> list[dict[str, Any]]:
        rows = [review.fields() for review in page]
        if self._world.switches.holds(Mood.HUGE_VOTES):
            for row in rows[::2]:
                row |= {"votes_up": _HUGE, "votes_funny": _HUGE + 5}
        return rows

    def _matching(self, asked: Parameters, game: Game) -> list[Review]:
        reviews = list(self._world.reviews.of(game))
        if reviews and self._world.switches.holds(Mood.EDITED_REVIEW):
            reviews[-1] = reviews[-1].turned_around("I changed my mind.", self._world.now - 60)
        order = whole(asked, "filter", HELPFUL)
        order = order if order in _ORDERS else HELPFUL
        tests = list(_tests(asked, order, self._world.now))
        left = [review for review in reviews if all(test(review) for test in tests)]
        return sorted(left, key=_ORDERS[order], reverse=True)


def _tests(asked: Parameters, order: int, now: int) -> Iterator[Callable[[Review], bool]]:
    languages = texts(asked, "languages") or {"english"}
    if "all" not in languages:
        yield lambda review: review.language in languages
    kind, purchase = whole(asked, "review_type", 0), whole(asked, "purchase_type", 0)
    if kind in (1, 2):
        yield lambda review: review.positive is (kind == 1)
    if purchase in (0, 2):
        yield lambda review: review.bought_on_steam is (purchase == 0)
    start, end = whole(asked, "date_range_start", 0), whole(asked, "date_range_end", 0)
    if start and end:
        yield lambda review: start <= review.created <= end
    elif order == HELPFUL:
        since = now - min(max(1, whole(asked, "day_range", 30)), 365) * DAY
        yield lambda review: review.created >= since
    least, most = whole(asked, "playtime_min_hours", 0), whole(asked, "playtime_max_hours", 0)
    if least:
        yield lambda review: review.minutes_then >= least * 60
    if most:
        yield lambda review: review.minutes_then <= most * 60
    if switch(asked, "primarily_steam_deck"):
        yield lambda review: review.on_deck


def _is_old(asked: Parameters) -> bool:
    words = ("filter", "review_type", "purchase_type")
    return "language" in asked or any(name in asked and whole(asked, name, -1) < 0 for name in words)


def _cursor(offset: int) -> str:
    """Return a cursor as Steam's look: base64, with + / = that have to be encoded in an address."""
    check = binascii.crc32(offset.to_bytes(4, "big"))
    return base64.b64encode(_MARK + offset.to_bytes(4, "big") + check.to_bytes(4, "big")).decode()


def _offset(cursor: str) -> int | None:
    try:
        data = base64.b64decode(cursor, validate=True)
    except (binascii.Error, ValueError):
        return None
    number, check = data[3:7], data[7:]
    if len(data) != 11 or data[:3] != _MARK or binascii.crc32(number).to_bytes(4, "big") != check:
        return None
    return int.from_bytes(number, "big")
