"""Owners, minutes and money: by game, player and genre."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.score.tone import classify
from ingest.stage import Staged
from ingest.stage.staged import Int32
from store.models import (
    UNKNOWN_YEAR,
    Game,
    GameGenre,
    GameStats,
    Genre,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    OwnedGame,
    PlayerStats,
    Sentiment,
)
from store.people.anonymous import is_anonymous

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ownership:
    """Who owns what, in the store's own terms.

    Attributes:
        game_ids: The app id of each of `Staged.games`.
        player_ids: The row of each of `Staged.players`.
        game_index: The index in `Staged.games` of each entry of `Staged.libraries`.
        owners: How many own each game.
        owned: How many games each player owns.
    """

    game_ids: Int32
    player_ids: Int32
    game_index: Int32
    owners: Int64
    owned: Int64


def count_owners(staged: Staged, player_ids: Int32) -> Ownership:
    """Count owners and owned games; `player_ids` are the players' ids by index in `staged.players`."""
    game_ids = np.array([game.id for game in staged.games], dtype=np.int32)
    game_index = np.searchsorted(game_ids, staged.libraries.game).astype(np.int32)
    owners = np.bincount(game_index, minlength=len(game_ids))
    owned = np.bincount(staged.libraries.player, minlength=len(player_ids))
    return Ownership(game_ids, player_ids, game_index, owners, owned)


def write_game_stats(connection: Connection, staged: Staged, ownership: Ownership) -> None:
    """Fill the owners, playtime and reviews of games."""
    libraries, game_index = staged.libraries, ownership.game_index
    size = len(ownership.game_ids)
    reviewed = np.searchsorted(
        ownership.game_ids, np.array([review.game_id for review in staged.reviews], dtype=np.int32)
    )
    recommended = np.array([review.recommend is True for review in staged.reviews], dtype=bool)
    says = np.array([review.recommend is not None for review in staged.reviews], dtype=bool)
    classes = np.array([classify(tone.score) for tone in staged.tones], dtype=np.int8)
    judged = np.array([-1 if tone.judged is None else tone.judged for tone in staged.tones], dtype=np.int8)
    players, lower, median, upper = _quartiles(game_index, libraries.minutes, size)
    insert_columns(
        connection,
        GameStats,
        {
            "game_id": ownership.game_ids,
            "owners": ownership.owners,
            "players": players,
            "minutes": _sums(game_index, libraries.minutes, size),
            "minutes_p25": lower,
            "minutes_median": median,
            "minutes_p75": upper,
            "reviews": np.bincount(reviewed[says], minlength=size),
            "recommended": np.bincount(reviewed[recommended], minlength=size),
            **{
                f"{prefix}{sentiment.name.lower()}": np.bincount(reviewed[of == sentiment], minlength=size)
                for prefix, of in (("", classes), ("judged_", judged))
                for sentiment in Sentiment
            },
        },
    )
    _fill_up_game_stats(connection)


def _fill_up_game_stats(connection: Connection) -> None:
    """Give a row of zeros to games that nothing mentions any more."""
    game, stats = table_of(Game), table_of(GameStats)
    counts = [column.name for column in stats.c if not column.primary_key and not column.nullable]
    rows = select(game.c.id, *(0 for _ in counts)).where(game.c.id.not_in(select(stats.c.game_id)))
    connection.execute(insert(stats).from_select(["game_id", *counts], rows))


def _quartiles(
    game_index: Int32, minutes: Int32, size: int
) -> tuple[Int64, list[float | None], list[float | None], list[float | None]]:
    """Return how many played each game, and the quartiles of their minutes (linear interpolation)."""
    played = minutes > 0
    keys = np.sort((game_index[played].astype(np.int64) << 32) | minutes[played])
    values = (keys & 0xFFFFFFFF).astype(np.float64)
    players = np.bincount(keys >> 32, minlength=size)
    starts = np.cumsum(players) - players
    lower, median, upper = (_interpolate(values, starts, players, share) for share in (0.25, 0.5, 0.75))
    return players, lower, median, upper


def _interpolate(values: Float64, starts: Int64, lengths: Int64, share: float) -> list[float | None]:
    """Return the quantile `share` of each run of sorted `values`, None for an empty run."""
    filled = lengths > 0
    exact = starts[filled] + share * (lengths[filled] - 1)
    below = np.floor(exact).astype(np.int64)
    above = np.ceil(exact).astype(np.int64)
    quantile = values[below] + (exact - below) * (values[above] - values[below])
    result: list[float | None] = [None] * len(lengths)
    for run, value in zip(np.flatnonzero(filled).tolist(), quantile.tolist(), strict=True):
        result[run] = value
    return result


