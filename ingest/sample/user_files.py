"""The two users' files: a line per library or reviewer, and some users twice, as in the real files."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

from ingest.sample.formats import Record, literal
from ingest.sample.players import OwnedGame, Player
from ingest.sample.reviews import Review

_REPEATED_USERS: Final = 0.02


def items_lines(players: Sequence[Player], rng: Random) -> Iterator[str]:
    """Yield a line per player, then some players again: the same line, or one without the newest game.

    `items_count` is Steam's own count; for one player it is more than the list holds, as after a broken read.
    """
    owners = [player for player in players if player.library]
    miscounted = rng.choice(owners) if owners else None
    for player in players:
        yield literal(_library(player, player.library, untold=3 if player is miscounted else 0))
    for place, player in enumerate(_some(owners, rng)):
        listed = player.library[:-1] if place % 2 else player.library
        yield literal(_library(player, listed, untold=3 if player is miscounted else 0))


def reviews_lines(
    players: Sequence[Player], reviews: Mapping[str, Sequence[Review]], rng: Random
) -> Iterator[str]:
    """Yield a line per reviewer; some reviews stand twice in their line, and some lines twice in the file."""
    writers = [player for player in players if player.user_id in reviews]
    twice = {player.user_id for player in _some(writers, rng)}
    for player in writers:
        own = [_review(review) for review in reviews[player.user_id]]
        yield literal(_reviewer(player, [*own, own[0]] if player.user_id in twice else own))
    for player in _some(writers, rng):
        yield literal(_reviewer(player, [_review(review) for review in reviews[player.user_id]]))


def _some(players: Sequence[Player], rng: Random) -> list[Player]:
    if not players:
        return []
    return rng.sample(players, max(1, round(_REPEATED_USERS * len(players))))


def _library(player: Player, listed: Sequence[OwnedGame], untold: int) -> Record:
    items = [
        {
            "item_id": str(owned.app_id),
            "item_name": owned.title,
            "playtime_forever": owned.minutes,
            "playtime_2weeks": owned.recent_minutes,
        }
        for owned in listed
    ]
    return {
        "user_id": player.user_id,
        "items_count": len(items) + untold,
        "steam_id": player.steam_id,
        "user_url": player.url,
        "items": items,
    }


def _reviewer(player: Player, reviews: list[Record]) -> Record:
    return {"user_id": player.user_id, "user_url": player.url, "reviews": reviews}


def _review(review: Review) -> Record:
    return {
        "funny": review.funny,
        "posted": review.posted,
        "last_edited": review.last_edited,
        "item_id": str(review.app_id),
        "helpful": review.helpful,
        "recommend": review.recommend,
        "review": review.text,
    }
