"""installation: the mark of the file, and the seal of its links"""

import hashlib
import secrets

import sqlalchemy as sa
from alembic import op

revision = "p0002"
down_revision = "p0001"
branch_labels = None
depends_on = None

_LARGEST_MARK = (1 << 31) - 1


def upgrade() -> None:
    installation = op.create_table(
        "installation",
        sa.Column("mark", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("links_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_installation")),
    )
    rows = op.get_bind().exec_driver_sql(
        "SELECT discord_id, user_id, public, linked_at FROM links ORDER BY discord_id"
    )
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    op.execute(
        sa.insert(installation).values(
            mark=1 + secrets.randbelow(_LARGEST_MARK), links_sha256=digest.hexdigest()
        )
    )


def downgrade() -> None:
    op.drop_table("installation")
