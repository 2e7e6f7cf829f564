"""what is not known"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

_COUNTS = {
    "developer_years": ("unpriced_items", "undated_items"),
    "review_years": ("inferred", "unjudged"),
    "game_review_years": ("inferred", "unjudged"),
    "developer_review_years": ("inferred", "unjudged"),
    "game_stats": ("unjudged",),
}
_OF_DEVELOPER_YEAR = """
    (SELECT count(*) FROM game_developers JOIN games ON games.id = game_developers.game_id
     WHERE game_developers.developer_id = developer_years.developer_id AND games.listed
     AND coalesce(games.release_year, 0) = developer_years.year AND {condition})
"""
# No tone is withheld before the next refresh; all else is counted.
_FILL = (
    "UPDATE developer_years SET"
    f" unpriced_items = {_OF_DEVELOPER_YEAR.format(condition='games.price_cents IS NULL')},"
    f" undated_items = {_OF_DEVELOPER_YEAR.format(condition='games.release_date IS NULL')}",
    "UPDATE developer_years SET undated_items = 0 WHERE year = 0",
    "UPDATE game_review_years SET inferred = (SELECT count(*) FROM reviews"
    " WHERE reviews.game_id = game_review_years.game_id AND reviews.posted_inferred"
    " AND CAST(substr(reviews.posted, 1, 4) AS INTEGER) = game_review_years.year)",
    "UPDATE review_years SET inferred = (SELECT coalesce(sum(inferred), 0) FROM game_review_years"
    " WHERE game_review_years.year = review_years.year)",
    "UPDATE developer_review_years SET inferred = (SELECT coalesce(sum(counts.inferred), 0)"
    " FROM game_developers JOIN game_review_years AS counts ON counts.game_id = game_developers.game_id"
    " WHERE game_developers.developer_id = developer_review_years.developer_id"
    " AND counts.year = developer_review_years.year) WHERE basis = 'reviewed'",
)


def upgrade() -> None:
    with op.batch_alter_table("reviews") as reviews:
        reviews.add_column(sa.Column("language", sa.String(), nullable=True))
        reviews.alter_column("sentiment_score", existing_type=sa.Double(), nullable=True)
    for table, columns in _COUNTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default=sa.text("0")))
    for statement in _FILL:
        op.execute(statement)


def downgrade() -> None:
    for table, columns in _COUNTS.items():
        for column in columns:
            op.drop_column(table, column)
    op.execute("UPDATE reviews SET sentiment_score = 0 WHERE sentiment_score IS NULL")
    with op.batch_alter_table("reviews") as reviews:
        reviews.alter_column("sentiment_score", existing_type=sa.Double(), nullable=False)
        reviews.drop_column("language")
