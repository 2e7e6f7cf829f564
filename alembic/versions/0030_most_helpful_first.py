"""most helpful first"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

_COLUMNS = ("game_id", "sentiment", "recommend")
_FORMER, _INDEX = "ix_reviews_game_id_sentiment_recommend_helpful", "ix_reviews_most_helpful"


def upgrade() -> None:
    op.drop_index(_FORMER, "reviews")
    op.create_index(_INDEX, "reviews", [*_COLUMNS, sa.text("helpful DESC")])


def downgrade() -> None:
    op.drop_index(_INDEX, "reviews")
    op.create_index(_FORMER, "reviews", [*_COLUMNS, "helpful"])
