"""calibration"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Until the next training, what speaks for a game counts as it is.
_COLUMNS = {"own_intercept": "0", "own_slope": "1", "play_intercept": "0", "play_slope": "1"}


def upgrade() -> None:
    for name, default in _COLUMNS.items():
        op.add_column(
            "neighbours", sa.Column(name, sa.Double(), nullable=False, server_default=sa.text(default))
        )


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("neighbours") as batch:
        for name in _COLUMNS:
            batch.drop_column(name)
