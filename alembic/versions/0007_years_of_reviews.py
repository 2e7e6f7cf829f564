"""years of reviews"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXES = (
    ("game_review_years", ("game_id",)),
    ("game_review_years", ("year", "liked")),
    ("game_review_years", ("year", "panned")),
    ("developer_review_years", ("basis", "year", "praised")),
    ("developer_review_years", ("basis", "year", "panned")),
)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"


def upgrade() -> None:
    op.create_table(
        "review_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_review_years")),
    )
    op.execute(
        "INSERT INTO review_years SELECT year, sum(negative), sum(neutral), sum(positive)"
        " FROM game_review_years GROUP BY year"
    )
    for table, columns in _INDEXES:
        op.create_index(_name(table, columns), table, columns)


def downgrade() -> None:
    for table, columns in _INDEXES:
        op.drop_index(_name(table, columns), table)
    op.drop_table("review_years")
