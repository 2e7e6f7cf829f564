"""what days the data tell of, and libraries of people without names"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_dates",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("newest_release", sa.Date(), nullable=True),
        sa.Column("newest_review", sa.Date(), nullable=True),
        sa.Column("newest_page", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.CheckConstraint("id = 1", name="ck_data_dates_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_data_dates"),
    )
    op.create_table(
        "anonymous_libraries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("game_ids", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.LargeBinary(), nullable=False),
        sa.Column("recommends", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_anonymous_libraries"),
    )


def downgrade() -> None:
    op.drop_table("anonymous_libraries")
    op.drop_table("data_dates")
