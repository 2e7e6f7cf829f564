"""What is written out for everybody has nothing of those who use the bot."""

from pathlib import Path

import pytest

from report import write_report
from store.export import Format, export
from tests.commands.private_person import Traces, store_everything
from tests.report.small_data import applied, owners
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

PERSON, LENDER, BORROWER = 432_198_765_432_198_765, 2, 3


@pytest.fixture
def used_store(store: SmallStore) -> SmallStore:
    """A store of a few games, by whose bot a person has stored all there can be."""
    with store.fill() as b:
        applied(b)
        for app_id in (10, 20):
            b.game(app_id, f"Game {app_id}", year=2010, cents=999, developers=("Studio",), genres=("Action",))
        owners(b, [{10: 60, 20: 600}] * 25)
    store_everything(store.database, PERSON, lender=LENDER, borrower=BORROWER, like="owner0")
    return store


def test_the_report_has_nothing_of_a_private_person(used_store: SmallStore, tmp_path: Path) -> None:
    page = write_report(used_store.database, tmp_path / "report")
    assert not Traces(PERSON).in_text(page.read_text("utf-8"))


@pytest.mark.parametrize("kind", Format)
def test_an_export_has_nothing_of_a_private_person(
    used_store: SmallStore, tmp_path: Path, kind: Format
) -> None:
    export(used_store.database, tmp_path / "export", kind)
    for file in (tmp_path / "export").iterdir():
        assert not Traces(PERSON).in_bytes(file.read_bytes()), file.name
