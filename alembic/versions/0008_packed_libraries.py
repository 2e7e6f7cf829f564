"""packed libraries"""

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PLAYERS_AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "packed_libraries",
        sa.Column("player_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("game_ids", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id"], ["players.id"], name=op.f("fk_packed_libraries_player_id_players")
        ),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_packed_libraries")),
    )
    connection = op.get_bind()
    libraries = connection.exec_driver_sql(
        "SELECT player_id, group_concat(game_id), group_concat(minutes) FROM owned_games GROUP BY player_id"
    )
    for some in libraries.partitions(_PLAYERS_AT_ONCE):
        connection.exec_driver_sql(
            "INSERT INTO packed_libraries VALUES (?, ?, ?)", [_packed(*row) for row in some]
        )


def downgrade() -> None:
    op.drop_table("packed_libraries")


def _packed(player, *columns):
    games, minutes = (np.fromstring(column, "<i4", sep=",") for column in columns)
    ascending = np.argsort(games)
    return player, games[ascending].tobytes(), minutes[ascending].tobytes()
