"""The world behind the local Steam: a store, people, time, and what goes wrong."""

import threading
from collections.abc import Iterable, Mapping

from playground.steam.calls import Calls
from playground.steam.catalogue.catalogue import Catalogue
from playground.steam.limits import DAY, FIVE_MINUTES, Limit
from playground.steam.people import Person, people
from playground.steam.reviews import ReviewShelf
from playground.steam.story import Step, Storyteller
from playground.steam.switches import Switches
from playground.world.clock import Clock

KEY = "0123456789ABCDEF0123456789ABCDEF"
CALLS_A_DAY = 100_000
PAGES_IN_FIVE_MINUTES = 200


class World:
    """A store and its people.

    Args:
        games: how many games the store has, from 50 to 140,000.
        calls_a_day: how many calls a key has in a day.
        pages_in_five_minutes: how many pages of the store an address is given in five minutes.

    Attributes:
        lock: held while a call is answered; hold it to change several things at once from another thread.
        keys: the keys that are good; remove one to revoke it.
        addresses: the base address of each host, as answers name them.
        slow_seconds: how long a slow body takes, in real time.
    """

    def __init__(
        self,
        games: int = 500,
        *,
        calls_a_day: int = CALLS_A_DAY,
        pages_in_five_minutes: int = PAGES_IN_FIVE_MINUTES,
    ) -> None:
        self.lock = threading.RLock()
        self.clock = Clock()
        # On the hour, so that what is made in the same hour is the same.
        self.opened_at = int(self.clock.now()) // 3600 * 3600
        self.catalogue = Catalogue(games, self.opened_at, self.clock.now)
        self.reviews = ReviewShelf(self.opened_at, self.clock.now)
        self.switches = Switches()
        self.calls = Calls()
        self.keys = {KEY}
        self.addresses: Mapping[str, str] = {}
        self.slow_seconds = 2.0
        self.key_limit = Limit(calls_a_day, DAY, self.clock.now)
        self.page_limit = Limit(pages_in_five_minutes, FIVE_MINUTES, self.clock.now)
        self._people = {person.steamid: person for person in people(self.opened_at, games)}
        self._storyteller = Storyteller(self.catalogue, self.reviews)

    @property
    def now(self) -> int:
        """The present moment in whole Unix seconds."""
        return int(self.clock.now())

    @property
    def people(self) -> Iterable[Person]:
        """Everybody with an account."""
        return tuple(self._people.values())

    @property
    def story(self) -> list[Step]:
        """The steps that happened so far, in order."""
        return self._storyteller.played

    def person(self, steamid: int) -> Person | None:
        """Return an account by its number."""
        return self._people.get(steamid)

    def put(self, person: Person) -> None:
        """Add an account, or put it in the place of that with its number."""
        with self.lock:
            self._people[person.steamid] = person

    def advance(self, *, days: float = 0.0, seconds: float = 0.0) -> list[Step]:
        """Move time forward and return the steps of the story that happened meanwhile."""
        with self.lock:
            self.clock.advance(days * DAY + seconds)
            return self._storyteller.play_due((self.clock.now() - self.opened_at) / DAY, self.now)

    def play(self, step: Step) -> None:
        """Let a step of the story happen now."""
        with self.lock:
            self._storyteller.play(step, self.now)
