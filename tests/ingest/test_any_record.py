"""Whatever the fields of a record hold, nothing is raised, nothing vanishes, and the other records stay."""

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ingest import IngestSettings, ingest
from ingest.clean.rows import CleanGame, CleanReview
from ingest.rejects import Refusal
from ingest.sources.steam_files import Role
from ingest.sources.steam_files.games import read_games
from ingest.sources.steam_files.libraries import read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.reviews import read_reviews
from ingest.sources.steam_files.source_file import SourceFile
from store.models import Game, OwnedGame, Player, RefusedUnit, Review
from store.models import Refusal as StoredRefusal
from store.runs import SilentProgress
from tests.copies import NewStore
from tests.ingest.raw_files import RawFolder, Record, game, item, owner, review, reviewer

pytestmark = pytest.mark.slow

odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(
        [-1, 0, 1, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, 35_000_000 * 60, 771_000_000]
    ),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from(["", " ", "\0", "\ud83d", "x" * 2_000, "&amp;amp;", "9,99€", ",", ", of , people"]),
    st.sampled_from(["10", "-5", "1e400", "NaN", "true", "9" * 30, "Action, Indie"]),
    st.sampled_from(["2014-02-30", "0000-01-01", "99999", "Posted November 5 2011"]),
    st.lists(st.none() | st.integers() | st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
    st.just([[[[]]]]),
)


def spoilt(sound: Record) -> st.SearchStrategy[Record]:
    """Return records like a sound one with some fields of any value, and some left out."""
    changed = st.dictionaries(st.sampled_from(sorted(sound)), odd_values, max_size=len(sound))
    return st.builds(
        lambda change, without: {key: value for key, value in (sound | change).items() if key not in without},
        changed,
        st.sets(st.sampled_from(sorted(sound)), max_size=2),
    )


GAME = game(
    10,
    title="Ten",
    genres=["Action"],
    tags=["FPS"],
    specs=["Co-op"],
    price=9.99,
    release_date="2010-01-01",
    developer="Valve",
    publisher="Valve",
    early_access=False,
    metascore=90,
    sentiment="Very Positive",
)
games = spoilt(GAME)
reviews = spoilt(review(10))
items = spoilt(item(10, 60))
reviewers = st.builds(
    lambda user, records: user | ({"reviews": records} if "reviews" in user else {}),
    spoilt(reviewer("ada")),
    st.lists(reviews | odd_values, max_size=4) | odd_values,
)
owners = st.builds(
    lambda user, records: user | ({"items": records} if "items" in user else {}),
    spoilt(owner("ada")),
    st.lists(items | odd_values, max_size=4) | odd_values,
)
notations: st.SearchStrategy[Callable[[Any], str]] = st.sampled_from([json.dumps, repr])
rubbish = st.sampled_from(["", "  ", "<html>", "{", "[]", "null", "{'user_id': 'cut", '{"a": ' + "[" * 3_000])


def lines_of(records: st.SearchStrategy[Record]) -> st.SearchStrategy[list[str]]:
    """Return small files in either notation, with some lines behind the first that are no records."""
    line = st.builds(lambda write, record: write(record), notations, records)
    return st.builds(lambda first, others: [first, *others], line, st.lists(line | rubbish, max_size=4))


