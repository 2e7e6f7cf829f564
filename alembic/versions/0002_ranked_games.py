"""ranked games"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranked_games",
        sa.Column(
            "by",
            sa.Enum("recommended", "gems", "hours", "owners", name="topby", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("genre_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("most_owners", sa.Integer(), nullable=True),
        sa.Column("game_ids", sa.LargeBinary(), nullable=False),
        sa.Column("years", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("by", "genre_id", name=op.f("pk_ranked_games")),
    )


def downgrade() -> None:
    op.drop_table("ranked_games")
