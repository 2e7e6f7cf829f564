"""A source as large as one likes, grown from the generated sample; nobody's data are in it.

Its games have the genres, tags and features of the sample's; the words of their titles are as frequent as
those of the real catalogue.
Who owns and reviews what follows a power law, with a taste for one kind of game in half of each library.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.grown_titles import titles
from ingest.clean.developers import developers
from ingest.clean.rows import CleanGame, CleanReview, CleanStorePage, LibraryColumns
from ingest.sample.catalogue import CATALOGUE
from ingest.sample.phrases import NEGATIVE_MIDDLES, NEUTRAL, POSITIVE_MIDDLES
from ingest.sources.source import InputRead, InputRecord, SourceRecord
from store.models import GameKind
from store.runs import Progress

_TODAY = datetime(2026, 11, 27, tzinfo=UTC)
# One game in this many is an add-on to the one before it.
_ADD_ON = 12
_WORDS_OF_STUDIOS = sorted({word for game in CATALOGUE for word in game.title.split() if word.isalpha()})
_STUDIOS = ("Games", "Studio", "Interactive", "Works", "Entertainment")
_TEXTS = 2_000
# Games are owned, and players own, by these powers of their rank.
_POPULARITY, _EAGERNESS = 0.9, 0.45
_TASTES = 12


@dataclass(frozen=True, slots=True)
class Size:
    """How large a source is; of the games, the first `owned_games` are owned and reviewed at all."""

    games: int = 140_000
    owned_games: int = 14_000
    players: int = 88_000
    owned: int = 5_000_000
    reviews: int = 2_000_000


class GrownSource:
    """Games, libraries and reviews of a size, the same for a seed."""

    is_remote = False
    is_partial = False
    rules: Mapping[str, int] = {}
    notes: Sequence[str] = ()

    def __init__(self, size: Size, seed: int = 1) -> None:
        """Say how large it is."""
        self._size = size
        self._seed = seed
        self._libraries = _owned(size, np.random.default_rng(seed))

    def fetch(self, progress: Progress) -> None:
        """Do nothing: all is here."""

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return None: it is read whenever it is asked."""

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        """Yield all games."""
        random = np.random.default_rng(self._seed)
        makers = random.integers(0, max(self._size.games // 2, 1), self._size.games).tolist()
        before = ""
        for number, (title, maker) in enumerate(zip(titles(self._size.games, random), makers, strict=True)):
            yield _game(number, title, maker, before)
            before = title

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns]:
        """Yield all libraries."""
        random = np.random.default_rng(self._seed)
        for first in range(0, len(self._libraries), 1_000):
            part = LibraryColumns()
            for player, games in enumerate(self._libraries[first : first + 1_000], start=first):
                part.user_ids.append(_user(player))
                part.steam_ids.append(None)
                part.items_counts.append(len(games))
                part.sizes.append(len(games))
                part.games.extend(_app(game) for game in games.tolist())
                part.minutes.extend(random.lognormal(5, 2, len(games)).astype(np.int32).tolist())
                part.minutes_2weeks.extend([0] * len(games))
            yield part

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        """Yield reviews by owners of what they own."""
        random = np.random.default_rng(self._seed)
        share = self._size.reviews / max(sum(map(len, self._libraries)), 1)
        for player, games in enumerate(self._libraries):
            reviewed = games[random.random(len(games)) < share]
            days = random.integers(0, 4_000, len(reviewed)).tolist()
            texts = random.integers(0, _TEXTS, len(reviewed)).tolist()
            for game, day, text in zip(reviewed.tolist(), days, texts, strict=True):
                praises = text % 5 > 0
                yield CleanReview(
                    user_id=_user(player),
                    game_id=_app(game),
                    recommend=praises,
                    posted=_TODAY.date() - timedelta(days=day),
                    posted_inferred=False,
                    helpful=text % 40,
                    helpful_of=text % 40,
                    funny=0,
                    text=_text(text, praises=praises),
                    language="en",
                )

    def inputs(self) -> tuple[InputRead, ...]:
        """Return nothing: nothing was read from anywhere."""
        return ()


def _app(number: int) -> int:
    return 10 * (number + 1)


def _user(number: int) -> str:
    return f"grown_{number:07}"


def _game(number: int, title: str, maker: int, before: str) -> CleanGame:
    like = CATALOGUE[number % len(CATALOGUE)]
    is_add_on = number % _ADD_ON == _ADD_ON - 1
    released = date(2000, 1, 1) + timedelta(days=number * 7_919 % 9_700)
    price = number * 131 % 5_999
    studio = f"{_WORDS_OF_STUDIOS[maker % len(_WORDS_OF_STUDIOS)]} {_STUDIOS[maker % len(_STUDIOS)]} {maker}"
    return CleanGame(
        id=_app(number),
        title=f"{before} - {title}" if is_add_on else title,
        listed=True,
        kind=GameKind.DLC if is_add_on else GameKind.GAME,
        publisher=studio,
        release_date=released,
        release_year=released.year,
        release_text=released.isoformat(),
        price_cents=price,
        developers=developers(studio),
        genres=tuple(like.genres),
        tags=tuple(like.tags),
        specs=tuple(like.specs),
        page=CleanStorePage(
            short_description=f"{title}, a generated game.",
            currency="USD",
            list_price_cents=price,
            price_now_cents=price,
            discount_percent=0,
            rating_percent=40 + number % 60,
            rating_count=3_000_000 // (number + 1),
            on_windows=True,
            checked_at=_TODAY,
        ),
    )


def _text(number: int, *, praises: bool) -> str:
    middles = POSITIVE_MIDDLES if praises else NEGATIVE_MIDDLES
    return f"{middles[number % len(middles)]} {NEUTRAL[number % len(NEUTRAL)]} {number}"


def _owned(size: Size, random: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return the numbers of the games that each player owns, ascending."""
    wanted = np.arange(1, size.players + 1) ** -_EAGERNESS
    sizes = np.minimum(np.ceil(wanted * size.owned / wanted.sum()).astype(np.int64), size.owned_games // 2)
    shares = np.arange(1, size.owned_games + 1) ** -_POPULARITY
    everything = np.cumsum(shares)
    kinds = [np.arange(taste, size.owned_games, _TASTES) for taste in range(_TASTES)]
    of_kinds = [np.cumsum(shares[kind]) for kind in kinds]
    libraries = []
    for player, count in enumerate(sizes.tolist()):
        taste = player % _TASTES
        # More are drawn than are wanted, since the popular ones come again.
        drawn = np.searchsorted(everything, random.random(3 * count) * everything[-1])
        liked = np.searchsorted(of_kinds[taste], random.random(3 * count) * of_kinds[taste][-1])
        both = np.column_stack((drawn, kinds[taste][liked])).ravel()
        _, firsts = np.unique(both, return_index=True)
        libraries.append(np.sort(both[np.sort(firsts)[:count]]))
    return libraries
