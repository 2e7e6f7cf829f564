"""The views that unpack neighbours and similar games, whose arrays plain SQL cannot read.

SQLite has no function that takes a number out of a blob, so the view works it out from hexadecimal digits. A
`json_each` over one number keeps it for all that is worked out from it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: its type in SQL and what it says, with the unit."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class View:
    """A view as it is defined now; a migration creates it, as it does tables."""

    name: str
    doc: str
    columns: tuple[ViewColumn, ...]
    create: str


def _numbers(count: str) -> str:
    """Return the table of the numbers from 0 to below `count`, which are its column `key`."""
    return f"json_each('[' || substr(replace(hex(zeroblob({count})), '00', ',0'), 2) || ']')"


def uint32(array: str, index: str) -> str:
    """Return the unsigned integer at `index` of a little-endian array of four bytes each."""
    digits = f"hex(substr({array}, 4 * {index} + 1, 4))"
    terms = (
        f"(instr('0123456789ABCDEF', substr({digits}, {place}, 1)) - 1 << {power})"
        for place, power in enumerate((4, 0, 12, 8, 20, 16, 28, 24), start=1)
    )
    return f"({' | '.join(terms)})"


def _one(value: str) -> str:
    """Return the table of one value, which is its column `value`."""
    return f"json_each(json_array({value}))"


def float32(bits: str) -> str:
    """Return the number of IEEE 754 bits, powers worked out too: not every SQLite has a function for them."""
    exponent = f"max({bits} >> 23 & 255, 1)"  # that of denormal numbers is 0 and means 1
    leading = f"(({bits} >> 23 & 255) > 0) * 8388608"
    # 2 ** (exponent - 150) is 2 ** (exponent % 32) times one of these.
    powers = (
        "1.0 / (1 << 50) / (1 << 50) / (1 << 50)",
        "1.0 / (1 << 59) / (1 << 59)",
        "1.0 / (1 << 43) / (1 << 43)",
        "1.0 / (1 << 54)",
        "1.0 / (1 << 22)",
        "1.0 * (1 << 10)",
        "1.0 * (1 << 42)",
        "1.0 * (1 << 37) * (1 << 37)",
    )
    cases = " ".join(f"WHEN {part} THEN {power}" for part, power in enumerate(powers))
    return (
        f"(1 - 2 * ({bits} >> 31)) * (({bits} & 8388607) + {leading})"
        f" * (1 << {exponent} % 32) * CASE {exponent} / 32 {cases} END"
    )


# The app ids are cut into pieces of this many bytes first: each read of the whole array would copy it.
_PIECE = 1024
_PIECES = f"""\
WITH pieces AS MATERIALIZED (
    SELECT number.key AS piece, substr(game_ids, {_PIECE} * number.key + 1, {_PIECE}) AS ids
    FROM scored_games CROSS JOIN {_numbers(f"(length(game_ids) + {_PIECE - 1}) / {_PIECE}")} number
)"""


def _app_id(index: str) -> str:
    """Return the app id of an index, joined with the piece that it is in."""
    return uint32("ids", f"({index} % {_PIECE // 4})")


def _piece_of(index: str) -> str:
    return f"pieces ON piece = {index} / {_PIECE // 4}"


NEIGHBOUR_ROWS = View(
    name="neighbour_rows",
    doc=(
        "A view: a row for each neighbour of a game, as `neighbours` has them packed. Ask for some games"
        " (`WHERE game_id = 620`, or a join): the numbers of a game are unpacked as it is read."
    ),
    columns=(
        ViewColumn("game_id", "INTEGER", "`games.id`"),
        ViewColumn("neighbour_id", "INTEGER", "`games.id`; the other game"),
        ViewColumn(
            "rank", "INTEGER", "place among the neighbours of the game, from 1, by the amount of `weight`"
        ),
        ViewColumn(
            "weight", "REAL", "what owning the game adds to the raw score of the other; below 0 is against"
        ),
        ViewColumn("basis", "VARCHAR(16)", "what the weights come from; one of libraries, content"),
    ),
    create=f"""\
CREATE VIEW neighbour_rows AS
{_PIECES}
SELECT
    game_id,
    {_app_id("neighbour.value")} AS neighbour_id,
    place.key + 1 AS rank,
    {float32("weight.value")} AS weight,
    basis
FROM neighbours
CROSS JOIN {_numbers("length(weights) / 4")} place
CROSS JOIN {_one(uint32("neighbour_indices", "place.key"))} neighbour
CROSS JOIN {_piece_of("neighbour.value")}
CROSS JOIN {_one(uint32("weights", "place.key"))} weight""",
)

SIMILAR_ROWS = View(
    name="similar_rows",
    doc=(
        "A view: a row for each game that is similar to another, as `similar_games` has them packed. Ask for"
        " some games, as of `neighbour_rows`."
    ),
    columns=(
        ViewColumn("game_id", "INTEGER", "`games.id`"),
        ViewColumn("similar_id", "INTEGER", "`games.id`; the other game"),
        ViewColumn("rank", "INTEGER", "place among the games similar to the game, from 1"),
        ViewColumn("similarity", "REAL", "how similar the two games are, above 0"),
        ViewColumn("common_owners", "INTEGER", "players who own both"),
    ),
    create=f"""\
CREATE VIEW similar_rows AS
{_PIECES}
SELECT
    game_id,
    {_app_id("other.value")} AS similar_id,
    place.key + 1 AS rank,
    {float32("alike.value")} AS similarity,
    {uint32("common_owners", "place.key")} AS common_owners
FROM similar_games
CROSS JOIN {_numbers("length(similar_indices) / 4")} place
CROSS JOIN {_one(uint32("similar_indices", "place.key"))} other
CROSS JOIN {_piece_of("other.value")}
CROSS JOIN {_one(uint32("similarity", "place.key"))} alike""",
)

VIEWS = (NEIGHBOUR_ROWS, SIMILAR_ROWS)
