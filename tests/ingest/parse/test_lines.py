"""A line in either notation is read exactly as `ast.literal_eval` and JSON say."""

import ast
import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse import UnreadableLine, decode, literal_to_json, swap_quotes
from ingest.parse.forms import LineForm
from ingest.parse.records import UserLines
from ingest.parse.schemas import OWNERS, REVIEWERS
from ingest.rejects import Tally
from ingest.sources.steam_files.source_file import SourceFile
from store.runs import SilentProgress
from tests.real_records import ReadRecords

texts = st.text() | st.text(alphabet="'\"\\u TrueNone,:{}[]é☃")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(texts, values, max_size=5)


def python_2_repr(value: object) -> str:
    """Write a value as Python 2 did: text with a `u` prefix and everything but ASCII escaped."""
    if isinstance(value, str):
        return "u" + ascii(value)
    if isinstance(value, dict):
        pairs = (f"{python_2_repr(key)}: {python_2_repr(entry)}" for key, entry in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(python_2_repr, value)) + "]"
    return repr(value)


def same(one: object, other: object) -> bool:
    """Whether two values are equal in type too: True is not 1 here."""
    return repr(one) == repr(other)


@given(records)
def test_a_python_3_literal_is_read_as_python_reads_it(record: dict[str, Any]) -> None:
    line = repr(record)
    assert same(decode(line.encode(errors="surrogatepass")), ast.literal_eval(line))


@given(records)
def test_a_python_2_literal_is_read_as_python_reads_it(record: dict[str, Any]) -> None:
    line = python_2_repr(record)
    assert same(decode(line.encode()), ast.literal_eval(line))


@given(records)
def test_json_is_read_as_json(record: dict[str, Any]) -> None:
    line = json.dumps(record)
    assert same(decode(line.encode()), json.loads(line))


@pytest.mark.filterwarnings("ignore:invalid escape sequence", "ignore:invalid octal escape")
@given(st.sampled_from(["true", "null", "NaN"]) | st.text(alphabet="'\"\\u TrueNone,:{}[]1a", max_size=30))
def test_a_line_that_python_refuses_is_never_read_as_something_else(body: str) -> None:
    line = "{'key': " + body + "}"
    try:
        expected = ast.literal_eval(line)
    except (ValueError, SyntaxError, TypeError):
        with pytest.raises(UnreadableLine):
            decode(line.encode())
    else:
        assert same(decode(line.encode()), expected)


@pytest.mark.parametrize(
    "line",
    [
        """{'name': "Sid Meier's Civilization V"}""",
        """{'name': 'say "hi" twice', 'other': "it's"}""",
        r"""{'name': 'it\'s "so" \\ good\t\x41\u2019\U0001f600'}""",
        """{u'name': u'Menu', u'list': [u'u', u', u', u': True, ']}""",
        """{'said': ': True, ', 'True': False, 'None': None}""",
        r"""{'bell': '\a', 'octal': '\101', 'nul': '\0'}""",
        """{'pair': ('a', 1), 'joined': 'a' 'b', 'sum': 1_000}""",
    ],
)
def test_quotes_prefixes_constants_and_escapes_are_told_apart(line: str) -> None:
    assert same(decode(line.encode()), ast.literal_eval(line))


def test_two_halves_of_an_escaped_character_are_one() -> None:
    assert decode(rb"{u'title': u'\ud83d\ude00'}") == {"title": "\U0001f600"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b'{"a": 1e400, "b": -1e400}', {"a": float("inf"), "b": float("-inf")}),
        (b'{"a": ' + b"9" * 5_000 + b"}", {"a": float("inf")}),
        (b"{'a': -" + b"9" * 5_000 + b"}", {"a": float("-inf")}),
        (b"{'a': 1e400}", {"a": float("inf")}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"{'a': 1, 'a': 2}", {"a": 2}),
        (b'  {"a": NaN, "b": "\\ud83d"}', None),
        (b"{'a': 'tab\tand nul\x00'}", {"a": "tab\tand nul\0"}),
        (b'{"a": "tab\tand nul\x00"}', {"a": "tab\tand nul\0"}),
        (b"{'a': '\\ud83d \\q \\7 \\101'}", {"a": "\ud83d \\q \7 A"}),
    ],
)
def test_odd_numbers_names_and_characters_are_read(line: bytes, value: object) -> None:
    if value is None:
        assert decode(line)["b"] == "\ud83d"
    else:
        assert same(decode(line), value)


