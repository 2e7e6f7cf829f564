"""Whatever a line says, reading and cleaning it take time and memory in proportion to its length."""

import bz2
import gzip
import io
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from time import process_time
from typing import Any

import pytest
from backports import zstd

from ingest.clean.dates import posted, release
from ingest.clean.developers import developers
from ingest.clean.kinds import kind_of
from ingest.clean.money import price_cents
from ingest.clean.reviews import count, helpfulness
from ingest.clean.text import clean_text
from ingest.parse import UnreadableLine, decode
from ingest.parse.fields import UnusableValue
from ingest.parse.forms import LineForm
from ingest.parse.lines import Batch
from ingest.parse.records import UserLines
from ingest.parse.schemas import OWNERS, REVIEWERS
from ingest.rejects import Tally
from ingest.score.prepare import prepare, with_ratings_in_words
from ingest.sources.files import lines_of
from ingest.sources.files.foreign import foreign
from ingest.summarize.aliases import title_aliases
from store.names.editions import edition_key, is_only_edition
from store.names.search_key import search_key
from tests.ingest.clean.test_dates import LATEST

pytestmark = pytest.mark.slow

# Eight times the input takes eight times as long if the time is linear, and 64 times if it is quadratic.
_TIMES = 8
_MOST = 24
_CHARACTERS = 4_000

