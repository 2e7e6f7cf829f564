"""The reviews of an app, made from its counts only, with whatever the story edited."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from playground.steam.catalogue.game import Game
from playground.steam.catalogue.labels import LANGUAGES
from playground.steam.lean_json import lean
from playground.steam.mixing import mixed
from playground.steam.people import FIRST_STEAMID
from playground.steam.words import verdict

_LANGUAGES = tuple(LANGUAGES.values())
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Review:
    """A review. Minutes for play times, Unix seconds for moments.

    Attributes:
        helpful: the share of a weight from 0 to 1 that Steam sorts "helpful" by.
    """

    recommendationid: int
    steamid: int
    language: str
    text: str
    created: int
    updated: int
    positive: bool
    minutes: int
    minutes_then: int
    minutes_two_weeks: int
    votes_up: int
    votes_funny: int
    helpful: float
    bought_on_steam: bool
    early_access: bool
    on_deck: bool
    for_free: bool
    response: str = ""

    def turned_around(self, text: str, moment: int) -> "Review":
        """Return the review as its author rewrote it at a moment, with the other thumb."""
        return replace(self, text=text, positive=not self.positive, updated=moment)

    def fields(self) -> dict[str, Any]:
        """Return the review as Steam writes it; its id and the account's are text."""
        author = {
            "steamid": str(self.steamid),
            "num_reviews": 1 + self.steamid % 40,
            "playtime_forever": self.minutes,
            "playtime_last_two_weeks": self.minutes_two_weeks,
            "playtime_at_review": self.minutes_then,
            "deck_playtime_at_review": self.minutes_then if self.on_deck else 0,
            "last_played": self.updated,
        }
        fields = {
            "recommendationid": str(self.recommendationid),
            "author": lean(author),
            "language": self.language,
            "review": self.text,
            "timestamp_created": self.created,
            "timestamp_updated": self.updated,
            "voted_up": self.positive,
            "votes_up": self.votes_up,
            "votes_funny": self.votes_funny,
            "weighted_vote_score": self.helpful,
            "steam_purchase": self.bought_on_steam,
            "received_for_free": self.for_free,
            "written_during_early_access": self.early_access,
            "primarily_steam_deck": self.on_deck,
            "developer_response": self.response,
            "timestamp_dev_responded": self.updated + _HOUR if self.response else 0,
        }
        return lean(fields)


class ReviewShelf:
    """The reviews of every app.

    Args:
        opened_at: when the store's time begins, in Unix seconds; generated reviews are older.
        now: the present moment, in Unix seconds.
    """

    def __init__(self, opened_at: int, now: Callable[[], float]) -> None:
        self._opened_at = opened_at
        self._now = now
        self._edited: dict[int, dict[int, Review]] = {}
        self._kept: dict[tuple[int, int], tuple[Review, ...]] = {}

    def of(self, game: Game) -> tuple[Review, ...]:
        """Return all reviews of an app, as many as its counts say, newest first."""
        key = game.appid, game.reviews.total
        if key not in self._kept:
            self._kept[key] = tuple(self._made(game, number) for number in range(game.reviews.total))
        edited = self._edited.get(game.appid)
        if not edited:
            return self._kept[key]
        return tuple(edited.get(review.recommendationid, review) for review in self._kept[key])

    def edit(self, game: Game, number: int = 0, text: str = "Edited: they ruined it.") -> Review:
        """Have the author of a review rewrite it now, with the other thumb."""
        review = self.of(game)[number]
        edited = review.turned_around(text, int(self._now()))
        self._edited.setdefault(game.appid, {})[review.recommendationid] = edited
        return edited

    def _made(self, game: Game, number: int) -> Review:
        luck = mixed(game.appid, 100 + number)
        total, positive = game.reviews.total, game.reviews.positive
        since = max(_HOUR * total, self._opened_at - (game.release.released_at or self._opened_at))
        created = self._opened_at - _HOUR - (since - _HOUR) * number // total
        edited = luck % 9 == 0
        then = 10 + luck % 9_000
        return Review(
            recommendationid=number * 10_000_000 + game.appid,
            steamid=FIRST_STEAMID + 200_000 + luck % 4_000_000,
            language="english" if luck % 5 < 3 else _LANGUAGES[luck % len(_LANGUAGES)],
            text=verdict(luck),
            created=created,
            updated=created + luck % _HOUR if edited else created,
            # Spread evenly, and exactly as many as the counts say.
            positive=(number + 1) * positive // total > number * positive // total,
            minutes=then + luck % 700,
            minutes_then=then,
            minutes_two_weeks=luck % 600 if luck % 6 == 0 else 0,
            votes_up=luck % 40 if luck % 3 == 0 else 0,
            votes_funny=luck % 7 if luck % 11 == 0 else 0,
            helpful=0.5 if luck % 3 else round(0.5 + luck % 1000 / 2100, 6),
            bought_on_steam=luck % 4 != 0,
            early_access=game.release.early_access,
            on_deck=luck % 14 == 0,
            for_free=luck % 37 == 0,
            response="Thank you, we hear you." if luck % 97 == 0 else "",
        )
