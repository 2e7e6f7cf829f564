"""asked games: how often each is asked about, by nobody knows whom"""

import sqlalchemy as sa
from alembic import op

revision = "p0007"
down_revision = "p0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_games",
        sa.Column("game_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("game_id", name=op.f("pk_asked_games")),
    )


def downgrade() -> None:
    op.drop_table("asked_games")
