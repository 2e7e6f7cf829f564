"""What people own who have no names here."""

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class AnonymousLibrary(Base):
    """The library of somebody who cannot be looked up: training learns from it, and nothing else reads it.

    The arrays are of one length and little-endian. Nothing says whose it is, in the source or elsewhere.
    """

    __tablename__ = "anonymous_libraries"

    id: Mapped[int] = mapped_column(
        primary_key=True, doc="the store's own number, which a refresh assigns again"
    )
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids, ascending")
    minutes: Mapped[bytes] = mapped_column(doc="int32 minutes played in all; 0 also where not known")
    recommends: Mapped[bytes] = mapped_column(doc="int8: 1 recommends the game, 0 does not, -1 is not known")
