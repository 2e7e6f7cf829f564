"""state of neighbours"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ARRAYS = (
    "game_ids",
    "editions",
    "popularity",
    "own_intercept",
    "own_slope",
    "play_intercept",
    "play_slope",
)


def upgrade() -> None:
    op.rename_table("scored_games", "scored_games_before")
    op.create_table(
        "scored_games",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in _ARRAYS),
        sa.CheckConstraint("id = 1", name=op.f("ck_scored_games_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_games")),
    )
    arrays = ", ".join(_ARRAYS)
    # Until the next training, any name will do that no other state has.
    op.get_bind().exec_driver_sql(
        f"INSERT INTO scored_games SELECT id, ?, {arrays} FROM scored_games_before",
        (secrets.token_hex(16),),
    )
    op.drop_table("scored_games_before")


def downgrade() -> None:
    op.drop_column("scored_games", "state")
