"""The item-item weights that every recommendation is read from."""

import enum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, text_enum


class NeighbourBasis(enum.StrEnum):
    """Where a game's weights come from: who owns it, or, where too few do, what describes it."""

    LIBRARIES = "libraries"
    CONTENT = "content"


class Neighbours(Base):
    """The games that owning one game speaks for or against, largest magnitude first.

    The arrays are of the same length, little-endian: a personal list adds up the weights of every game owned,
    and unpacking one array a game is far cheaper than fetching a hundred rows for each. Neighbours are named
    by their places among the games of `ScoredGames`, so that adding up takes no looking up.
    """

    __tablename__ = "neighbours"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    # The index lets the rows be counted without reading their arrays.
    basis: Mapped[NeighbourBasis] = mapped_column(text_enum(NeighbourBasis), index=True)
    neighbour_places: Mapped[bytes] = mapped_column(doc="int32 places, from 0")
    weights: Mapped[bytes] = mapped_column(doc="float32 signed weights")
    alikeness: Mapped[bytes] = mapped_column(doc="float32, how alike the two games are, 0 for not at all")
    common_owners: Mapped[bytes] = mapped_column(doc="int32 counts of players who own both")


class KeptLiking(Base):
    """How much a player who owns very many games likes each game there is, as a question works it out.

    To add up what thousands of games say takes longer than all else that a list takes.
    """

    __tablename__ = "kept_likings"

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True, autoincrement=False)
    liked: Mapped[bytes] = mapped_column(doc="a bit for each of the games of `ScoredGames`, by place")
    liking: Mapped[bytes] = mapped_column(doc="float32, above 0, for each game whose bit is set")


class ScoredGames(Base):
    """Every game that has neighbours, and what its score is worked out from, in one row.

    The arrays are of the same length, little-endian; where a game stands in them is its place. Every list
    takes the scores of thousands of games, and reading them all at once is cheaper than looking up a few.
    """

    __tablename__ = "scored_games"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    # Before the arrays: what stands behind a megabyte takes long to reach.
    state: Mapped[str] = mapped_column(
        doc="names these arrays and all weights as they are: a digest or another unique name"
    )
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids, ascending")
    editions: Mapped[bytes] = mapped_column(
        doc="int32 places: that of the first game of which this one is an edition"
    )
    popularity: Mapped[bytes] = mapped_column(doc="float32 shares of the players who own it, 0 to 1")
    time_mean: Mapped[bytes] = mapped_column(
        doc="float32, of the logs of how many minutes, and one, its owners played it"
    )
    time_spread: Mapped[bytes] = mapped_column(doc="float32, the standard deviation of the same, above 0")
    own_intercept: Mapped[bytes] = mapped_column(
        doc="float32, of the line from the log-odds of what speaks for the game to those of owning it"
    )
    own_slope: Mapped[bytes] = mapped_column(doc="float32")
    own_devotion_slope: Mapped[bytes] = mapped_column(
        doc="float32, how much it counts in that line that what speaks is played for longer than others do"
    )
    play_intercept: Mapped[bytes] = mapped_column(
        doc="float32, of the line to owning the game and playing it over an hour"
    )
    play_slope: Mapped[bytes] = mapped_column(doc="float32")
    play_devotion_slope: Mapped[bytes] = mapped_column(doc="float32")
