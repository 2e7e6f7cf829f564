"""neighbour rows"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(_CREATE)


def downgrade() -> None:
    op.execute("DROP VIEW neighbour_rows")


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


_CREATE = f"""\
CREATE VIEW neighbour_rows AS
WITH pieces AS MATERIALIZED (
    SELECT number.key AS piece, substr(game_ids, 1024 * number.key + 1, 1024) AS ids
    FROM scored_games CROSS JOIN {_numbers("(length(game_ids) + 1023) / 1024")} number
)
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
