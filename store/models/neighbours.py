"""The item-item weights and the similar games that every recommendation is read from."""

import enum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, text_enum


class NeighbourBasis(enum.StrEnum):
    """Where a game's weights come from: who owns it, or, where too few do, what describes it."""

    LIBRARIES = "libraries"
    CONTENT = "content"


class Neighbours(Base):
    """The item-item weights of one game: what owning it adds to the raw scores of others, for or against.

    The arrays are of the same length, little-endian, the largest magnitude of weight first; of a game that
    many own they are longer. A personal list adds up the weights of every game owned, and decoding one array
    a game is far cheaper than fetching hundreds of rows for each. Neighbours are given by their indices in
    the arrays of `ScoredGames`, so that no app id is looked up to add them.
    """

    __tablename__ = "neighbours"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    # The index lets the rows be counted without reading their arrays.
    basis: Mapped[NeighbourBasis] = mapped_column(
        text_enum(NeighbourBasis), index=True, doc="what the weights come from"
    )
    neighbour_indices: Mapped[bytes] = mapped_column(doc="int32 indices, from 0")
    weights: Mapped[bytes] = mapped_column(doc="float32 signed weights")


class SimilarGames(Base):
    """The games most similar to one, most similar first; every game that has neighbours has a row.

    The arrays are of the same length, little-endian. How similar two games are is another question than the
    weight of one to the other, and has games of its own for an answer. They are given by their indices in
    the arrays of `ScoredGames`, as neighbours are.
    """

    __tablename__ = "similar_games"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    similar_indices: Mapped[bytes] = mapped_column(doc="int32 indices, from 0")
    similarity: Mapped[bytes] = mapped_column(
        doc="float32, above 0, how similar the two games are; it orders one row and means nothing across rows"
    )
    common_owners: Mapped[bytes] = mapped_column(doc="int32 counts of players who own both")


class PrecomputedScores(Base):
    """The preference scores of a player who owns very many games, as a query would compute them.

    Adding up the weights of thousands of games takes longer than all else that a list takes.
    """

    __tablename__ = "precomputed_scores"

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True, autoincrement=False)
    is_positive: Mapped[bytes] = mapped_column(doc="a bit for each of the games of `ScoredGames`, by index")
    scores: Mapped[bytes] = mapped_column(doc="float32, above 0, for each game whose bit is set")


class ScoredGames(Base):
    """Every game that has neighbours, and the model's parameters of it, in one row.

    The arrays are of the same length, little-endian; a game's position in them is its index. Every list
    takes the scores of thousands of games, and reading them all at once is cheaper than looking up a few.
    `store.scoring.scorer.ItemParams` says how the parameters make a score.
    """

    __tablename__ = "scored_games"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1, doc="always 1")
    # Before the arrays: SQLite reaches a column behind a megabyte slowly.
    state: Mapped[str] = mapped_column(
        doc="names these arrays and all weights as they are: a digest or another unique name"
    )
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids, ascending")
    editions: Mapped[bytes] = mapped_column(
        doc="int32 indices: that of the first game of which this one is an edition"
    )
    popularity: Mapped[bytes] = mapped_column(doc="float32 shares of the players who own it, 0 to 1")
    log_playtime_mean: Mapped[bytes] = mapped_column(
        doc="float32, the mean of log(1 + minutes) over its owners"
    )
    log_playtime_std: Mapped[bytes] = mapped_column(
        doc="float32, the standard deviation of the same, above 0"
    )
    own_intercept: Mapped[bytes] = mapped_column(doc="float32, of the logistic function for owning the game")
    own_slope: Mapped[bytes] = mapped_column(doc="float32, of the log-odds of the raw score by ownership")
    own_percentile_slope: Mapped[bytes] = mapped_column(
        doc="float32, of how far the log-odds by playtime are above these"
    )
    play_intercept: Mapped[bytes] = mapped_column(
        doc="float32, of that for owning the game and playing it over an hour"
    )
    play_slope: Mapped[bytes] = mapped_column(doc="float32, of the log-odds of the raw score by playing")
    play_percentile_slope: Mapped[bytes] = mapped_column(
        doc="float32, as `own_percentile_slope`, for owning the game and playing it over an hour"
    )
