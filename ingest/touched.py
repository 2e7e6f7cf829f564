"""What a run has touched, so that only summaries of it are recomputed."""

from enum import Flag, auto


class Touched(Flag):
    """Parts of the data, each of which a run left as it was or did not.

    Those of games are about every game that a source mentions, listed or not.
    """

    APPS = auto()
    """Which games there are."""
    TITLES = auto()
    KINDS = auto()
    LISTING = auto()
    RELEASES = auto()
    PRICES = auto()
    CREDITS = auto()
    GENRES = auto()
    TAGS = auto()
    SPECS = auto()
    RATINGS = auto()
    """Steam's own, as the store page counts them."""
    ACCLAIM = auto()
    """Steam's rating in words, and Metacritic's score."""
    PLAYERS = auto()
    """Which players there are."""
    LIBRARIES = auto()
    ANONYMOUS = auto()
    """Libraries of people without names."""
    REVIEWS = auto()


NOTHING = Touched(0)
EVERYTHING = ~NOTHING
# What neighbours are learnt from: what describes and rates games, who owns them and who reviewed them.
LEARNT_FROM = (
    Touched.APPS
    | Touched.TITLES
    | Touched.CREDITS
    | Touched.GENRES
    | Touched.TAGS
    | Touched.SPECS
    | Touched.ACCLAIM
    | Touched.LIBRARIES
    | Touched.ANONYMOUS
    | Touched.REVIEWS
)
