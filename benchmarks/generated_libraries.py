"""Generated libraries of any number, for measuring growth: nobody's, and with no taste in them."""

from pathlib import Path

import numpy as np
from scipy import sparse

# Owned games per player, as of the 41 million recommendations of 14 million people.
_PAIRS_A_PLAYER = 2.9
_SPREAD = 1.2
_LARGEST_SHARE = 0.2
_ZIPF = 0.9
_SEED = 1
_FIRST_STEAM_ID = 76561197960265729
_PLAYERS_AT_ONCE = 50_000


def generated_libraries(pairs: int, games: int) -> "sparse.csr_array[np.float32]":
    """Return about this many owned games as players x games, ones.

    Sizes of libraries are log-normal, and games are drawn by a power of their rank, as popularity falls.
    """
    random = np.random.default_rng(_SEED)
    players = max(round(pairs / _PAIRS_A_PLAYER), 1)
    drawn_sizes = random.lognormal(np.log(_PAIRS_A_PLAYER) - _SPREAD**2 / 2, _SPREAD, players)
    sizes = np.clip(np.round(drawn_sizes), 1, _LARGEST_SHARE * games).astype(np.int64)
    popularity = np.cumsum(np.arange(1, games + 1, dtype=np.float64) ** -_ZIPF)
    drawn = np.searchsorted(popularity, random.random(sizes.sum()) * popularity[-1])
    # Ranks are dealt to indices at random: the popular games of a real catalogue do not stand together.
    drawn = random.permutation(games)[drawn]
    owned = np.unique(np.repeat(np.arange(players), sizes) * games + drawn)
    starts = np.searchsorted(owned, np.arange(players + 1) * games)
    ones = np.ones(len(owned), np.float32)
    return sparse.csr_array((ones, (owned % games).astype(np.int32), starts), shape=(players, games))


def write_items(file: Path, libraries: "sparse.csr_array[np.float32]") -> int:
    """Write libraries as an items file of the Steam form, and return its size in bytes."""
    items = [
        f"{{'item_id': '{game}', 'item_name': 'Generated game {game}', 'playtime_forever': {game % 997},"
        " 'playtime_2weeks': 0}"
        for game in range(10, 10 * libraries.shape[1] + 10, 10)
    ]
    with file.open("w", encoding="utf-8") as stream:
        for first in range(0, libraries.shape[0], _PLAYERS_AT_ONCE):
            part = libraries[first : first + _PLAYERS_AT_ONCE]
            owned = part.indices.tolist()
            starts = part.indptr.tolist()
            for row in range(part.shape[0]):
                player = first + row
                some = owned[starts[row] : starts[row + 1]]
                stream.write(
                    f"{{'user_id': 'generated{player}', 'items_count': {len(some)}, 'steam_id':"
                    f" '{_FIRST_STEAM_ID + player}', 'user_url': 'http://localhost/{player}', 'items': ["
                )
                stream.write(", ".join([items[game] for game in some]))
                stream.write("]}\n")
    return file.stat().st_size