LINES: dict[str, Callable[[int], bytes]] = {
    "escaped quotes in a string without an end": lambda n: b"{'a': '" + rb"\'" * n,
    "escaped double quotes in a string without an end": lambda n: b'{"a": "' + rb"\"" * n,
    "quotes in a string without an end": lambda n: b"{'a': \"" + b"'" * n,
    "strings side by side": lambda n: b"{'a': " + b"'b' " * n + b"}",
    "prefixes": lambda n: b"{'a': " + b"u" * n + b"'b'}",
    "backslashes": lambda n: b"{'a': '" + b"\\" * (2 * n + 1) + b"'}",
    "escapes": lambda n: b"{'a': '" + rb"\x41\'" * n + b"'}",
    "escapes that are none": lambda n: b"{'a': '" + rb"\d" * n + b"'}",
    "halves of characters": lambda n: b"{'a': '" + rb"\ud83d" * n + b"'}",
    "opening brackets": lambda n: b"{'a': " + b"[" * n,
    "nested lists": lambda n: b"{'a': " + b"[" * n + b"]" * n + b"}",
    "nested lists in JSON": lambda n: b'{"a": ' + b"[" * n + b"]" * n + b"}",
    "nested tuples": lambda n: b"{'a': " + b"(" * n + b")" * n + b"}",
    "nested records": lambda n: b'{"a": ' + b'{"b":' * n + b"1" + b"}" * n + b"}",
    "signs": lambda n: b"{'a': " + b"-" * n + b"1}",
    "digits": lambda n: b"{'a': " + b"9" * n + b"}",
    "digits in JSON": lambda n: b'{"a": ' + b"9" * n + b"}",
    "blanks": lambda n: b"{'a': 1" + b" " * n + b"}",
    "tuples": lambda n: b"{'a': (" + b"1, " * n + b")}",
    "constants": lambda n: b"{'a': [" + b"None, True, " * n,
    "pairs without an end": lambda n: b"{" + b"'a': 1, " * n,
    "triple quotes": lambda n: b"{'a': " + b"'''" * n,
    "comments": lambda n: b"{'a': 1 " + b"#" * n,
    "no UTF-8": lambda n: b"{'a': '" + b"\xff" * n + b"'}",
    "JSON of many records that end nowhere": lambda n: b'{"items": [' + b'{"item_id": "1"}, ' * n,
    "records that are none": lambda n: b"{'user_id': 'a', 'items': [" + b"1, " * n + b"]}",
    "records without what they are about": lambda n: b'{"user_id": "a", "reviews": [' + b"{}," * n + b"{}]}",
}
TEXTS: dict[str, Callable[[int], str]] = {
    "escaped ampersands": lambda n: "&" + "amp;" * n + "lt;",
    "escaped ampersands of every form": lambda n: "&" + "#38;amp;#x26;AMP;" * n + "lt;",
    "ampersands without an end": lambda n: "&" + "amp" * n,
    "digits escaped again and again": lambda n: "&#3" + "&#5" * n + "6;" + ";" * n,
    "letters escaped again and again": lambda n: "&am" + "&#11" * n + "2;" + ";" * n,
    "ampersands": lambda n: "&" * n,
    "entities": lambda n: "&lt;&notin&#33;" * n,
    "numbers": lambda n: "&#" + "0" * n + "&#x" + "0" * n + "26;",
    "beginnings of numbers": lambda n: "&#x" * n,
    "blanks": lambda n: "x" + " \t" * n + "x",
    "commas": lambda n: "1," * n,
    "legal forms": lambda n: "Valve" + ",Inc" * n,
    "brackets": lambda n: "(" * n + "a,b" + ")" * n,
    "brackets without an end": lambda n: "([{," * n,
    "brackets without a beginning": lambda n: ")]}," * n,
    "demos": lambda n: "demo (" * n,
    "betas": lambda n: "beta (" * n + " - " * n,
    "dashes": lambda n: " - " * n + "(  " * n,
    "amounts": lambda n: "$9.99 " * n,
    "years": lambda n: "2017 " * n,
    "months": lambda n: "Posted November 5, " * n,
}
NAMES: dict[str, Callable[[int], str]] = {
    "editions": lambda n: "a" + " complete pack" * n + " x",
    "remasters": lambda n: "a" + " hd remastered" * n + " x",
    "deluxe packs": lambda n: "a" + " digital deluxe pack gold edition" * n,
    "acronyms": lambda n: "a.b." * n,
    "numerals": lambda n: "xiv 14 " * n,
    "colons": lambda n: "a : - " * n,
    "dots": lambda n: "a.b" * n + "@",
    "hyphens": lambda n: "a-" * n + ".",
    "links": lambda n: "http://[a](http://" * n,
    "tags": lambda n: "<a [b= " * n,
    "ratings": lambda n: "10 out of  9 / " * n,
    "accents": lambda n: "e\u0301\u0301" * n,
    "ligatures": lambda n: "\ufdfa" * n,
}
BEGINNINGS: dict[str, Callable[[int], bytes]] = {
    "blanks": lambda n: b" " * n,
    "cells without an end": lambda n: b"a" + b",b" * n,
    "cells before a bracket": lambda n: b"a" + b",," * n + b"{",
    "quotes": lambda n: b'"' * n,
    "line ends": lambda n: b"\n" * n,
}
FORMS: tuple[LineForm[Any], ...] = (REVIEWERS, OWNERS)
TEXT_RULES: dict[str, Callable[[str], object]] = {
    "clean_text": clean_text,
    "developers": developers,
    "kind_of": kind_of,
    "price_cents": price_cents,
    "release": release,
    "posted": lambda text: posted(text, 2016, LATEST),
    "helpfulness": helpfulness,
    "count": count,
}
NAME_RULES: dict[str, Callable[[str], object]] = {
    "search_key": search_key,
    "edition_key": edition_key,
    "is_only_edition": is_only_edition,
    "title_aliases": lambda text: title_aliases(text, is_known=True),
    "prepare": lambda text: with_ratings_in_words(prepare(text)),
}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the fastest of three tries."""
    taken = []
    for _try in range(3):
        start = process_time()
        with suppress(UnusableValue, UnreadableLine):
            work()
        taken.append(process_time() - start)
    return min(taken)


def assert_linear(small: Callable[[], object], large: Callable[[], object]) -> None:
    # What takes no time is not worth comparing: a millisecond stands for less.
    assert seconds(large) / max(seconds(small), 0.001) < _MOST


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_decoded_in_time_proportional_to_its_length(name: str) -> None:
    small, large = (LINES[name](_CHARACTERS * times) for times in (1, _TIMES))
    assert_linear(lambda: decode(small), lambda: decode(large))


@pytest.mark.parametrize("name", LINES)
def test_a_users_line_is_decoded_in_time_proportional_to_its_length(name: str) -> None:
    def read(line: bytes) -> None:
        for form in FORMS:
            list(UserLines(form, Tally()).decode(Batch(1, [line])))

    small, large = (LINES[name](_CHARACTERS * times) for times in (1, _TIMES))
    assert_linear(lambda: read(small), lambda: read(large))


@pytest.mark.parametrize("rule", TEXT_RULES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_cleaned_in_time_proportional_to_its_length(name: str, rule: str) -> None:
    small, large = (TEXTS[name](_CHARACTERS // 2 * times) for times in (1, _TIMES))
    assert_linear(lambda: TEXT_RULES[rule](small), lambda: TEXT_RULES[rule](large))


@pytest.mark.parametrize("name", BEGINNINGS)
def test_what_a_file_is_otherwise_is_told_in_time_proportional_to_its_beginning(name: str) -> None:
    small, large = (BEGINNINGS[name](_CHARACTERS * times) for times in (1, _TIMES))
    assert_linear(lambda: foreign(small), lambda: foreign(large))


@pytest.mark.parametrize("rule", NAME_RULES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_comparable_in_time_proportional_to_its_length(name: str, rule: str) -> None:
    small, large = (NAMES[name](_CHARACTERS // 8 * times) for times in (1, _TIMES))
    assert_linear(lambda: NAME_RULES[rule](small), lambda: NAME_RULES[rule](large))


@pytest.mark.parametrize("name", LINES)
def test_a_line_takes_memory_in_proportion_to_its_length(name: str) -> None:
    line = LINES[name](_CHARACTERS * _TIMES)
    tracemalloc.start()
    try:
        with suppress(UnreadableLine):
            decode(line)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200 * len(line)


@pytest.mark.parametrize("content", [b"", b"x"], ids=["empty", "of one byte"])
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress], ids=["gzip", "bzip2", "zstd"])
def test_a_file_of_many_members_is_read_in_time_proportional_to_its_length(
    pack: Callable[[bytes], bytes], content: bytes
) -> None:
    def read(packed: bytes) -> None:
        for _lines in lines_of(io.BytesIO(packed)):
            pass

    member = pack(content)
    small, large = (member * (_CHARACTERS * times) for times in (1, _TIMES))
    assert_linear(lambda: read(small), lambda: read(large))


@pytest.mark.parametrize("name", list(TEXTS)[:9])
def test_clean_text_has_no_entity_left(name: str) -> None:
    clean = clean_text(TEXTS[name](10_000))
    assert clean_text(clean) == clean
