"""Alembic's entry: compares and migrates the tables of `store.models`.

The program hands over an open connection and says which of the two files it is; on the command line
`NEXTPLAY_DATABASE` names the file of the data.
"""

import os
from typing import Any, Literal

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Connection

from store.dialect import file_of, is_own_table, writer_engine
from store.files.migration import MigrationBranch
from store.files.refill import require_refill
from store.models import Base
from store.user_data.models import UserDataBase

_METADATA = {MigrationBranch.DATA: Base.metadata, MigrationBranch.USER_DATA: UserDataBase.metadata}


def _is_modelled(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return not (kind == "table" and name is not None and is_own_table(name))


def _render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    # A migration describes the column in the database; the conversion on the Python side may change after it.
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _require_refill(*, ctx: MigrationContext, step: MigrationInfo, **_more: Any) -> None:
    # Which of the tables a step adds or empties is not asked: none may be forgotten.
    if step.is_upgrade and ctx.connection is not None:
        require_refill(ctx.connection)


def _migrate(connection: Connection) -> None:
    branch = context.config.attributes.get("branch", MigrationBranch.DATA)
    context.configure(
        connection=connection,
        target_metadata=_METADATA[branch],
        on_version_apply=_require_refill if branch is MigrationBranch.DATA else (),
        include_object=_is_modelled,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    engine = writer_engine(file_of(os.environ.get("NEXTPLAY_DATABASE", "data/nextplay.sqlite3")))
    with engine.connect() as opened:
        _migrate(opened)
