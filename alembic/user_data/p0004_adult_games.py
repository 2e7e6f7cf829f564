"""adult games: whether a server hides them in age-restricted channels too"""

import sqlalchemy as sa
from alembic import op

revision = "p0004"
down_revision = "p0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "server_settings",
        sa.Column("hides_adult_games", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("server_settings", "hides_adult_games")