def _sums(index: Int32, values: Int32, size: int) -> Int64:
    # Sums in float64 are exact: no total comes near 2**53 minutes.
    return np.bincount(index, weights=values, minlength=size).astype(np.int64)


def write_player_stats(connection: Connection, staged: Staged, ownership: Ownership) -> None:
    """Fill what players own, spent and wrote."""
    player, game_index = staged.libraries.player, ownership.game_index
    size = len(ownership.player_ids)
    unpriced = np.array([game.price_cents is None for game in staged.games], dtype=bool)
    cents = np.array([game.price_cents or 0 for game in staged.games], dtype=np.int32)
    indices = {user_id: number for number, user_id in enumerate(staged.players.user_ids)}
    writers = np.array([indices[review.user_id] for review in staged.reviews], dtype=np.int32)
    recommended = np.array([review.recommend is True for review in staged.reviews], dtype=bool)
    says = np.array([review.recommend is not None for review in staged.reviews], dtype=bool)
    insert_columns(
        connection,
        PlayerStats,
        {
            "player_id": ownership.player_ids,
            "owned": ownership.owned,
            "minutes": _sums(player, staged.libraries.minutes, size),
            "spent_cents": _sums(player, cents[game_index], size),
            "unpriced": np.bincount(player[unpriced[game_index]], minlength=size),
            "reviews": np.bincount(writers[says], minlength=size),
            "recommended": np.bincount(writers[recommended], minlength=size),
        },
    )


def write_genre_champions(connection: Connection, staged: Staged, ownership: Ownership) -> None:
    """Find who played each genre most, of those who have a name; of equals, the first user id by letter."""
    # Imported here: few nights need it.
    from scipy.sparse import csr_array  # noqa: PLC0415

    table = table_of(Genre)
    ids = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    names = sorted(ids)
    columns = {name: number for number, name in enumerate(names)}
    pairs = [(row, columns[name]) for row, game in enumerate(staged.games) for name in game.genres]
    games, genres = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    carries = csr_array((np.ones(len(pairs)), (games, genres)), shape=(len(staged.games), len(names)))
    player_ids = ownership.player_ids
    starts = np.concatenate(([0], np.cumsum(ownership.owned)))
    played = csr_array(
        (staged.libraries.minutes.astype(np.float64), ownership.game_index, starts),
        shape=(len(player_ids), len(staged.games)),
    )
    minutes = (played @ carries).toarray()
    minutes[[is_anonymous(user_id) for user_id in staged.players.user_ids]] = 0
    champions: list[tuple[int, int, int]] = []
    for number, name in enumerate(names):
        column = minutes[:, number]
        most = column.max(initial=0)
        if most > 0:
            equals = np.flatnonzero(column == most).tolist()
            best = min(equals, key=lambda entry: staged.players.user_ids[entry])
            champions.append((ids[name], int(player_ids[best]), int(most)))
    insert_columns(
        connection,
        GenreChampion,
        {
            "genre_id": [genre for genre, _player, _minutes in champions],
            "player_id": [player for _genre, player, _minutes in champions],
            "minutes": [total for _genre, _player, total in champions],
        },
    )
    _write_champions_years(connection)


def _write_champions_years(connection: Connection) -> None:
    champion, owned = table_of(GenreChampion), table_of(OwnedGame)
    link, game = table_of(GameGenre), table_of(Game)
    year = func.coalesce(game.c.release_year, UNKNOWN_YEAR)
    minutes = func.sum(owned.c.minutes)
    rows = (
        select(champion.c.genre_id, year, minutes)
        .join(owned, owned.c.player_id == champion.c.player_id)
        .join(link, (link.c.game_id == owned.c.game_id) & (link.c.genre_id == champion.c.genre_id))
        .join(game, game.c.id == owned.c.game_id)
        .group_by(champion.c.genre_id, year)
        .having(minutes > 0)
    )
    target = table_of(GenreChampionYear)
    connection.execute(insert(target).from_select(["genre_id", "year", "minutes"], rows))


def write_genre_years(connection: Connection) -> None:
    """Fill the minutes by genre and release year from the games' own sums."""
    stats, link, game = table_of(GameStats), table_of(GameGenre), table_of(Game)
    year = func.coalesce(game.c.release_year, UNKNOWN_YEAR)
    rows = (
        select(link.c.genre_id, year, func.sum(stats.c.minutes))
        .join(stats, stats.c.game_id == link.c.game_id)
        .join(game, game.c.id == link.c.game_id)
        .group_by(link.c.genre_id, year)
    )
    connection.execute(insert(table_of(GenreYear)).from_select(["genre_id", "year", "minutes"], rows))
