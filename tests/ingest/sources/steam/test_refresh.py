"""Refreshes of a store from Steam, alone and beside files."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from ingest import GuardError, IngestSettings, RunReport, ingest
from ingest.sources.locations import steam_file
from ingest.sources.steam.settings import SteamHosts, SteamSettings
from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from store import Database, queries
from store.errors import NotFound, NothingPlayed
from store.models import Game, Name, NameKind, Player, RefreshRun, RunOutcome, StorePage
from store.names import complete
from store.visibility import Visibility
from tests.ingest.raw_files import RawFolder, game, item, owner, review, reviewer

pytestmark = pytest.mark.slow


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "nextplay.sqlite3")


def settings(steam: LocalSteam, *, force: bool = False, calls: int = 50_000) -> IngestSettings:
    hosts = SteamHosts(steam.api, steam.store, steam.community)
    asked = SteamSettings(
        key=SecretStr(steam.key),
        languages=("english",),
        review_games=5,
        calls_a_day=calls,
        hosts=hosts,
        seconds_between_calls=0,
    )
    return IngestSettings(steam=asked, force=force, processes=1)


def refresh(database: Database, steam: LocalSteam, *places: str | Path, calls: int = 50_000) -> RunReport:
    return ingest(database, ["steam", *places], settings=settings(steam, calls=calls))


@pytest.fixture
def folder(tmp_path: Path) -> RawFolder:
    path = tmp_path / "files"
    path.mkdir()
    raw = RawFolder(path)
    raw.games = [
        game(invented.TIDEWRIGHT, app_name="Old name", genres=["Strategy"], metascore=88, price=4.99),
        game(7, app_name="Only on file"),
    ]
    raw.reviews = [reviewer("ana", review(invented.TIDEWRIGHT))]
    raw.items = [owner("ana", item(invented.TIDEWRIGHT, 60), item(7, 5))]
    raw.write()
    return raw


def test_a_store_is_filled_by_steam_alone_and_then_left_alone(database: Database, steam: LocalSteam) -> None:
    report = refresh(database, steam)
    assert report.outcome is RunOutcome.APPLIED
    assert steam_file(database.file).exists()
    with database.reader() as session:
        assert queries.game(session, "tidewright").game.title == "Tidewright"
        page = session.get_one(StorePage, invented.TIDEWRIGHT)
        assert (page.currency, page.rating_count) == ("USD", 3000)
    again = refresh(database, steam)
    assert again.outcome is RunOutcome.UNCHANGED


def test_steams_facts_win_and_files_fill_what_it_leaves_open(
    database: Database, steam: LocalSteam, folder: RawFolder
) -> None:
    refresh(database, steam, folder.path)
    with database.reader() as session:
        both, of_file = session.get_one(Game, invented.TIDEWRIGHT), session.get_one(Game, 7)
        assert (both.title, both.price_cents) == ("Tidewright", 2499)
        assert of_file.title == "Only on file"
        assert queries.userdata(session, "ana").items == 2


def test_authors_of_reviews_are_counted_and_found_by_nobody(
    database: Database, steam: LocalSteam, folder: RawFolder
) -> None:
    refresh(database, steam, folder.path)
    with database.reader() as session:
        authors = session.scalars(select(Player).where(Player.user_id.like("~%"))).all()
        assert len(authors) > 20
        assert all(author.steam_id is None for author in authors)
        assert session.scalars(select(Name.label).where(Name.kind == NameKind.PLAYER)).all() == ["ana"]
        for author in authors[:20]:
            for text in (author.user_id, author.user_id[1:], f"id:{author.id}"):
                with pytest.raises(NotFound):
                    queries.userdata(session, text)
                with pytest.raises(NotFound):
                    queries.recommend_group(session, [text, "ana"])
            assert complete(session, NameKind.PLAYER, author.user_id, 5) == ()
        assert Visibility(frozenset()).complete(session, "~", 25) == ()
        for genre in ("Strategy", "Indie", "RPG", "Action"):
            try:
                assert queries.user_for_genre(session, genre).user_id == "ana"
            except (NotFound, NothingPlayed):
                continue
        card = queries.game(session, "tidewright")
        for excerpt in (card.typical_positive, card.typical_negative):
            assert excerpt is None or not excerpt.user_id.startswith("~")


def test_a_run_out_of_calls_is_recorded_as_partial_and_the_next_goes_on(
    database: Database, steam: LocalSteam
) -> None:
    report = refresh(database, steam, calls=6)
    assert report.partial
    assert "with what has come so far" in str(report)
    with database.reader() as session:
        run = session.scalars(select(RefreshRun).order_by(RefreshRun.id.desc())).first()
        assert run is not None
        assert run.counts["partial"]
        assert any("the next run goes on from there" in note for note in run.counts["notes"])
    steam.world.advance(days=1)
    assert not refresh(database, steam).partial


def test_a_first_partial_run_does_not_take_the_place_of_fuller_data(
    database: Database, steam: LocalSteam, folder: RawFolder
) -> None:
    folder.games = [game(number) for number in range(1, 400)]
    folder.write()
    ingest(database, [folder.path], settings=IngestSettings(processes=1))
    with pytest.raises(GuardError, match="not all has come from the source yet, so run it again"):
        refresh(database, steam, calls=6)
    with database.reader() as session:
        assert session.get_one(Game, 7).listed


def test_a_night_on_which_steam_fails_leaves_the_store_as_it_is(
    database: Database, steam: LocalSteam
) -> None:
    refresh(database, steam)
    with steam.mood(Mood.ITEMS_GONE):
        report = refresh(database, steam)
    assert report.partial
    assert report.outcome is RunOutcome.UNCHANGED
