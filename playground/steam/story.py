"""What happens in the store, day by day, by name: several nights can be played in seconds."""

from dataclasses import dataclass
from enum import Enum
from typing import Self

from playground.steam.catalogue import invented
from playground.steam.catalogue.catalogue import Catalogue
from playground.steam.catalogue.game import FreeWeekend, Game
from playground.steam.catalogue.sections import About, Price, Release, ReviewCounts, Tags
from playground.steam.reviews import ReviewShelf

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens, and how many days after the beginning it happens by itself."""

    day: int
    what: str


class Step(Enum):
    """The changes of the store; the value says what each is and when it comes."""

    @property
    def word(self) -> str:
        """Its name as addresses take it, e.g. price-drop."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def named(cls, word: str) -> Self:
        """Return the step of a name.

        Raises:
            KeyError: if there is none.
        """
        return cls[word.upper().replace("-", "_")]

    RELEASE = Happening(1, "Snowglobe: Shaken is released at $14.99, with its first reviews.")
    PRICE_DROP = Happening(1, "Tidewright costs 40 % less for a week.")
    REVIEW_EDITED = Happening(2, "The oldest review of Mothlight is rewritten and turned around.")
    WITHDRAWAL = Happening(2, "The Long Commute is withdrawn from the store.")
    FREE_WEEKEND = Happening(3, "Tidewright can be played for three days without buying it.")
    NEW_GAME = Happening(3, "Lantern Post appears in the store, coming soon without a date.")


class Storyteller:
    """Lets steps happen in a store.

    Args:
        catalogue: what the store sells.
        reviews: what is said of it.
    """

    def __init__(self, catalogue: Catalogue, reviews: ReviewShelf) -> None:
        self._catalogue = catalogue
        self._reviews = reviews
        self._played: list[Step] = []

    @property
    def played(self) -> list[Step]:
        """The steps that happened, in order."""
        return list(self._played)

    def play_due(self, days: float, now: int) -> list[Step]:
        """Let every step happen that is due after this many days and did not yet; `now` in Unix seconds."""
        due = [step for step in Step if step.value.day <= days and step not in self._played]
        for step in due:
            self.play(step, now)
        return due

    def play(self, step: Step, now: int) -> None:
        """Let a step happen now, whatever the day."""
        change = self._catalogue.change
        if step is Step.RELEASE:
            release, counts = Release(now), ReviewCounts(11, 2)
            change(invented.SNOWGLOBE, release=release, price=Price(1499), reviews=counts)
        elif step is Step.PRICE_DROP:
            change(invented.TIDEWRIGHT, price=Price(2499, 40, now + 7 * DAY))
        elif step is Step.REVIEW_EDITED:
            self._edit_oldest(invented.MOTHLIGHT)
        elif step is Step.WITHDRAWAL:
            change(invented.THE_LONG_COMMUTE, listed=False)
        elif step is Step.FREE_WEEKEND:
            change(invented.TIDEWRIGHT, free_weekend=FreeWeekend(now, now + 3 * DAY))
        elif step is Step.NEW_GAME:
            self._catalogue.put(_lantern_post(now))
        self._played.append(step)

    def _edit_oldest(self, appid: int) -> None:
        game = self._catalogue.find(appid)
        if game is not None:
            self._reviews.edit(game, -1)


def _lantern_post(now: int) -> Game:
    return Game(
        invented.LANTERN_POST,
        "Lantern Post",
        about=About("Carry letters through the dark.", ("Brinework",), ("Brinework",)),
        tags=Tags(((1654, 12), (1742, 9))),
        release=Release(coming_soon=True, coming_soon_display="text_tba"),
        genres=(25,),
        last_modified=now,
        price_change_number=25_000_001,
    )
