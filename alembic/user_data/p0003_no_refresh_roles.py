"""no refresh roles: who may refresh is the bot's owner"""

import sqlalchemy as sa
from alembic import op

revision = "p0003"
down_revision = "p0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("server_settings", "refresh_role_ids")


def downgrade() -> None:
    op.add_column(
        "server_settings",
        sa.Column("refresh_role_ids", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
    )
