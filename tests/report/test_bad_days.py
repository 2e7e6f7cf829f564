"""Stores that lack something, and folders that cannot be written: sentences rather than empty plots."""

import re
import sys
from pathlib import Path

import pytest

from report import ReportError, write_report
from report.blocks import Page, Plot
from report.page import to_html
from report.wording import Wording
from report.writing import page_of
from store import Database, DatabaseUnavailable
from tests.report.small_data import applied, owners
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow


def page(store: SmallStore) -> Page:
    made = page_of(store.database, Wording())
    html = to_html(made, Wording(), "")
    assert not re.search(r">[^<]*\b(nan|None|inf)\b", html.split("<script")[0])
    return made


def lead(made: Page, name: str) -> str:
    return next(section.lead for section in made.sections if section.name == name)


def plot(made: Page, name: str) -> Plot:
    return next(
        block
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Plot) and block.name == name
    )


@pytest.mark.slow
def test_a_store_that_is_not_there_or_empty_is_refused_with_the_remedy(tmp_path: Path) -> None:
    database = Database(tmp_path / "nextplay.sqlite3")
    with pytest.raises(DatabaseUnavailable, match="nextplay refresh"):
        write_report(database, tmp_path / "out")
    database.upgrade()
    with pytest.raises(ReportError, match=r"store is empty; fill it with `nextplay refresh FOLDER`"):
        write_report(database, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    database.close()


def test_a_store_without_games_is_refused_with_the_remedy(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)

    with pytest.raises(ReportError, match=r"no games to report on; fill it with `nextplay refresh FOLDER`"):
        page(store)


def test_one_game_is_enough(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal", year=2007, cents=999, developers=("Valve",), genres=("Action",))
        owners(b, [{1: 90}])

    made = page(store)

    assert plot(made, "most-owned").values.rows == (("Portal", 1, 2007),)
    assert lead(made, "correlations") == "There are too few games to tell what goes together."
    assert "too few to compare" in lead(made, "together")


def test_without_reviews_there_are_sentences(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal", cents=999)
        owners(b, [{1: 90}, {1: 0}])

    made = page(store)

    assert lead(made, "reviews") == "These data have no reviews."
    assert lead(made, "tone") == "Without reviews there is no tone to question."
    assert plot(made, "most-praised").values.rows == ()
    assert plot(made, "most-praised").summary == "No game of these data qualifies."


def test_without_prices_no_game_is_called_free_or_dearest(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        b.game(2, "Half-Life")
        owners(b, [{1: 90}, {2: 0}])

    made = page(store)

    assert plot(made, "dearest").values.rows == ()
    assert plot(made, "price-bands").values.rows == ((None, 2),)
    assert "free" not in plot(made, "price-bands").summary


def test_without_libraries_nothing_is_said_to_be_played(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        b.review(1, "ana", "nice")

    made = page(store)

    assert lead(made, "playtime") == "Nobody has played anything in these data."
    assert plot(made, "most-played").values.rows == ()


def test_without_neighbours_the_way_to_them_is_named(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        owners(b, [{1: 90}])

    assert "No neighbours have been learned yet; “nextplay train” does." in lead(page(store), "recommender")


def test_a_game_without_a_title_goes_by_its_app_id(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(7, None)
        owners(b, [{7: 90}])

    assert plot(page(store), "most-owned").values.rows == (("App 7", 1, None),)


def test_a_folder_that_cannot_be_is_named(sample_store: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ReportError, match=r"file.report\.html cannot be written"):
        write_report(sample_store, tmp_path / "file")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that nobody may write into")
def test_a_folder_that_may_not_be_written_is_named(sample_store: Database) -> None:
    with pytest.raises(ReportError, match=r"/sys/kernel/report\.html cannot be written: [A-Z].+\."):
        write_report(sample_store, Path("/sys/kernel"))


def test_a_report_replaces_the_one_before(sample_store: Database, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")

    written = write_report(sample_store, tmp_path)

    assert written.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert written.stat().st_size < 8_000_000


def test_without_the_extra_the_way_to_it_is_named(
    sample_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    with pytest.raises(
        ReportError, match=r"extra `report`; run `pip install '\.\[report\]'` in the checkout"
    ):
        write_report(sample_store, tmp_path / "new")
    assert not (tmp_path / "new").exists()
