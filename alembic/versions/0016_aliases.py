"""aliases"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "game_aliases",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_aliases_game_id_games")),
        sa.PrimaryKeyConstraint("key", "rank", name=op.f("pk_game_aliases")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("game_aliases")
