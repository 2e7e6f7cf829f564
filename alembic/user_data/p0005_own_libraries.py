"""own libraries: Steam accounts of people, their games, who sees them, and who lends to whom"""

import sqlalchemy as sa
from alembic import op

revision = "p0005"
down_revision = "p0004"
branch_labels = None
depends_on = None

_BIG_INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PLAIN_TEXT = {"native_enum": False, "length": 16}


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("discord_id", _BIG_INT, autoincrement=False, nullable=False),
        sa.Column("sharing", sa.Enum("private", "groups", "public", **_PLAIN_TEXT), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("discord_id", name=op.f("pk_people")),
    )
    op.create_table(
        "steam_accounts",
        sa.Column("discord_id", _BIG_INT, autoincrement=False, nullable=False),
        sa.Column("steam_id", sa.BigInteger(), nullable=False),
        sa.Column("persona", sa.String(), nullable=True),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "hours hidden", "empty", "games closed", "profile closed", "failed", **_PLAIN_TEXT
            ),
            nullable=True,
        ),
        sa.Column("fetched_at", sa.DateTime(), nullable=True),
        sa.Column("closed_since", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("discord_id", name=op.f("pk_steam_accounts")),
    )
    op.create_index(op.f("ix_steam_accounts_steam_id"), "steam_accounts", ["steam_id"], unique=False)
    op.create_table(
        "own_libraries",
        sa.Column("discord_id", _BIG_INT, autoincrement=False, nullable=False),
        sa.Column("game_ids", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("discord_id", name=op.f("pk_own_libraries")),
    )
    op.create_table(
        "family_members",
        sa.Column("discord_id", _BIG_INT, autoincrement=False, nullable=False),
        sa.Column("member_id", _BIG_INT, autoincrement=False, nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("discord_id", "member_id", name=op.f("pk_family_members")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_family_members_member_id"), "family_members", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("family_members")
    op.drop_table("own_libraries")
    op.drop_table("steam_accounts")
    op.drop_table("people")
