"""tastes: the games that people say they like, or do not"""

import sqlalchemy as sa
from alembic import op

revision = "p0006"
down_revision = "p0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tastes",
        sa.Column("discord_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("likes", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("discord_id", "game_id", name=op.f("pk_tastes")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("tastes")