@pytest.mark.parametrize("opening", [b"[", b'{"b": ', b"("])
@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_field_nested_too_deeply_leaves_the_others(opening: bytes, quote: bytes) -> None:
    closing = {b"[": b"]", b"(": b",)"}.get(opening, b"}")
    deep = opening * 20_000 + b"1" + closing * 20_000
    line = (b'{"deep": ' + deep + b', "id": "7"}').replace(b'"', quote)
    assert decode(line)["id"] == "7"


def test_brackets_inside_strings_nest_nothing() -> None:
    line = b"{'text': '" + b"[" * 50_000 + b"', 'deep': " + b"[" * 2_000 + b"]" * 2_000 + b"}"
    assert decode(line)["text"] == "[" * 50_000


def test_nan_is_known_to_json_alone() -> None:
    record = decode(b'{"price": NaN, "title": "NaN"}')
    assert record["price"] != record["price"]
    assert record["title"] == "NaN"
    with pytest.raises(UnreadableLine):
        decode(b"{'price': NaN}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"<html>", "neither JSON nor a Python literal"),
        (b"{'user_id': 'cut", "neither JSON nor a Python literal"),
        (b"{'a': 'caf\xe9'}", "not UTF-8 text"),
        (b"[" * 100_000, "neither JSON nor a Python literal"),
        (b"{'a': '\\x4'}", "neither JSON nor a Python literal"),
        (b"{'a': '\\'}", "neither JSON nor a Python literal"),
        (b"{'a': b''.join([])}", "neither JSON nor a Python literal"),
    ],
)
def test_an_unreadable_line_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(UnreadableLine, match=reason):
        decode(line)


def test_nothing_is_ever_evaluated(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    with pytest.raises(UnreadableLine):
        decode(f"{{'a': open({str(trap)!r}, 'w')}}".encode())
    assert not trap.exists()


def test_swapping_quotes_gives_up_where_it_cannot_be_sure() -> None:
    assert swap_quotes(b"""{'a': "it's", 'b': 'c'}""") == b'{"a": "it\'s", "b": "c"}'
    assert swap_quotes(b"""{'a': 'say "hi"'}""") == rb"""{"a": "say \"hi\""}"""
    assert swap_quotes(rb"""{'a': 'it\'s'}""") is None


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["steam_games_literal", "user_reviews", "users_items"])
def test_every_real_line_is_read_exactly_and_quickly(
    real_data: Path, real_records: ReadRecords, name: str
) -> None:
    with gzip.open(real_data / f"{name}.json.gz") as lines:
        for line, expected in zip(lines, real_records(name), strict=True):
            assert literal_to_json(line) is not None, line[:200]
            assert same(decode(line), expected), line[:200]


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "form"), [("user_reviews", REVIEWERS), ("users_items", OWNERS)])
def test_every_real_user_has_the_records_that_python_reads(
    real_data: Path, real_records: ReadRecords, name: str, form: LineForm[Any]
) -> None:
    records = iter(real_records(name))
    lines = UserLines(form, Tally())
    for batch in SourceFile(real_data / f"{name}.json.gz", SilentProgress()).batches():
        decoded = dict(lines.decode(batch))
        for number, line in enumerate(batch.lines, batch.first):
            if line:
                expected = msgspec.convert(next(records), form.user.struct, strict=False)
                assert decoded[number] == expected, line[:200]
    assert list(records) == []
    assert not lines.tally.counts
