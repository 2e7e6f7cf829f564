"""Invented reviews: who reviews what, when, with which verdict and in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random
from typing import Final

from ingest.sample import phrases
from ingest.sample.catalogue import CATALOGUE, Game
from ingest.sample.players import OwnedGame, Player

# The real reviews were read early in 2016; those of that year carry no year.
READ_IN: Final = 2016
_LAST_DAY_WITH_A_YEAR: Final = date(READ_IN - 1, 12, 31)
_LAST_DAY: Final = date(READ_IN, 2, 29)
_FIRST_REVIEWS: Final = date(2010, 10, 1)
_FIRST_OF_UNLISTED: Final = date(2013, 1, 1)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_REVIEWS_AT_ALL: Final = 0.6
_MOST_REVIEWS: Final = 12
_MOST_VOTES: Final = 30_000


class Tone(Enum):
    """How a text speaks; only the first two speak plainly in English."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    IRONIC = "ironic"
    NEUTRAL = "neutral"
    FOREIGN = "foreign"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Review:
    """A review with the texts Steam shows around it."""

    app_id: int
    recommend: bool
    tone: Tone
    text: str
    posted: str
    last_edited: str
    helpful: str
    funny: str


def invent_reviews(players: Sequence[Player], rng: Random) -> dict[str, tuple[Review, ...]]:
    """Return the reviews of those players who write any, by user id; at most one of each game."""
    catalogue = {game.app_id: game for game in CATALOGUE}
    quality = {app_id: rng.uniform(0.76, 0.98) for app_id in catalogue}
    written: dict[str, tuple[Review, ...]] = {}
    for player in players:
        # The first player always writes, so that no sample is too small to have reviews.
        if not player.library or (player is not players[0] and rng.random() > _REVIEWS_AT_ALL):
            continue
        wanted = min(_MOST_REVIEWS, 1 + int(rng.expovariate(0.35)))
        # What was played for long is more likely to be written about.
        ranked = sorted(
            player.library, key=lambda owned: rng.random() * (30 + owned.minutes) ** 0.3, reverse=True
        )
        written[player.user_id] = tuple(
            _write_review(owned, catalogue, quality.get(owned.app_id, 0.88), rng) for owned in ranked[:wanted]
        )
    return written


def _write_review(owned: OwnedGame, catalogue: Mapping[int, Game], quality: float, rng: Random) -> Review:
    game = catalogue.get(owned.app_id)
    recommend = rng.random() < quality
    tone, text = _choose_words(owned, game, recommend, rng)
    posted, last_edited = _date(game, rng)
    return Review(owned.app_id, recommend, tone, text, posted, last_edited, _helpful(rng), _funny(rng))


def _choose_words(owned: OwnedGame, game: Game | None, recommend: bool, rng: Random) -> tuple[Tone, str]:
    plain = Tone.POSITIVE if recommend else Tone.NEGATIVE
    kinds: tuple[tuple[Tone, Sequence[str], float], ...] = (
        (plain, (), 74),
        (plain, phrases.CENSORED_PRAISE if recommend else phrases.CENSORED_BLAME, 3),
        (Tone.IRONIC, phrases.IRONIC_PRAISE if recommend else phrases.IRONIC_BLAME, 5),
        (Tone.NEUTRAL, phrases.NEUTRAL, 10),
        (Tone.FOREIGN, phrases.FOREIGN_PRAISE if recommend else phrases.FOREIGN_BLAME, 7),
        (Tone.EMPTY, ("",), 1),
    )
    tone, texts, _ = rng.choices(kinds, [weight for _, _, weight in kinds])[0]
    template = rng.choice(texts) if texts else _compose(recommend, rng)
    tags = game.tags if game else []
    aspects = [phrases.ASPECTS[tag] for tag in tags if tag in phrases.ASPECTS]
    return tone, template.format(
        title=owned.title,
        hours=max(1, owned.minutes // 60),
        aspect=rng.choice([*aspects, *aspects, rng.choice(phrases.PLAIN_ASPECTS)]),
    )


def _compose(recommend: bool, rng: Random) -> str:
    parts = (
        (phrases.POSITIVE_OPENINGS, phrases.POSITIVE_MIDDLES, phrases.POSITIVE_CLOSINGS)
        if recommend
        else (phrases.NEGATIVE_OPENINGS, phrases.NEGATIVE_MIDDLES, phrases.NEGATIVE_CLOSINGS)
    )
    # Steam's export removed line ends, which glued some sentences together.
    glue = "" if rng.random() < 0.1 else " "
    return glue.join(sentence for sentence in map(rng.choice, parts) if sentence)


def _date(game: Game | None, rng: Random) -> tuple[str, str]:
    """Return when a review was posted and last edited, after the game's release, as Steam writes it."""
    released = _latest_release_day(game) if game else _FIRST_OF_UNLISTED
    if released < _LAST_DAY_WITH_A_YEAR:
        earliest, latest = max(released, _FIRST_REVIEWS), _LAST_DAY_WITH_A_YEAR
        if rng.random() < 0.12:
            earliest, latest = date(READ_IN, 1, 1), _LAST_DAY
    else:
        earliest, latest = max(released, _LAST_DAY + timedelta(1)), released + timedelta(450)
    posted = earliest + rng.random() * (latest - earliest)
    edited = posted + rng.random() * (latest - posted)
    year_shown = posted.year != READ_IN or posted > _LAST_DAY
    last_edited = f"Last edited {_written(edited, year_shown)}" if rng.random() < 0.1 else ""
    return f"Posted {_written(posted, year_shown)}", last_edited


def _latest_release_day(game: Game) -> date:
    """Return the last day a coarse release date can mean."""
    if len(game.released) == 10:
        return date.fromisoformat(game.released)
    if len(game.released) == 4:
        return date(game.year, 12, 31)
    month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(game.released[:3]))
    return date(game.year, month, 28)


def _written(day: date, with_year: bool) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}{f', {day.year}' if with_year else ''}."


def _helpful(rng: Random) -> str:
    if rng.random() < 0.5:
        return "No ratings yet"
    total = min(_MOST_VOTES, 1 + int(rng.paretovariate(0.6)))
    agreeing = rng.randint(0, total)
    return f"{agreeing:,} of {total:,} people ({round(100 * agreeing / total)}%) found this review helpful"


def _funny(rng: Random) -> str:
    if rng.random() < 0.86:
        return ""
    count = min(_MOST_VOTES, int(rng.paretovariate(0.6)))
    return f"{count:,} {'person' if count == 1 else 'people'} found this review funny"
