"""player counts"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("store_pages", sa.Column("players_now", sa.Integer(), nullable=True))
    op.add_column("store_pages", sa.Column("players_counted_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("store_pages", "players_counted_at")
    op.drop_column("store_pages", "players_now")
