"""devotion"""

import secrets

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEW = ("time_mean", "time_spread", "own_devotion_slope", "play_devotion_slope")
_ARRAYS = (
    "game_ids",
    "editions",
    "popularity",
    "time_mean",
    "time_spread",
    "own_intercept",
    "own_slope",
    "own_devotion_slope",
    "play_intercept",
    "play_slope",
    "play_devotion_slope",
)


def upgrade() -> None:
    connection = op.get_bind()
    before = connection.exec_driver_sql("SELECT * FROM scored_games").mappings().one_or_none()
    op.drop_table("scored_games")
    op.create_table(
        "scored_games",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in _ARRAYS),
        sa.CheckConstraint("id = 1", name=op.f("ck_scored_games_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_games")),
    )
    if before is not None:
        # Until the next training, it counts for nothing how long games are played. The state is another, and
        # any name will do for it that no other has.
        games = len(before["popularity"]) // 4
        nothing, ones = np.zeros(games, "<f4").tobytes(), np.ones(games, "<f4").tobytes()
        row = {**before, **dict.fromkeys(_NEW, nothing), "time_spread": ones, "state": secrets.token_hex(16)}
        columns = ("id", "state", *_ARRAYS)
        connection.exec_driver_sql(
            f"INSERT INTO scored_games VALUES ({', '.join('?' * len(columns))})",
            tuple(row[name] for name in columns),
        )


def downgrade() -> None:
    # The lines stay as they were fitted beside what is dropped; the next training fits them anew.
    for name in _NEW:
        op.drop_column("scored_games", name)
