"""The real files give the counts that they are known to have."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from ingest.sources.source import Kind
from ingest.sources.steam_files import Role
from ingest.sources.steam_files.games import read_games
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.source_file import SourceFile
from store import Database
from store.models import Game, OwnedGame, Player, Reject, Review, RunSource
from store.runs import SilentProgress

pytestmark = pytest.mark.real_data


def test_rows_by_kind(real_store: Database) -> None:
    with real_store.reader() as session:
        counts = {
            "games": session.scalar(select(func.count()).where(Game.listed)),
            "reviews": session.scalar(select(func.count()).select_from(Review)),
            "players in items": session.scalar(select(func.count()).where(Player.items_count.is_not(None))),
            "owned games": session.scalar(select(func.count()).select_from(OwnedGame)),
        }
    assert counts == {"games": 32_132, "reviews": 58_431, "players in items": 18_302, "owned games": 177_459}


def test_the_one_record_that_cannot_be_used_is_named(real_store: Database) -> None:
    with real_store.reader() as session:
        [reject] = session.scalars(select(Reject)).all()
        assert (reject.file, reject.reason) == (
            "steam_games_literal.json.gz",
            "no app id, neither in the record nor in its address",
        )
        lines = {source.role: source.lines for source in session.scalars(select(RunSource))}
        assert lines == {"games": 32_135, "reviews": 25_653, "items": 18_359}


def test_both_games_files_hold_the_same_games(real_data: Path) -> None:
    readings = [
        Reading(Role.GAMES, Kind.GAMES, SourceFile(real_data / name, SilentProgress()))
        for name in ("steam_games_literal.json.gz", "steam_games.json.gz")
    ]
    literal, strict = ({game.id: game for game in read_games(reading)} for reading in readings)
    assert strict.keys() == literal.keys()
    assert readings[1].blank == 88_310
    for app, game in strict.items():
        other = literal[app]
        assert (game.title, game.developers, game.price_cents, game.release_year, game.kind) == (
            (other.title, other.developers, other.price_cents, other.release_year, other.kind)
        )


def test_reviews_without_a_year_and_without_text(real_store: Database) -> None:
    with real_store.reader() as session:
        leap_days = select(func.count()).where(Review.posted_inferred, Review.posted == "2016-02-29")
        assert session.scalar(leap_days) == 25
        empty = session.execute(
            select(Review.sentiment_score, Review.sentiment, func.count())
            .where(Review.text == "")
            .group_by(Review.sentiment_score, Review.sentiment)
        ).all()
        assert [(score, int(sentiment)) for score, sentiment, _count in empty] == [(0.0, 1)]
