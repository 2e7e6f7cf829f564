"""similar games"""

from collections.abc import Callable

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEPT = 60
_ROWS_AT_ONCE = 1000


def upgrade() -> None:
    op.execute("DROP VIEW neighbour_rows")
    op.create_table(
        "similar_games",
        sa.Column("game_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("similar_indices", sa.LargeBinary(), nullable=False),
        sa.Column("similarity", sa.LargeBinary(), nullable=False),
        sa.Column("common_owners", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_similar_games_game_id_games")),
        sa.PrimaryKeyConstraint("game_id", name=op.f("pk_similar_games")),
    )
    _each_row(
        "SELECT game_id, neighbour_indices, similarity, common_owners FROM neighbours",
        _most_similar,
        "INSERT INTO similar_games (similar_indices, similarity, common_owners, game_id) VALUES (?, ?, ?, ?)",
    )
    for column in ("similarity", "common_owners"):
        op.drop_column("neighbours", column)
    op.execute(_NEIGHBOUR_ROWS)
    op.execute(_SIMILAR_ROWS)


def downgrade() -> None:
    op.execute("DROP VIEW similar_rows")
    op.execute("DROP VIEW neighbour_rows")
    for column in ("similarity", "common_owners"):
        op.add_column(
            "neighbours", sa.Column(column, sa.LargeBinary(), nullable=False, server_default=sa.text("x''"))
        )
    _each_row(
        "SELECT game_id, neighbour_indices, coalesce(similar_indices, x''),"
        " coalesce(similar_games.similarity, x''), coalesce(similar_games.common_owners, x'')"
        " FROM neighbours LEFT JOIN similar_games USING (game_id)",
        _of_neighbours,
        "UPDATE neighbours SET similarity = ?, common_owners = ? WHERE game_id = ?",
    )
    op.drop_table("similar_games")
    op.execute(_OLD_NEIGHBOUR_ROWS)


def _most_similar(indices: bytes, similarity: bytes, common_owners: bytes) -> tuple[bytes, ...]:
    """Return the neighbours that are similar, most similar first; the next training compares all games."""
    values = np.frombuffer(similarity, "<f4")
    best = np.argsort(-values, kind="stable")[:_KEPT]
    best = best[values[best] > 0]
    arrays = np.frombuffer(indices, "<i4"), values, np.frombuffer(common_owners, "<i4")
    return tuple(array[best].tobytes() for array in arrays)


def _of_neighbours(
    neighbours: bytes, indices: bytes, similarity: bytes, common_owners: bytes
) -> tuple[bytes, ...]:
    """Return how similar each neighbour is, and its common owners; 0 where it is not very similar."""
    wanted, known = np.frombuffer(neighbours, "<i4"), np.frombuffer(indices, "<i4")
    _, here, there = np.intersect1d(wanted, known, return_indices=True)
    values, common = np.zeros(len(wanted), "<f4"), np.zeros(len(wanted), "<i4")
    values[here] = np.frombuffer(similarity, "<f4")[there]
    common[here] = np.frombuffer(common_owners, "<i4")[there]
    return values.tobytes(), common.tobytes()


def _each_row(query: str, convert: Callable[..., tuple[bytes, ...]], statement: str) -> None:
    """Write what each row of a query becomes, whose first column is the key."""
    connection = op.get_bind()
    rows = connection.exec_driver_sql(query).all()
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        values = [(*convert(*arrays), key) for key, *arrays in rows[start : start + _ROWS_AT_ONCE]]
        connection.exec_driver_sql(statement, values)


def _numbers(count: str) -> str:
    return f"json_each('[' || substr(replace(hex(zeroblob({count})), '00', ',0'), 2) || ']')"


def _uint32(array: str, index: str) -> str:
    digits = f"hex(substr({array}, 4 * {index} + 1, 4))"
    terms = (
        f"(instr('0123456789ABCDEF', substr({digits}, {place}, 1)) - 1 << {power})"
        for place, power in enumerate((4, 0, 12, 8, 20, 16, 28, 24), start=1)
    )
    return f"({' | '.join(terms)})"


def _one(value: str) -> str:
    return f"json_each(json_array({value}))"


def _float32(bits: str) -> str:
    exponent = f"max({bits} >> 23 & 255, 1)"
    leading = f"(({bits} >> 23 & 255) > 0) * 8388608"
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


_PIECES = f"""\
WITH pieces AS MATERIALIZED (
    SELECT number.key AS piece, substr(game_ids, 1024 * number.key + 1, 1024) AS ids
    FROM scored_games CROSS JOIN {_numbers("(length(game_ids) + 1023) / 1024")} number
)"""
_NEIGHBOUR_ROWS = f"""\
CREATE VIEW neighbour_rows AS
{_PIECES}
SELECT
    game_id,
    {_uint32("ids", "(neighbour.value % 256)")} AS neighbour_id,
    place.key + 1 AS rank,
    {_float32("weight.value")} AS weight,
    basis
FROM neighbours
CROSS JOIN {_numbers("length(weights) / 4")} place
CROSS JOIN {_one(_uint32("neighbour_indices", "place.key"))} neighbour
CROSS JOIN pieces ON piece = neighbour.value / 256
CROSS JOIN {_one(_uint32("weights", "place.key"))} weight"""
_SIMILAR_ROWS = f"""\
CREATE VIEW similar_rows AS
{_PIECES}
SELECT
    game_id,
    {_uint32("ids", "(other.value % 256)")} AS similar_id,
    place.key + 1 AS rank,
    {_float32("alike.value")} AS similarity,
    {_uint32("common_owners", "place.key")} AS common_owners
FROM similar_games
CROSS JOIN {_numbers("length(similar_indices) / 4")} place
CROSS JOIN {_one(_uint32("similar_indices", "place.key"))} other
CROSS JOIN pieces ON piece = other.value / 256
CROSS JOIN {_one(_uint32("similarity", "place.key"))} alike"""
_OLD_NEIGHBOUR_ROWS = f"""\
CREATE VIEW neighbour_rows AS
{_PIECES}
SELECT
    game_id,
    {_uint32("ids", "(neighbour.value % 256)")} AS neighbour_id,
    place.key + 1 AS rank,
    {_float32("weight.value")} AS weight,
    {_float32("alike.value")} AS similarity,
    {_uint32("common_owners", "place.key")} AS common_owners,
    basis
FROM neighbours
CROSS JOIN {_numbers("length(weights) / 4")} place
CROSS JOIN {_one(_uint32("neighbour_indices", "place.key"))} neighbour
CROSS JOIN pieces ON piece = neighbour.value / 256
CROSS JOIN {_one(_uint32("weights", "place.key"))} weight
CROSS JOIN {_one(_uint32("similarity", "place.key"))} alike"""
