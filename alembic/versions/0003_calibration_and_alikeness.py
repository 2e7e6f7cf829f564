"""calibration and alikeness"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Until the next training, what speaks for a game counts as it is, and is what it is alike.
_COLUMNS = {"own_intercept": "0", "own_slope": "1", "play_intercept": "0", "play_slope": "1"}


def upgrade() -> None:
    for name, default in _COLUMNS.items():
        op.add_column(
            "neighbours", sa.Column(name, sa.Double(), nullable=False, server_default=sa.text(default))
        )

    op.add_column(
        "neighbours", sa.Column("alikeness", sa.LargeBinary(), nullable=False, server_default=sa.text("''"))
    )
    op.execute("UPDATE neighbours SET alikeness = weights")
    op.drop_column("neighbours", "played_share")


def downgrade() -> None:
    op.add_column(
        "neighbours", sa.Column("played_share", sa.Double(), nullable=False, server_default=sa.text("1"))
    )
    for name in ("alikeness", *_COLUMNS):
        op.drop_column("neighbours", name)
