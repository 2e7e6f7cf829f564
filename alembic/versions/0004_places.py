"""places"""

from itertools import pairwise

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FACTS = ("popularity", "own_intercept", "own_slope", "play_intercept", "play_slope")
_GAMES_AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "scored_games",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("game_ids", "editions", *_FACTS)),
        sa.CheckConstraint("id = 1", name=op.f("ck_scored_games_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_games")),
    )
    connection = op.get_bind()
    columns = ", ".join(("game_id", *_FACTS))
    rows = connection.exec_driver_sql(f"SELECT {columns} FROM neighbours ORDER BY game_id").all()
    game_ids = np.array([row[0] for row in rows], np.int32)
    if rows:
        facts = np.array([row[1:] for row in rows], "<f4").T
        # Until the next training, each game is its own edition.
        arrays = (game_ids.astype("<i4"), np.arange(len(game_ids), dtype="<i4"), *facts)
        connection.exec_driver_sql(
            f"INSERT INTO scored_games VALUES (1{', ?' * len(arrays)})",
            tuple(array.tobytes() for array in arrays),
        )
    for name in _FACTS:
        op.drop_column("neighbours", name)
    op.alter_column("neighbours", "neighbour_ids", new_column_name="neighbour_places")
    _rewrite(game_ids, lambda neighbours: np.searchsorted(game_ids, neighbours))


def downgrade() -> None:
    connection = op.get_bind()
    arrays = connection.exec_driver_sql("SELECT * FROM scored_games").one_or_none()
    game_ids = np.frombuffer(arrays.game_ids if arrays else b"", "<i4")
    for name in _FACTS:
        default = sa.text("1" if name.endswith("slope") else "0")
        op.add_column("neighbours", sa.Column(name, sa.Double(), nullable=False, server_default=default))
    op.alter_column("neighbours", "neighbour_places", new_column_name="neighbour_ids")
    if arrays:
        assigned = ", ".join(f"{name} = ?" for name in _FACTS)
        facts = [np.frombuffer(getattr(arrays, name), "<f4").tolist() for name in _FACTS]
        connection.exec_driver_sql(
            f"UPDATE neighbours SET {assigned} WHERE game_id = ?",
            list(zip(*facts, game_ids.tolist(), strict=True)),
        )
    _rewrite(game_ids, lambda places: game_ids[places], column="neighbour_ids")
    op.drop_table("scored_games")


def _rewrite(game_ids, translated, column="neighbour_places") -> None:
    connection = op.get_bind()
    bounds = [*range(0, len(game_ids), _GAMES_AT_ONCE), len(game_ids)]
    for start, stop in pairwise(bounds):
        some = connection.exec_driver_sql(
            f"SELECT game_id, {column} FROM neighbours WHERE game_id BETWEEN ? AND ?",
            (int(game_ids[start]), int(game_ids[stop - 1])),
        ).all()
        connection.exec_driver_sql(
            f"UPDATE neighbours SET {column} = ? WHERE game_id = ?",
            [(translated(np.frombuffer(old, "<i4")).astype("<i4").tobytes(), game) for game, old in some],
        )
