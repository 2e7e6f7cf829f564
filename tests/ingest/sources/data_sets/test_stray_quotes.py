"""A quote that a table has by mistake spoils its own row: those behind it are read, and none vanishes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.rows import LibraryColumns
from ingest.parse.lines import Batch
from ingest.rejects import Tally
from ingest.sources.data_sets import csv_rows
from ingest.sources.data_sets.mapping import read_mapping
from store.runs import RefusedUnit, SilentProgress
from tests.ingest.sources.data_sets.sets import opened

MAPPING = """
name = "A guild"
holds = "owned games"
form = "csv"
people = "steam ids"
header = ["who", "what", "called"]

[fields]
user = "who"
game = "what"
title = "called"
"""
PERSON = "76561198000000001"


def read(folder: Path, *rows: str) -> tuple[list[int], dict[int, str], int]:
    """Return the games and titles that a table has, and how many rows of it were refused."""
    (folder / "libraries.csv").write_text("".join(f"{PERSON},{row}\n" for row in rows))
    (folder / "libraries.mapping.toml").write_text(MAPPING)
    source = opened(folder / "libraries.csv")
    games: list[int] = []
    titles: dict[int, str] = {}
    for columns in source.libraries(SilentProgress()):
        assert isinstance(columns, LibraryColumns)
        games += columns.games
        titles |= columns.titles
    [found] = source.inputs()
    return games, titles, sum(n for kind, n in found.refusals.items() if kind.unit is RefusedUnit.LINE)


SOUND = ("1,One", "2,Two", "3,Three")


@pytest.mark.parametrize(
    ("rows", "games"),
    [
        (('9,"Open', *SOUND), [1, 2, 3]),
        (('9,"Open', *SOUND, '8,"Also open', "4,Four"), [1, 2, 3, 4]),
        (('9,"Open', *SOUND, '4,"Two\nlines"', "5,Five"), [1, 2, 3, 4, 5]),
        (('9,"Open" twice"', *SOUND), [1, 2, 3]),
        (('9,"Not ""closed', *SOUND), [1, 2, 3]),
    ],
)
def test_a_quote_that_never_closes_costs_its_own_row(
    tmp_path: Path, rows: tuple[str, ...], games: list[int]
) -> None:
    found, _titles, refused = read(tmp_path, *rows)
    assert sorted(found) == games
    assert refused == len([row for row in rows if row[0] in "98"])


def test_a_quote_within_a_cell_is_a_sign(tmp_path: Path) -> None:
    games, titles, refused = read(tmp_path, '9,7" single', *SOUND, '8,12" single')
    assert (games, refused) == ([9, 1, 2, 3, 8], 0)
    assert titles[9] == '7" single'


def test_a_cell_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    games, titles, refused = read(tmp_path, '9,"On\ntwo, or\n""three"" lines"', *SOUND)
    assert (games, refused) == ([9, 1, 2, 3], 0)
    assert titles[9] == 'On\ntwo, or\n"three" lines'


def test_a_quote_that_takes_in_more_than_any_record_has_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "_LONGEST_RECORD", 200)
    games, _titles, refused = read(tmp_path, '9,"Open', *(f"{game},A game" for game in range(1, 40)))
    assert (games, refused) == (list(range(1, 40)), 1)


@given(
    st.lists(st.sampled_from(["ok", '"', ',"', '"x",', 'a,"b', 'c",d', "", "\r", '""'])), st.integers(0, 9)
)
def test_no_sound_row_vanishes_whatever_stands_around_it(around: list[str], cut: int) -> None:
    lines = [f"ok {place},1,t" if line == "ok" else line for place, line in enumerate(around)]
    mapping, tally = read_mapping(MAPPING.encode(), Path("it.toml")), Tally()
    rows = csv_rows.CsvRows(mapping, Path("it.csv"), tally)
    coded = [line.encode() for line in ["first,0,x", *lines]]
    records = [
        *rows.read(Batch(1, coded[:cut])),
        *rows.read(Batch(1 + len(coded[:cut]), coded[cut:])),
        *rows.end(),
    ]
    read = [cell for _number, record in records for cell in record.values()]
    sound = [line.split(",")[0] for line in lines if line.startswith("ok")]
    assert all(any(name in cell for cell in read) for name in sound)
    assert tally.lines == len(records) + tally.refused(RefusedUnit.LINE)
