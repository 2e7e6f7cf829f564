"""The users of a source as columns: of many millions, an object each would take more memory than all else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
SteamIds = NDArray[np.bytes_]
Fingerprints = NDArray[np.uint8]

# The digits of the largest SteamID, and the bytes of a fingerprint.
STEAM_ID = np.dtype("S20")
FINGERPRINT_BYTES = 16
# The count of a user whose library the source does not have.
NO_LIBRARY = -1


@dataclass(frozen=True, slots=True, eq=False)
class StagedPlayers:
    """The users, in columns of one length.

    Attributes:
        user_ids: What the source calls them, each once.
        steam_ids: The digits of their SteamIDs, empty where they are not known.
        items_counts: How many games the source says that they own; -1 where it names no library of theirs.
        fingerprints: Digests of library, SteamID and count, uint8 of shape (players, 16), or 0.
    """

    user_ids: Sequence[str]
    steam_ids: SteamIds
    items_counts: Int32
    fingerprints: Fingerprints

    def __len__(self) -> int:
        """Return how many users there are."""
        return len(self.user_ids)

    def and_without_library(self, user_ids: Sequence[str]) -> "StagedPlayers":
        """Return these users, followed by others whose libraries the source does not name."""
        more = len(user_ids)
        return StagedPlayers(
            [*self.user_ids, *user_ids],
            np.concatenate([self.steam_ids, np.zeros(more, STEAM_ID)]),
            np.concatenate([self.items_counts, np.full(more, NO_LIBRARY, np.int32)]),
            np.concatenate([self.fingerprints, np.zeros((more, FINGERPRINT_BYTES), np.uint8)]),
        )

    def steam_ids_of(self, indices: Sequence[int]) -> list[str | None]:
        """Return the SteamIDs of some users, None where they are not known."""
        return [digits.decode() or None for digits in self.steam_ids[indices].tolist()]

    def items_counts_of(self, indices: Sequence[int]) -> list[int | None]:
        """Return the counts of some users, None where the source names no library."""
        counts = self.items_counts[indices].tolist()
        return [None if count == NO_LIBRARY else count for count in counts]

    def fingerprints_of(self, indices: Sequence[int]) -> list[bytes | None]:
        """Return the fingerprints of some users, None where the source names no library."""
        rows, counts = self.fingerprints[indices], self.items_counts[indices].tolist()
        return [
            None if count == NO_LIBRARY else row.tobytes() for row, count in zip(rows, counts, strict=True)
        ]


@dataclass(slots=True)
class PlayerColumns:
    """Collects users as they come, some of them again."""

    _indices: dict[str, int] = field(default_factory=dict)
    _parts: list[tuple[Int32, SteamIds, Int32]] = field(default_factory=list)

    def add(
        self, user_ids: Iterable[str], steam_ids: Iterable[str | None], items_counts: Sequence[int]
    ) -> Int32:
        """Add some users, and return the index of each; a count of -1 is none."""
        indices = self._indices
        players = np.fromiter((indices.setdefault(user_id, len(indices)) for user_id in user_ids), np.int32)
        digits = np.array([steam_id or "" for steam_id in steam_ids], STEAM_ID)
        self._parts.append((players, digits, np.array(items_counts, np.int32)))
        return players

    def take(self) -> tuple[list[str], SteamIds, Int32]:
        """Return the users in the order in which they came first, and forget them.

        Returns:
            The user ids, the first SteamID of each, and the largest of the counts.
        """
        user_ids = list(self._indices)
        self._indices.clear()
        steam_ids = np.zeros(len(user_ids), STEAM_ID)
        counts = np.full(len(user_ids), NO_LIBRARY, np.int32)
        # The last part first, so that what came first stays.
        while self._parts:
            players, digits, said = self._parts.pop()
            is_known = np.flatnonzero(digits != b"")[::-1]
            steam_ids[players[is_known]] = digits[is_known]
            np.maximum.at(counts, players, said)
        return user_ids, steam_ids, counts
