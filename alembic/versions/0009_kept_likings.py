"""kept likings"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The next training fills it; until then they are worked out when somebody asks.
    op.create_table(
        "kept_likings",
        sa.Column("player_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("liked", sa.LargeBinary(), nullable=False),
        sa.Column("liking", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id"], ["players.id"], name=op.f("fk_kept_likings_player_id_players")
        ),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_kept_likings")),
    )


def downgrade() -> None:
    op.drop_table("kept_likings")
