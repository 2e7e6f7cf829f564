"""Owners, minutes and money: by game, player and genre."""

import numpy as np
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.load import StoredPlayers
from ingest.score.tone import classify
from ingest.stage import Staged
from ingest.summarize.ownership import Ownership
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


def write_game_stats(
    connection: Connection, staged: Staged, ownership: Ownership, _players: StoredPlayers
) -> None:
    """Fill the owners, playtime and reviews of games."""
    size = len(ownership.game_ids)
    reviewed = np.searchsorted(
        ownership.game_ids, np.array([review.game_id for review in staged.reviews], dtype=np.int32)
    )
    recommended = np.array([review.recommend is True for review in staged.reviews], dtype=bool)
    says = np.array([review.recommend is not None for review in staged.reviews], dtype=bool)
    tones = staged.tones()
    classes = np.array([classify(tone.score) for tone in tones], dtype=np.int8)
    judged = np.array([-1 if tone.judged is None else tone.judged for tone in tones], dtype=np.int8)
    played = ownership.played
    insert_columns(
        connection,
        GameStats,
        {
            "game_id": ownership.game_ids,
            "owners": ownership.owners,
            "players": played.players,
            "minutes": ownership.minutes_of_games,
            "minutes_p25": played.lower,
            "minutes_median": played.median,
            "minutes_p75": played.upper,
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


def write_player_stats(
    connection: Connection, staged: Staged, ownership: Ownership, players: StoredPlayers
) -> None:
    """Fill what players own, spent and wrote."""
    size = len(players.ids)
    indices = {user_id: number for number, user_id in enumerate(staged.players.user_ids)}
    writers = np.array([indices[review.user_id] for review in staged.reviews], dtype=np.int32)
    recommended = np.array([review.recommend is True for review in staged.reviews], dtype=bool)
    says = np.array([review.recommend is not None for review in staged.reviews], dtype=bool)
    insert_columns(
        connection,
        PlayerStats,
        {
            "player_id": players.ids,
            "owned": ownership.owned,
            "minutes": ownership.minutes_of_players,
            "spent_cents": ownership.spent_cents,
            "unpriced": ownership.unpriced,
            "reviews": np.bincount(writers[says], minlength=size),
            "recommended": np.bincount(writers[recommended], minlength=size),
        },
    )


def write_genre_champions(
    connection: Connection, _staged: Staged, ownership: Ownership, players: StoredPlayers
) -> None:
    """Fill who played each genre most, and that player's minutes by release year."""
    table = table_of(Genre)
    ids = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    champions = ownership.champions
    insert_columns(
        connection,
        GenreChampion,
        {
            "genre_id": [ids[champion.genre] for champion in champions],
            "player_id": [int(players.ids[champion.player]) for champion in champions],
            "minutes": [champion.minutes for champion in champions],
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
