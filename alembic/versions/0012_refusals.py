"""refusals"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UNITS = sa.Enum("line", "record", "value", name="refusedunit", native_enum=False, length=16)


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("unit", _UNITS, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["refresh_runs.id"], name=op.f("fk_refusals_run_id_refresh_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "file", "unit", "field", "reason", name=op.f("pk_refusals")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO refusals (run_id, file, unit, field, reason, count)"
        " SELECT run_id, file, CASE WHEN record IS NULL THEN 'line' ELSE 'record' END AS unit, '', reason,"
        " count(*) FROM rejects GROUP BY run_id, file, unit, reason"
    )
    with op.batch_alter_table("reviews") as batch_op:
        batch_op.alter_column("recommend", existing_type=sa.Boolean(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM reviews WHERE recommend IS NULL")
    with op.batch_alter_table("reviews") as batch_op:
        batch_op.alter_column("recommend", existing_type=sa.Boolean(), nullable=False)
    op.drop_table("refusals")
