"""Write the sample: three raw files that look like the real ones and hold nobody's data."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from ingest.sample.formats import write_gzip_lines
from ingest.sample.games_file import GamesFormat, count_games, count_nameless, games_lines
from ingest.sample.players import invent_players
from ingest.sample.reviews import invent_reviews
from ingest.sample.user_files import items_lines, reviews_lines
from store.files.folders import make_folder

# A fifth of the share of rejected lines at which an ingest gives up by default.
_MOST_UNREADABLE: Final = 0.01


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """What the files hold once cleaned: distinct games, players, owned games and reviews.

    `rejects` counts what no cleaning can use: unreadable lines of all three files and a game without an id.
    """

    games: int
    players: int
    owned: int
    reviews: int
    rejects: int

    def __str__(self) -> str:
        return f"{self.games} games, {self.players} invented players and {self.reviews} invented reviews"


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Where the three files are, and what they hold."""

    games: Path
    reviews: Path
    items: Path
    counts: SampleCounts


def write_sample(
    folder: Path, *, players: int = 400, seed: int = 20180104, games_format: GamesFormat = "literal"
) -> SampleFiles:
    """Write the generated sample into a folder, which is made where it is missing; old samples are replaced.

    The catalogue holds public facts of real games. Players and reviews are invented: user names start with
    `sample_` or are numbers that no Steam account can have.

    Args:
        folder: where to write `steam_games.json.gz`, `user_reviews.json.gz` and `users_items.json.gz`.
        players: how many players to invent, at least 1.
        seed: equal seeds give equal files, byte for byte with one version of zlib.
        games_format: `literal` for Python literals with `u''` strings, the default, as that form takes
            the more careful reading; `json` for JSON lines with `NaN`, the first of them empty.

    Raises:
        ValueError: if `players` is less than 1.
        OSError: if the folder cannot be written.
    """
    if players < 1:
        msg = f"A sample needs at least 1 player, not {players}."
        raise ValueError(msg)
    make_folder(folder)
    invented = invent_players(players, _stream(seed, "players"))
    reviews = invent_reviews(invented, _stream(seed, "reviews"))
    lines = {
        "steam_games.json.gz": list(games_lines(games_format, _stream(seed, "games file"))),
        "user_reviews.json.gz": list(reviews_lines(invented, reviews, _stream(seed, "reviews file"))),
        "users_items.json.gz": list(items_lines(invented, _stream(seed, "items file"))),
    }
    unreadable = 0
    for name, readable in lines.items():
        planted = _unreadable_lines(readable)
        unreadable += len(planted)
        write_gzip_lines(folder / name, _with_planted(readable, planted, _stream(seed, name)))
    return SampleFiles(
        games=folder / "steam_games.json.gz",
        reviews=folder / "user_reviews.json.gz",
        items=folder / "users_items.json.gz",
        counts=SampleCounts(
            games=count_games(),
            players=len(invented),
            owned=sum(len(player.library) for player in invented),
            reviews=sum(len(written) for written in reviews.values()),
            rejects=unreadable + count_nameless(),
        ),
    )


def _stream(seed: int, purpose: str) -> Random:
    """Return random numbers of one purpose's own, so that a change to one file leaves the others as they are.

    The standard library's generator gives the same numbers on every supported version of Python.
    """
    return Random(f"{seed}: {purpose}")  # noqa: S311 - invented data, no secrets


def _unreadable_lines(readable: list[str]) -> list[str]:
    """Return up to two lines that nobody can read, few enough for the file not to be refused."""
    cut_short = "{'user_id': 'sample_cut_short', 'items_co"
    no_data = "<html><body>Sample of a page that holds no data</body></html>"
    return [cut_short, no_data][: int(_MOST_UNREADABLE * len(readable))]


def _with_planted(readable: list[str], planted: Iterable[str], rng: Random) -> list[str]:
    """Put the planted lines somewhere into the second half, past any empty lines a file starts with."""
    lines = list(readable)
    for line in planted:
        lines.insert(rng.randrange(len(lines) // 2, len(lines)), line)
    return lines