def read(
    role: Role, lines: Iterable[str], rows_of: Callable[[Reading], Iterable[Any]]
) -> tuple[Reading, list[Any]]:
    """Return a file of these lines once it was read, and its rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "lines.json")
        # A line end before the first line keeps the file from being empty.
        file.write_bytes("\n".join(["", *lines]).encode(errors="surrogatepass"))
        reading = Reading(role, role.kind, SourceFile(file, SilentProgress()))
        rows = list(rows_of(reading))
    assert reading.tally.lines + reading.blank == reading.file.lines
    return reading, rows


def told(reading: Reading) -> set[str]:
    """Return the fields of which a value was taken as unknown."""
    return {kind.field for kind in reading.tally.counts if kind.unit is RefusedUnit.VALUE}


def says_something(value: object) -> bool:
    return value is not None and value == value and value not in ("", 0) and value != []


def is_blank(value: object) -> bool:
    """Whether a value is text without a sign, or a list of nothing else."""
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(text, str) and not text.strip() for text in texts)


@given(lines_of(games))
def test_every_line_of_games_is_a_row_or_a_reject(lines: list[str]) -> None:
    reading, rows = read(Role.GAMES, lines, read_games)
    assert len(rows) + reading.tally.refused(RefusedUnit.LINE) == reading.tally.lines
    assert read(Role.GAMES, lines, read_games)[1] == rows


@given(games)
def test_a_game_is_refused_for_want_of_an_id_alone(record: Record) -> None:
    reading, rows = read(Role.GAMES, [json.dumps(record)], read_games)
    if not rows:
        assert set(reading.tally.counts) == {
            Refusal(RefusedUnit.LINE, "no app id, neither in the record nor in its address")
        } or (reading.blank == 2)


FALLBACKS = {
    "genres": ("genres", ()),
    "tags": ("tags", ()),
    "specs": ("specs", ()),
    "price": ("price_cents", None),
    "release_date": ("release_year", None),
    "metascore": ("metascore", None),
}


@given(games)
def test_each_field_of_a_game_that_fell_back_is_counted(record: Record) -> None:
    reading, rows = read(Role.GAMES, [json.dumps(record)], read_games)
    counted = told(reading)
    for row in rows:
        assert isinstance(row, CleanGame)
        for name, (attribute, unknown) in FALLBACKS.items():
            value = record.get(name)
            if getattr(row, attribute) == unknown and says_something(value) and not is_blank(value):
                assert name in counted, (name, value)
        assert row.price_cents is None or 0 <= row.price_cents <= 1_000_000
        assert row.release_year is None or 1970 <= row.release_year <= 2049


@given(lines_of(reviewers))
def test_every_line_and_record_of_reviews_is_a_row_or_a_reject(lines: list[str]) -> None:
    reading, rows = read(Role.REVIEWS, lines, lambda reading: read_reviews(reading, 2016))
    assert len(rows) + reading.tally.refused(RefusedUnit.RECORD) == reading.tally.records
    assert read(Role.REVIEWS, lines, lambda reading: read_reviews(reading, 2016))[1] == rows


@given(reviews)
def test_each_field_of_a_review_that_fell_back_is_counted(record: Record) -> None:
    line = repr(reviewer("ada", record))
    reading, rows = read(Role.REVIEWS, [line], lambda reading: read_reviews(reading, 2016))
    refused = reading.tally.refused(RefusedUnit.RECORD) + reading.tally.refused(RefusedUnit.LINE)
    assert len(rows) + refused == 1
    counted = told(reading)
    for row in rows:
        assert isinstance(row, CleanReview)
        assert ("recommend" in counted) == (row.recommend is None)
        assert row.posted is not None or "posted" in counted or record.get("posted", "") == ""
        assert 0 <= row.helpful <= row.helpful_of <= 2_000_000_000
        assert 0 <= row.funny <= 2_000_000_000


@given(lines_of(owners))
def test_every_line_and_record_of_libraries_is_a_row_or_a_reject(lines: list[str]) -> None:
    reading, parts = read(Role.ITEMS, lines, read_libraries)
    users = sum(len(part.user_ids) for part in parts)
    owned = sum(len(part.games) for part in parts)
    assert users + reading.tally.refused(RefusedUnit.LINE) == reading.tally.lines
    assert owned + reading.tally.refused(RefusedUnit.RECORD) == reading.tally.records


@given(items)
def test_each_field_of_an_owned_game_that_fell_back_is_counted(record: Record) -> None:
    reading, parts = read(Role.ITEMS, [repr(owner("ada", record))], read_libraries)
    part = parts[-1]
    for name, minutes in (("playtime_forever", part.minutes), ("playtime_2weeks", part.minutes_2weeks)):
        value = record.get(name, 0)
        if list(minutes) == [0]:
            assert name in told(reading) or value in (0, "0", "-0", False) or name not in record, (
                name,
                value,
            )


@settings(max_examples=10, deadline=None)
@given(game_lines=lines_of(games), review_lines=lines_of(reviewers), item_lines=lines_of(owners))
def test_a_refresh_of_any_small_files_fills_a_store(
    new_store: NewStore, game_lines: list[str], review_lines: list[str], item_lines: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = RawFolder(folder)
        raw.games = [json.dumps(game(20)), *game_lines]
        raw.reviews = [repr(reviewer("zoe", review(20))), *review_lines]
        raw.items = [repr(owner("zoe", item(20, 5))), *item_lines]
        for rows in (raw.games, raw.reviews, raw.items):
            rows[:] = [line.encode(errors="replace").decode() for line in map(str, rows)]
        database = new_store(folder / "nextplay.sqlite3")
        try:
            report = ingest(database, [raw.write()], settings=IngestSettings(force=True, processes=1))
            with database.reader() as session:
                stored = {
                    model.__tablename__: session.scalar(select(func.count()).select_from(model))
                    for model in (Player, OwnedGame, Review)
                }
                listed = session.scalar(select(func.count()).where(Game.listed))
                refused = session.scalar(select(func.sum(StoredRefusal.count))) or 0
        finally:
            database.close()
    assert {"games": listed, **stored} == dict(report.counts)
    assert refused == sum(sum(source.refusals.values()) for source in report.sources)
