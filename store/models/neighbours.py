"""The item-item weights that every recommendation is read from."""

import enum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, text_enum


class NeighbourBasis(enum.StrEnum):
    """Where a game's weights come from: who owns it, or, where too few do, what describes it."""

    LIBRARIES = "libraries"
    CONTENT = "content"


class Neighbours(Base):
    """The games that owning one game speaks for or against, largest magnitude first.

    The last four columns are arrays of the same length, little-endian: a personal list adds up the weights of
    every game owned, and unpacking one array a game is far cheaper than fetching a hundred rows for each.
    """

    __tablename__ = "neighbours"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    # The index lets the rows be counted without reading their arrays.
    basis: Mapped[NeighbourBasis] = mapped_column(text_enum(NeighbourBasis), index=True)
    popularity: Mapped[float] = mapped_column(default=0.0, doc="share of the players who own it, 0 to 1")
    own_intercept: Mapped[float] = mapped_column(
        default=0.0, doc="of the line from the log-odds of what speaks for the game to those of owning it"
    )
    own_slope: Mapped[float] = mapped_column(default=1.0)
    play_intercept: Mapped[float] = mapped_column(
        default=0.0, doc="of the line to owning the game and playing it over an hour"
    )
    play_slope: Mapped[float] = mapped_column(default=1.0)
    neighbour_ids: Mapped[bytes] = mapped_column(doc="int32 app ids")
    weights: Mapped[bytes] = mapped_column(doc="float32 signed weights")
    alikeness: Mapped[bytes] = mapped_column(doc="float32, how alike the two games are, 0 for not at all")
    common_owners: Mapped[bytes] = mapped_column(doc="int32 counts of players who own both")
