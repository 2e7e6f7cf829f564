"""The mapping of a data set: which of its columns holds which of our fields, and in which form."""

import enum
from collections.abc import Mapping as Fields
from datetime import date
from pathlib import Path

import msgspec

from ingest.errors import SourceError


class Holds(enum.StrEnum):
    """What a record of the data set is about."""

    GAMES = "games"
    OWNED_GAMES = "owned games"
    REVIEWS = "reviews"


class Form(enum.StrEnum):
    """How records are written; JSON is a record a line, a list of records, or records under their ids."""

    CSV = "csv"
    JSON = "json"


class People(enum.StrEnum):
    """What identifies a person."""

    NAMES = "names"
    STEAM_IDS = "steam ids"
    ANONYMOUS = "anonymous"  # a number of the data set's own: nobody can be looked up by it


class ListForm(enum.StrEnum):
    """How a list is written: as JSON or a Python literal in a text, or parted by commas.

    A list of JSON is taken as it is in any form, and so is an object of votes, most votes first.
    """

    LITERAL = "literal"
    COMMAS = "commas"


class Unit(enum.StrEnum):
    """What a number counts."""

    DOLLARS = "dollars"
    CENTS = "cents"
    MINUTES = "minutes"
    HOURS = "hours"


class Dates(enum.StrEnum):
    """How a day is written: in words or by ISO 8601, or as seconds since 1970."""

    TEXT = "text"
    UNIX = "unix"


class Zero(enum.StrEnum):
    """What a price of 0 says: that a game is free, or that only if genres or tags say so too."""

    FREE = "free"
    FREE_IF_TAGGED = "free if tagged"


Scalar = str | int | float


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """Which column holds a field, and in which form. `unknown` lists values that mean nothing."""

    source: str
    list: ListForm | None = None
    unit: Unit | None = None
    dates: Dates = Dates.TEXT
    zero: Zero = Zero.FREE
    unknown: tuple[Scalar, ...] = ()


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the records of a data set are read.

    Attributes:
        name: What people call the data set.
        holds: What its records are about.
        form: How they are written.
        fields: The column of each of our fields, by its name or as a `Column`.
        recognize: Columns that all records, or the header, have together and other data sets do not. A file
            that has a mapping beside it needs none.
        people: What stands for a person, where there are people.
        delimiter: What parts the columns of a CSV file.
        header: The names of the columns of a CSV file without a first line of names.
        joined: Names in a header that are several ones, joined by mistake.
        key: The column for the ids that JSON has its records under.
        as_of: The day that the data are of, where they do not tell by themselves.
        currency: That of the prices, by ISO 4217; games in other currencies than USD have no list price.
    """

    name: str
    holds: Holds
    form: Form
    fields: dict[str, str | Column]
    recognize: tuple[str, ...] = ()
    people: People = People.NAMES
    delimiter: str = ","
    header: tuple[str, ...] = ()
    joined: dict[str, tuple[str, ...]] = {}
    key: str = "id"
    as_of: date | None = None
    currency: str = "USD"

    @property
    def columns(self) -> Fields[str, Column]:
        """The columns by field."""
        return {
            field: Column(column) if isinstance(column, str) else column
            for field, column in self.fields.items()
        }


_FIELDS: Fields[Holds, tuple[frozenset[str], frozenset[str]]] = {
    Holds.GAMES: (
        frozenset({"id"}),
        frozenset(
            "title developers publishers genres tags specs release_date price_now list_price discount"
            " metascore early_access steam_rating short_description header_image windows mac linux languages"
            " deck_rating audio_languages rating_percent rating_count positive negative".split()
        ),
    ),
    Holds.OWNED_GAMES: (frozenset({"user", "game"}), frozenset({"title", "playtime", "recommend"})),
    Holds.REVIEWS: (
        frozenset({"user", "game", "text"}),
        frozenset({"recommend", "posted", "helpful", "funny"}),
    ),
}


def read_mapping(text: bytes, file: Path) -> Mapping:
    """Return the mapping that a file of TOML or JSON holds.

    Raises:
        SourceError: It is not one; the sentence says what is wrong with it.
    """
    decode = msgspec.json.decode if file.suffix == ".json" else msgspec.toml.decode
    try:
        mapping = decode(text, type=Mapping)
        _require_known_fields(mapping)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SourceError(
            f"{file} is no mapping of a data set ({error}); docs/data-sets.md says what one has."
        ) from error
    return mapping


def _require_known_fields(mapping: Mapping) -> None:
    """Raise ValueError unless each field is one of ours, and what a record needs is there."""
    needed, possible = _FIELDS[mapping.holds]
    unknown = sorted(mapping.fields.keys() - needed - possible)
    missing = sorted(needed - mapping.fields.keys())
    if unknown:
        known = ", ".join(sorted(needed | possible))
        raise ValueError(f"no field of {mapping.holds} is called {unknown[0]}; there are {known}")
    if missing:
        raise ValueError(f"the field {missing[0]} has no column")
    if mapping.holds is Holds.REVIEWS and mapping.people is People.ANONYMOUS:
        raise ValueError("reviews are of people who have names; give anonymous people as owned games")
    lacking = sorted({mapping.columns[field].source for field in needed}.difference(mapping.header))
    if mapping.header and lacking:
        raise ValueError(f"no column of its header is called {lacking[0]}")
    if len(mapping.delimiter) != 1 or mapping.delimiter in '"\r\n\0':
        raise ValueError("a delimiter is one character, and neither a quote nor the end of a line")
