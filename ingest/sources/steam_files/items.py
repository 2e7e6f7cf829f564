"""Staging the items file: millions of small records, kept as columns of numbers."""

from array import array
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter

import numpy as np

from ingest.parse.schemas import RawOwner
from ingest.clean.text import clean_optional, clean_text
from ingest.parse import swap_quotes
from ingest.parse.records import UserLines
from ingest.rejects import Tally
from ingest.sources.steam_files.source_file import Batch, SourceFile
from ingest.stage.staged import Int32, Libraries, StagedPlayer

_ids = attrgetter("item_id")
_minutes = attrgetter("playtime_forever")
_minutes_2weeks = attrgetter("playtime_2weeks")


@dataclass(slots=True)
class ItemColumns:
    """The items of some lines: one entry an owner, and the items of all owners one after the other."""

    user_ids: list[str] = field(default_factory=list)
    steam_ids: list[str | None] = field(default_factory=list)
    items_counts: "array[int]" = field(default_factory=lambda: array("i"))
    owned: "array[int]" = field(default_factory=lambda: array("i"))
    games: "array[int]" = field(default_factory=lambda: array("i"))
    minutes: "array[int]" = field(default_factory=lambda: array("i"))
    minutes_2weeks: "array[int]" = field(default_factory=lambda: array("i"))


@dataclass(frozen=True, slots=True, eq=False)
class ItemsRead:
    """The libraries, their owners in the file's order, and the names that the file gives to apps."""

    players: list[StagedPlayer]
    libraries: Libraries
    titles: dict[int, str]
    tally: Tally
    blank: int
    repeated: int


def read_items(source: SourceFile) -> ItemsRead:
    """Read the whole items file; raises SourceError."""
    lines = UserLines(RawOwner, "items", swap_quotes)
    merged = _Merged()
    titles: dict[int, str] = {}
    for batch in source.batches():
        merged.add(columns_of(lines, batch, titles))
    players, libraries = merged.libraries()
    refused = sum(entry.record is not None for entry in lines.rejects)
    tally = Tally(lines.lines, merged.items + refused, lines.rejects)
    repeated = merged.items - len(libraries.game)
    return ItemsRead(players, libraries, titles, tally, lines.blank, repeated)


def columns_of(lines: UserLines[RawOwner], batch: Batch, titles: dict[int, str]) -> ItemColumns:
    """Decode a batch into columns, and add the first title of each app that `titles` lacks."""
    columns = ItemColumns()
    for _number, owner in lines.decode(batch):
        columns.user_ids.append(clean_text(owner.user_id))
        columns.steam_ids.append(clean_optional(owner.steam_id))
        columns.items_counts.append(owner.items_count)
        columns.owned.append(len(owner.items))
        games = array("i", map(_ids, owner.items))
        columns.games += games
        columns.minutes.extend(map(_minutes, owner.items))
        columns.minutes_2weeks.extend(map(_minutes_2weeks, owner.items))
        if not all(map(titles.__contains__, games)):
            for item in owner.items:
                titles.setdefault(item.item_id, item.item_name)
    return columns


class _Merged:
    """The columns of all batches, with the lines of one user brought together."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._steam_ids: list[str | None] = []
        self._items_counts: list[int] = []
        self._columns: list[tuple[Int32, Int32, Int32, Int32]] = []
        self.items = 0

    def add(self, columns: ItemColumns) -> None:
        places = np.empty(len(columns.user_ids), dtype=np.int32)
        for number, (user_id, steam_id, count) in enumerate(
            zip(columns.user_ids, columns.steam_ids, columns.items_counts, strict=True)
        ):
            place = self._places.setdefault(user_id, len(self._places))
            if place == len(self._steam_ids):
                self._steam_ids.append(steam_id)
                self._items_counts.append(count)
            else:
                self._steam_ids[place] = self._steam_ids[place] or steam_id
                self._items_counts[place] = max(self._items_counts[place], count)
            places[number] = place
        numbers = (columns.games, columns.minutes, columns.minutes_2weeks)
        games, minutes, minutes_2weeks = (np.array(column, dtype=np.int32) for column in numbers)
        players = np.repeat(places, np.array(columns.owned, dtype=np.int32))
        self._columns.append((players, games, minutes, minutes_2weeks))
        self.items += len(games)

    def libraries(self) -> tuple[list[StagedPlayer], Libraries]:
        columns = [np.concatenate(parts) for parts in zip(*self._columns, strict=True)]
        self._columns.clear()
        libraries = _sorted_once(*columns)
        digests = _fingerprints(libraries, self._steam_ids, self._items_counts)
        players = [
            StagedPlayer(user_id, steam_id, count, digest)
            for user_id, steam_id, count, digest in zip(
                self._places, self._steam_ids, self._items_counts, digests, strict=True
            )
        ]
        return players, libraries


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


def _fingerprints(libraries: Libraries, steam_ids: list[str | None], items_counts: list[int]) -> list[bytes]:
    """Return a digest of each player's library, SteamID and count."""
    rows = np.stack((libraries.game, libraries.minutes, libraries.minutes_2weeks), axis=1).astype("<i4")
    packed = memoryview(rows.tobytes())
    ends = np.searchsorted(libraries.player, np.arange(len(steam_ids)), side="right") * rows.itemsize * 3
    digests: list[bytes] = []
    start = 0
    for end, steam_id, count in zip(ends.tolist(), steam_ids, items_counts, strict=True):
        digest = blake2b(packed[start:end], digest_size=16)
        digest.update(f"{steam_id},{count}".encode())
        digests.append(digest.digest())
        start = end
    return digests
