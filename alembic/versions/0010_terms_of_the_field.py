"""terms of the field"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COLUMNS = {
    "neighbours": {"neighbour_places": "neighbour_indices", "alikeness": "similarity"},
    "scored_games": {
        "time_mean": "log_playtime_mean",
        "time_spread": "log_playtime_std",
        "own_devotion_slope": "own_percentile_slope",
        "play_devotion_slope": "play_percentile_slope",
    },
}


def _create_scores(table: str, is_positive: str, scores: str) -> None:
    op.create_table(
        table,
        sa.Column("player_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(is_positive, sa.LargeBinary(), nullable=False),
        sa.Column(scores, sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f(f"fk_{table}_player_id_players")),
        sa.PrimaryKeyConstraint("player_id", name=op.f(f"pk_{table}")),
    )


def _move(old: str, new: str) -> None:
    # A new table rather than another name for the old one, whose constraints are named after it.
    op.execute(f"INSERT INTO {new} SELECT * FROM {old}")
    op.drop_table(old)


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for old, new in columns.items():
            op.alter_column(table, old, new_column_name=new)
    _create_scores("precomputed_scores", "is_positive", "scores")
    _move("kept_likings", "precomputed_scores")


def downgrade() -> None:
    for table, columns in _COLUMNS.items():
        for old, new in columns.items():
            op.alter_column(table, new, new_column_name=old)
    _create_scores("kept_likings", "liked", "liking")
    _move("precomputed_scores", "kept_likings")
