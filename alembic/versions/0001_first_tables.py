"""first tables"""

import sqlalchemy as sa
from alembic import op

from store.dialect import CREATE_NAME_SEARCH, DROP_NAME_SEARCH

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "developers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_developers")),
        sa.UniqueConstraint("name", name=op.f("uq_developers_name")),
    )
    op.create_table(
        "games",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "game",
                "dlc",
                "soundtrack",
                "demo",
                "beta",
                "software",
                "video",
                "mod",
                name="gamekind",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("release_date", sa.Date(), nullable=True),
        sa.Column("release_year", sa.Integer(), nullable=True),
        sa.Column("release_text", sa.String(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("early_access", sa.Boolean(), nullable=False),
        sa.Column("metascore", sa.Integer(), nullable=True),
        sa.Column("steam_rating", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_games")),
    )
    op.create_table(
        "genres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genres")),
        sa.UniqueConstraint("name", name=op.f("uq_genres_name")),
    )
    op.create_table(
        "names",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names")),
    )
    with op.batch_alter_table("names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_names_kind_key_rank"), ["kind", "key", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_names_kind_rank_key"), ["kind", "rank", "key"], unique=False)

    op.create_table(
        "players",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("steam_id", sa.String(), nullable=True),
        sa.Column("items_count", sa.Integer(), nullable=True),
        sa.Column("items_fingerprint", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_players")),
        sa.UniqueConstraint("user_id", name=op.f("uq_players_user_id")),
    )
    with op.batch_alter_table("players", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_players_steam_id"), ["steam_id"], unique=False)

    op.create_table(
        "refresh_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "running",
                "applied",
                "unchanged",
                "failed",
                "cancelled",
                "interrupted",
                name="runoutcome",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_runs")),
    )
    op.create_table(
        "specs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specs")),
        sa.UniqueConstraint("name", name=op.f("uq_specs_name")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )
    op.create_table(
        "developer_review_years",
        sa.Column(
            "basis",
            sa.Enum("reviewed", "released", name="yearbasis", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("developer_id", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("praised", sa.Integer(), nullable=False),
        sa.Column("liked", sa.Integer(), nullable=False),
        sa.Column("panned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["developer_id"],
            ["developers.id"],
            name=op.f("fk_developer_review_years_developer_id_developers"),
        ),
        sa.PrimaryKeyConstraint("basis", "year", "developer_id", name=op.f("pk_developer_review_years")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("developer_review_years", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_developer_review_years_developer_id_basis"),
            ["developer_id", "basis"],
            unique=False,
        )

    op.create_table(
        "developer_years",
        sa.Column("developer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("free_items", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["developer_id"], ["developers.id"], name=op.f("fk_developer_years_developer_id_developers")
        ),
        sa.PrimaryKeyConstraint("developer_id", "year", name=op.f("pk_developer_years")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "game_developers",
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("developer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["developer_id"], ["developers.id"], name=op.f("fk_game_developers_developer_id_developers")
        ),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_developers_game_id_games")),
        sa.PrimaryKeyConstraint("game_id", "developer_id", name=op.f("pk_game_developers")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("game_developers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_game_developers_developer_id_game_id"), ["developer_id", "game_id"], unique=False
        )

    op.create_table(
        "game_genres",
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_genres_game_id_games")),
        sa.ForeignKeyConstraint(["genre_id"], ["genres.id"], name=op.f("fk_game_genres_genre_id_genres")),
        sa.PrimaryKeyConstraint("game_id", "genre_id", name=op.f("pk_game_genres")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("game_genres", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_game_genres_genre_id_game_id"), ["genre_id", "game_id"], unique=False
        )

    op.create_table(
        "game_review_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("praised", sa.Integer(), nullable=False),
        sa.Column("liked", sa.Integer(), nullable=False),
        sa.Column("panned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_review_years_game_id_games")),
        sa.PrimaryKeyConstraint("year", "game_id", name=op.f("pk_game_review_years")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "game_specs",
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("spec_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_specs_game_id_games")),
        sa.ForeignKeyConstraint(["spec_id"], ["specs.id"], name=op.f("fk_game_specs_spec_id_specs")),
        sa.PrimaryKeyConstraint("game_id", "spec_id", name=op.f("pk_game_specs")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("game_specs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_game_specs_spec_id_game_id"), ["spec_id", "game_id"], unique=False
        )

    op.create_table(
        "game_stats",
        sa.Column("game_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owners", sa.Integer(), nullable=False),
        sa.Column("players", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes_p25", sa.Double(), nullable=True),
        sa.Column("minutes_median", sa.Double(), nullable=True),
        sa.Column("minutes_p75", sa.Double(), nullable=True),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("recommended", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_stats_game_id_games")),
        sa.PrimaryKeyConstraint("game_id", name=op.f("pk_game_stats")),
    )
    op.create_table(
        "game_tags",
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_game_tags_game_id_games")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_game_tags_tag_id_tags")),
        sa.PrimaryKeyConstraint("game_id", "tag_id", name=op.f("pk_game_tags")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("game_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_game_tags_tag_id_game_id"), ["tag_id", "game_id"], unique=False)

    op.create_table(
        "genre_champion_years",
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_genre_champion_years_genre_id_genres")
        ),
        sa.PrimaryKeyConstraint("genre_id", "year", name=op.f("pk_genre_champion_years")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "genre_champions",
        sa.Column("genre_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("player_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["genre_id"], ["genres.id"], name=op.f("fk_genre_champions_genre_id_genres")),
        sa.ForeignKeyConstraint(
            ["player_id"], ["players.id"], name=op.f("fk_genre_champions_player_id_players")
        ),
        sa.PrimaryKeyConstraint("genre_id", name=op.f("pk_genre_champions")),
    )
    op.create_table(
        "genre_years",
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["genre_id"], ["genres.id"], name=op.f("fk_genre_years_genre_id_genres")),
        sa.PrimaryKeyConstraint("genre_id", "year", name=op.f("pk_genre_years")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "neighbours",
        sa.Column("game_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "basis",
            sa.Enum("libraries", "content", name="neighbourbasis", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("popularity", sa.Double(), nullable=False),
        sa.Column("played_share", sa.Double(), nullable=False),
        sa.Column("neighbour_ids", sa.LargeBinary(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("common_owners", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_neighbours_game_id_games")),
        sa.PrimaryKeyConstraint("game_id", name=op.f("pk_neighbours")),
    )
    with op.batch_alter_table("neighbours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_neighbours_basis"), ["basis"], unique=False)

    op.create_table(
        "owned_games",
        sa.Column("player_id", sa.Integer(), nullable=False),
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("minutes_2weeks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_owned_games_game_id_games")),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_owned_games_player_id_players")),
        sa.PrimaryKeyConstraint("player_id", "game_id", name=op.f("pk_owned_games")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "player_stats",
        sa.Column("player_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owned", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("spent_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unpriced", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("recommended", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id"], ["players.id"], name=op.f("fk_player_stats_player_id_players")
        ),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_player_stats")),
    )
    op.create_table(
        "rejects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("excerpt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["refresh_runs.id"], name=op.f("fk_rejects_run_id_refresh_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejects")),
    )
    with op.batch_alter_table("rejects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejects_run_id"), ["run_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("player_id", sa.Integer(), nullable=False),
        sa.Column("game_id", sa.Integer(), nullable=False),
        sa.Column("recommend", sa.Boolean(), nullable=False),
        sa.Column("posted", sa.Date(), nullable=True),
        sa.Column("posted_inferred", sa.Boolean(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("helpful_of", sa.Integer(), nullable=False),
        sa.Column("funny", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sentiment_score", sa.Double(), nullable=False),
        sa.Column("sentiment", sa.SmallInteger(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_reviews_game_id_games")),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_reviews_player_id_players")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("player_id", "game_id", name=op.f("uq_reviews_player_id_game_id")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reviews_game_id_sentiment_recommend_helpful"),
            ["game_id", "sentiment", "recommend", "helpful"],
            unique=False,
        )

    op.create_table(
        "run_sources",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("modified_ns", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["refresh_runs.id"],
            name=op.f("fk_run_sources_run_id_refresh_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "role", name=op.f("pk_run_sources")),
    )
    op.execute(CREATE_NAME_SEARCH)


def downgrade() -> None:
    op.execute(DROP_NAME_SEARCH)
    op.drop_table("run_sources")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_game_id_sentiment_recommend_helpful"))

    op.drop_table("reviews")
    with op.batch_alter_table("rejects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rejects_run_id"))

    op.drop_table("rejects")
    op.drop_table("player_stats")
    op.drop_table("owned_games")
    with op.batch_alter_table("neighbours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_neighbours_basis"))

    op.drop_table("neighbours")
    op.drop_table("genre_years")
    op.drop_table("genre_champions")
    op.drop_table("genre_champion_years")
    with op.batch_alter_table("game_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_game_tags_tag_id_game_id"))

    op.drop_table("game_tags")
    op.drop_table("game_stats")
    with op.batch_alter_table("game_specs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_game_specs_spec_id_game_id"))

    op.drop_table("game_specs")
    op.drop_table("game_review_years")
    with op.batch_alter_table("game_genres", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_game_genres_genre_id_game_id"))

    op.drop_table("game_genres")
    with op.batch_alter_table("game_developers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_game_developers_developer_id_game_id"))

    op.drop_table("game_developers")
    op.drop_table("developer_years")
    with op.batch_alter_table("developer_review_years", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_developer_review_years_developer_id_basis"))

    op.drop_table("developer_review_years")
    op.drop_table("tags")
    op.drop_table("specs")
    op.drop_table("refresh_runs")
    with op.batch_alter_table("players", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_players_steam_id"))

    op.drop_table("players")
    with op.batch_alter_table("names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_names_kind_rank_key"))
        batch_op.drop_index(batch_op.f("ix_names_kind_key_rank"))

    op.drop_table("names")
    op.drop_table("genres")
    op.drop_table("games")
    op.drop_table("developers")
