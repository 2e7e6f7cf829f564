"""store pages"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OFFERS = ("free_to_play", "free_to_keep", "free_weekend", "temporary")
_DECK = ("unsupported", "playable", "verified")
_CONTROLLER = ("partial", "full")


def _text_enum(*values: str) -> sa.Enum:
    return sa.Enum(*values, native_enum=False, length=16)


def upgrade() -> None:
    op.create_table(
        "store_pages",
        sa.Column("game_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("short_description", sa.String(), nullable=True),
        sa.Column("header_image", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("list_price_cents", sa.Integer(), nullable=True),
        sa.Column("price_now_cents", sa.Integer(), nullable=True),
        sa.Column("discount_percent", sa.Integer(), nullable=True),
        sa.Column("discount_ends", sa.DateTime(), nullable=True),
        sa.Column("offer", _text_enum(*_OFFERS), nullable=True),
        sa.Column("offer_ends", sa.DateTime(), nullable=True),
        sa.Column("rating_percent", sa.Integer(), nullable=True),
        sa.Column("rating_count", sa.Integer(), nullable=True),
        sa.Column("on_windows", sa.Boolean(), nullable=True),
        sa.Column("on_mac", sa.Boolean(), nullable=True),
        sa.Column("on_linux", sa.Boolean(), nullable=True),
        sa.Column("deck_rating", _text_enum(*_DECK), nullable=True),
        sa.Column("controller", _text_enum(*_CONTROLLER), nullable=True),
        sa.Column("family_sharing", sa.Boolean(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("audio_languages", sa.JSON(), nullable=True),
        sa.Column("content_descriptors", sa.JSON(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name="fk_store_pages_game_id_games"),
        sa.PrimaryKeyConstraint("game_id", name="pk_store_pages"),
    )
    op.create_table(
        "game_titles",
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name="fk_game_titles_game_id_games"),
        sa.PrimaryKeyConstraint("game_id", "language", name="pk_game_titles"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("game_titles")
    op.drop_table("store_pages")
