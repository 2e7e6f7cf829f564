"""Bringing libraries together: millions of small records, kept as columns of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from ingest.clean.rows import AnonymousColumns, LibraryColumns
from ingest.stage.anonymous import AnonymousSample
from ingest.stage.players import FINGERPRINT_BYTES, Fingerprints, PlayerColumns, StagedPlayers, SteamIds
from ingest.stage.staged import AnonymousLibraries, Int32, Libraries


@dataclass(frozen=True, slots=True, eq=False)
class MergedLibraries:
    """All libraries, their owners in the source's order, and the names that the source gives to apps.

    `repeated` counts games that are listed again for the same owner.
    """

    players: StagedPlayers
    libraries: Libraries
    anonymous: AnonymousLibraries
    titles: Mapping[int, str]
    repeated: int


def merge_libraries(
    parts: Iterable[LibraryColumns | AnonymousColumns], most_anonymous: int = 0
) -> MergedLibraries:
    """Bring together all parts of all libraries; of an app's titles the first counts.

    Of the people without names, `most_anonymous` are kept, a random sample.
    """
    return collect_libraries(parts, most_anonymous).merged()


def collect_libraries(
    parts: Iterable[LibraryColumns | AnonymousColumns], most_anonymous: int = 0
) -> "CollectedLibraries":
    """Read all parts of all libraries; merging them, which is nearly all NumPy's, is left to the caller."""
    collected = CollectedLibraries(most_anonymous)
    for part in parts:
        collected.add(part)
    return collected


class CollectedLibraries:
    """The columns of all parts, with those of one owner under one index."""

    def __init__(self, most_anonymous: int) -> None:
        self._players = PlayerColumns()
        self._columns: list[tuple[Int32, Int32, Int32, Int32]] = []
        self._titles: dict[int, str] = {}
        self._items = 0
        self._sample = AnonymousSample(most_anonymous)

    def add(self, part: LibraryColumns | AnonymousColumns) -> None:
        """Add some libraries."""
        if isinstance(part, AnonymousColumns):
            self._sample.add(part)
            return
        owners = self._players.add(part.user_ids, part.steam_ids, part.items_counts)
        numbers = (part.games, part.minutes, part.minutes_2weeks)
        games, minutes, minutes_2weeks = (np.array(column, dtype=np.int32) for column in numbers)
        players = np.repeat(owners, np.array(part.sizes, dtype=np.int32))
        self._columns.append((players, games, minutes, minutes_2weeks))
        self._items += len(games)
        for app, title in part.titles.items():
            self._titles.setdefault(app, title)

    def merged(self) -> MergedLibraries:
        """Bring them together, and forget them."""
        empty = np.empty(0, dtype=np.int32)
        columns = [np.concatenate(parts) for parts in zip((empty,) * 4, *self._columns, strict=True)]
        self._columns.clear()
        libraries = _sorted_once(*columns)
        user_ids, steam_ids, said = self._players.take()
        sizes = np.bincount(libraries.player, minlength=len(user_ids)).astype(np.int32)
        counts = np.where(said < 0, sizes, said)
        digests = _fingerprints(libraries, steam_ids, counts)
        players = StagedPlayers(user_ids, steam_ids, counts, digests)
        repeated = self._items - len(libraries.game)
        return MergedLibraries(players, libraries, self._sample.libraries(), self._titles, repeated)


def _sorted_once(player: Int32, game: Int32, minutes: Int32, minutes_2weeks: Int32) -> Libraries:
    """Sort by player and game; of a pair that occurs again, keep the most minutes: playtime only grows."""
    pair = (player.astype(np.int64) << 32) | game
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    starts = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else order
    del pair
    return Libraries(
        player=player[order[starts]],
        game=game[order[starts]],
        minutes=_most(minutes[order], starts),
        minutes_2weeks=_most(minutes_2weeks[order], starts),
    )


def _most(values: Int32, starts: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Int32:
    return np.maximum.reduceat(values, starts) if len(starts) else values


def _fingerprints(libraries: Libraries, steam_ids: SteamIds, items_counts: Int32) -> Fingerprints:
    """Return a digest of each player's library, SteamID and count."""
    rows = np.stack((libraries.game, libraries.minutes, libraries.minutes_2weeks), axis=1).astype("<i4")
    packed = memoryview(rows.tobytes())
    ends = np.searchsorted(libraries.player, np.arange(len(steam_ids)), side="right") * rows.itemsize * 3
    digests = bytearray()
    start = 0
    for end, steam_id, count in zip(ends.tolist(), steam_ids.tolist(), items_counts.tolist(), strict=True):
        digest = blake2b(packed[start:end], digest_size=FINGERPRINT_BYTES)
        digest.update(f"{steam_id.decode() or None},{count}".encode())
        digests += digest.digest()
        start = end
    return np.frombuffer(digests, np.uint8).reshape(-1, FINGERPRINT_BYTES)
