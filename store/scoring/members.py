"""Whose preferences are asked for, and what is known of that person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, joined, values_param
from store.errors import Unknown
from store.models import Review
from store.names import resolve_players
from store.people.person import Person
from store.people.taste import Taste
from store.scoring.item_index import IndexedLibrary, ItemIndex
from store.scoring.libraries import Library, read_libraries
from store.scoring.scorer import Indices

# Hundreds of games a person, for which an index is enough.
_REVIEWS = (
    select(Review.player_id, joined(Review.game_id))
    .where(Review.player_id.in_(select(VALUES_TABLE.c.value)))
    .group_by(Review.player_id)
)
_REVIEWED = Prepared(_REVIEWS)
_RECOMMENDED = Prepared(_REVIEWS.where(Review.recommend.is_(True)))
_NO_IDS = np.zeros(0, np.int64)


def _none() -> Indices:
    return np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whose preferences are asked for.

    Attributes:
        player: The store's own id, or None if the data lack the person.
        name: What an error calls the person.
        library: What the preferences are computed from: the games that the person owns, or, of a player
            without any, those that the player's reviews recommend; and those that the person says to like.
        reviewed: The indices of the games that the person reviewed, for or against.
        by_reviews: Whether the library is of recommended games.
        liked: The indices of the games that the person says to like.
        only_liked: Those of them that the person is not known to own.
        disliked: The indices of the games that the person says not to like.
        borrows: The indices of the games that the person may play though others own them.
    """

    player: int | None
    name: str
    library: IndexedLibrary
    reviewed: Indices = field(default_factory=_none)
    by_reviews: bool = False
    liked: Indices = field(default_factory=_none)
    only_liked: Indices = field(default_factory=_none)
    disliked: Indices = field(default_factory=_none)
    borrows: Indices = field(default_factory=_none)

    @property
    def owned(self) -> Indices:
        """The indices of the games that the person is known to own."""
        if self.by_reviews:
            return _none()
        return _not_among(self.library.indices, self.only_liked)

    @property
    def known(self) -> Indices:
        """The indices of the games that the person knows, none of which is suggested."""
        return np.concatenate([self.owned, self.reviewed, self.liked, self.disliked])

    @property
    def playable(self) -> Indices:
        """The indices of the games that the person can play at once: owned, borrowed, or liked.

        What is liked counts only where nothing is known of what the person owns.
        """
        owned = self.owned if len(self.owned) else self.liked
        return np.concatenate([owned, self.borrows])

    @property
    def not_to_buy(self) -> Indices:
        """The indices of the games that nobody need tell the person to buy: known ones, or not liked."""
        return np.concatenate([self.playable, self.owned, self.reviewed, self.disliked])

    @property
    def told_taste(self) -> bool:
        """Whether there is a taste, so that the preferences are not just those of the library."""
        return bool(len(self.liked) or len(self.disliked))

    def with_taste(self, games: ItemIndex, taste: Taste) -> "Member":
        """Return the person with the taste, which counts before what is owned.

        A game that is liked counts as one that is owned and played as usual; one that is not liked counts
        against what goes with it, even where it is owned.
        """
        if not taste:
            return self
        disliked = games.indices(_ids(list(taste.disliked)))
        liked = games.indices(_ids(list(taste.liked)))
        library = self.library.without(disliked)
        added = _not_among(np.unique(liked), library.indices)
        if len(added):
            library = library.with_unplayed(added)
        return replace(self, library=library, liked=liked, only_liked=added, disliked=disliked)

    def missing(self, games: ItemIndex) -> Unknown:
        """Return what is not known where no game of the person has any weight."""
        if not len(games):
            return Unknown.TRAINING
        if self.player is None:
            return Unknown.GAMES
        nothing = self.by_reviews and not len(self.library.indices)
        return Unknown.PLAYER if nothing else Unknown.LIBRARY


def who_likes(games: ItemIndex, liked: Sequence[int]) -> Member:
    """Return somebody of whom nothing is known but which games, by their app ids, this person likes."""
    nobody = Member(None, "", games.index_library(library_of({})))
    return nobody.with_taste(games, Taste(liked=tuple(liked)))


def load_members(session: Session, games: ItemIndex, players: Sequence[int]) -> list[Member]:
    """Return what is known of each player, given by the store's own id.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    reviewed = _games_by_player(session, _REVIEWED, players)
    libraries = dict(zip(players, read_libraries(session, players), strict=True))
    without = [player for player, (_name, library) in libraries.items() if not len(library.game_ids)]
    recommended = _games_by_player(session, _RECOMMENDED, without)
    return [
        _member(
            games, player, *libraries[player], reviewed.get(player, _NO_IDS), recommended.get(player, _NO_IDS)
        )
        for player in players
    ]


def load_people(session: Session, games: ItemIndex, people: Sequence[Person]) -> list[Member]:
    """Return what is known of each person.

    Raises:
        NotFound: One of the players is unknown.
        DatabaseUnavailable: The store contradicts itself.
    """
    in_data = [person.user_id for person in people if person.user_id is not None and person.library is None]
    players = iter(load_members(session, games, resolve_players(session, in_data)) if in_data else [])
    return [_with_taste(games, person, players) for person in people]


def _with_taste(games: ItemIndex, person: Person, players: Iterator[Member]) -> Member:
    if person.user_id is not None and person.library is None:
        member = replace(next(players), name=person.name)
    else:
        owned = library_of(person.library or {})
        member = Member(None, person.name, games.index_library(owned))
    borrows = games.indices(_ids(list(person.borrows)))
    return replace(member.with_taste(games, person.taste), borrows=borrows)


def library_of(minutes: Mapping[int, float | None]) -> Library:
    """Return the library of app ids to minutes played, None where unknown."""
    owned = np.fromiter(minutes, np.int64, len(minutes))
    played = np.array(list(minutes.values()), np.float64)  # None becomes not a number
    order = np.argsort(owned)
    return Library(owned[order], played[order])


def _games_by_player(
    session: Session, statement: Prepared[int, str], players: Sequence[int]
) -> dict[int, NDArray[np.int64]]:
    """Return the app ids that a statement joins for each player, ascending; no player without any."""
    rows = statement.all(session.connection(), values_param(players)) if players else []
    return {player: np.sort(np.fromstring(games, np.int64, sep=",")) for player, games in rows}


def _member(  # noqa: PLR0917 - what was read of a player
    games: ItemIndex,
    player: int,
    name: str,
    library: Library,
    reviewed: NDArray[np.int64],
    recommended: NDArray[np.int64],
) -> Member:
    by_reviews = not len(library.game_ids)
    if by_reviews:
        library = Library(recommended, np.full(len(recommended), np.nan))
    return Member(player, name, games.index_library(library), games.indices(reviewed), by_reviews)


def _not_among(indices: Indices, others: Indices) -> Indices:
    """Return those of some indices that are none of others, each once in either, in their order."""
    if not len(indices) or not len(others):
        return indices
    return indices[~np.isin(indices, others, assume_unique=True)]


def _ids(games: list[int]) -> NDArray[np.int64]:
    return np.array(sorted(games), np.int64)
