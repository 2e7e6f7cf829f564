"""The columns that several sections show."""

from report.blocks import Column, Kind
from report.wording import Wording


def game_column(words: Wording, field: str) -> Column:
    """Return the column of a field of games, see `report.plots.derivations.FIELDS`."""
    title, kind = {
        "title": (words.gettext("Game"), Kind.TEXT),
        "year": (words.gettext("Release year"), Kind.YEAR),
        "price": (words.gettext("Price in US dollars"), Kind.DOLLARS),
        "owners": (words.gettext("Owners"), Kind.COUNT),
        "hours": (words.gettext("Hours of all players"), Kind.HOURS),
        "median": (words.gettext("Median hours of who played"), Kind.HOURS),
        "reviews": (words.gettext("Reviews"), Kind.COUNT),
        "liked": (words.gettext("Share that recommends it"), Kind.SHARE),
    }[field]
    return Column(field, title, kind)


def game_columns(words: Wording, *fields: str) -> tuple[Column, ...]:
    """Return the columns of these fields."""
    return tuple(game_column(words, field) for field in fields)


def games_in(words: Wording) -> Column:
    """Return the column of how many games a group has."""
    return Column("games", words.gettext("Games"))
