"""what is not known"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_JUDGED = ("judged_negative", "judged_neutral", "judged_positive")
_COUNTS = {
    "developer_years": ("unpriced_items", "undated_items"),
    "review_years": (*_JUDGED, "inferred"),
    "game_review_years": (*_JUDGED, "inferred"),
    "developer_review_years": (*_JUDGED, "inferred"),
    "game_stats": _JUDGED,
}
_OF_DEVELOPER_YEAR = """
    (SELECT count(*) FROM game_developers JOIN games ON games.id = game_developers.game_id
     WHERE game_developers.developer_id = developer_years.developer_id AND games.listed
     AND coalesce(games.release_year, 0) = developer_years.year AND {condition})
"""
# Until the next refresh, all texts count as judged by their sentiment.
_FILL = (
    "UPDATE reviews SET tone = sentiment",
    *(
        f"UPDATE {table} SET judged_negative = negative, judged_neutral = neutral, judged_positive = positive"
        for table, columns in _COUNTS.items()
        if _JUDGED[0] in columns
    ),
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
    op.add_column("reviews", sa.Column("language", sa.String(), nullable=True))
    op.add_column("reviews", sa.Column("tone", sa.SmallInteger(), nullable=True))
    for table, columns in _COUNTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default=sa.text("0")))
    for statement in _FILL:
        op.execute(statement)


def downgrade() -> None:
    for table, columns in _COUNTS.items():
        for column in columns:
            op.drop_column(table, column)
    op.drop_column("reviews", "tone")
    op.drop_column("reviews", "language")
