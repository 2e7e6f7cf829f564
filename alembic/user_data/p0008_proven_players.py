"""proven players: whether a person signed in through Steam as the player of a link

The seal is of all columns of the links, and so is renewed; a seal that is broken already stays so.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "p0008"
down_revision = "p0007"
branch_labels = None
depends_on = None

_BEFORE = "discord_id, user_id, public, linked_at"
_AFTER = f"{_BEFORE}, proven"


def upgrade() -> None:
    _sealed_anew(_add_column, before=_BEFORE, after=_AFTER)


def downgrade() -> None:
    _sealed_anew(lambda: op.drop_column("links", "proven"), before=_AFTER, after=_BEFORE)


def _add_column() -> None:
    op.add_column("links", sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.false()))
    links = sa.table("links", sa.column("discord_id"), sa.column("proven"))
    accounts = sa.table("steam_accounts", sa.column("discord_id"), sa.column("proven", sa.Boolean()))
    # Whoever signed in was linked to the player of that account, in place of everybody else.
    signed_in = sa.select(accounts.c.discord_id).where(accounts.c.proven)
    op.execute(sa.update(links).where(links.c.discord_id.in_(signed_in)).values(proven=sa.true()))


def _sealed_anew(change: Callable[[], None], *, before: str, after: str) -> None:
    seals = op.get_bind().exec_driver_sql("SELECT links_sha256 FROM installation").scalars().all()
    is_sound = seals == [_digest(before)]
    change()
    if is_sound:
        installation = sa.table("installation", sa.column("links_sha256"))
        op.execute(sa.update(installation).values(links_sha256=_digest(after)))


def _digest(columns: str) -> str:
    rows = op.get_bind().exec_driver_sql(f"SELECT {columns} FROM links ORDER BY discord_id")
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(map(_as_in_sqlite, row))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _as_in_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return int(value) if isinstance(value, bool) else value
