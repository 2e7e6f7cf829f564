"""maturity"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# What the next refresh says of games whose content descriptors are not known.
_BY_TAGS = """
    UPDATE games SET maturity = 'explicit' WHERE id IN (
        SELECT game_tags.game_id FROM game_tags JOIN tags ON tags.id = game_tags.tag_id
        WHERE game_tags.position < 5 AND lower(tags.name) IN ('sexual content', 'nudity', 'hentai', 'nsfw'))
"""


def upgrade() -> None:
    op.add_column(
        "games",
        sa.Column(
            "maturity",
            sa.Enum("general", "explicit", "adults_only", native_enum=False, length=16),
            nullable=False,
            server_default="general",
        ),
    )
    op.create_index("ix_games_adult", "games", ["id"], sqlite_where=sa.text("maturity <> 'general'"))
    op.execute(_BY_TAGS)


def downgrade() -> None:
    op.drop_index("ix_games_adult", "games")
    op.drop_column("games", "maturity")
