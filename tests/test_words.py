"""Identifiers use the words of the glossary, none that it retired."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = (
    *tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]["packages"],
    "benchmarks",
    "tests",
    "tools",
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def retired_words() -> dict[str, str]:
    """Return the retired words and what to say instead, from the last table of the glossary."""
    _, _, table = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").partition("## Retired words")
    rows = re.findall(r"^\| (`.*) \| (.*) \|$", table, re.MULTILINE)
    return {word: instead for words, instead in rows for word in re.findall(r"`([^`]+)`", words)}


def words_of(identifier: str) -> tuple[str, ...]:
    """Split snake_case and CamelCase into lower-case words."""
    return tuple(word.lower() for word in _WORD.findall(identifier))


def is_retired(identifier: str, word: str) -> bool:
    """Return whether a word of the table stands in the identifier."""
    parts, wanted = words_of(identifier), words_of(word)
    if word.endswith("()"):
        return parts == wanted
    return any(parts[start : start + len(wanted)] == wanted for start in range(len(parts) - len(wanted) + 1))


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name that a module defines or uses, with its line, but nothing of strings or comments."""
    for node in ast.walk(tree):
        for field in ("name", "id", "attr", "arg", "asname", "module"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield from ((part, getattr(node, "lineno", 0)) for part in value.split("."))


def uses(package: str) -> Iterator[str]:
    """Yield where a package uses a retired word, and what to say instead."""
    uses_by_name = [
        (name, f"{path.relative_to(ROOT)}:{line}")
        for path in sorted((ROOT / package).rglob("*.py"))
        for name, line in {(path.stem, 1), *identifiers(ast.parse(path.read_text(encoding="utf-8")))}
    ]
    instead = {
        name: replacement
        for name in {name for name, _where in uses_by_name}
        for word, replacement in retired_words().items()
        if is_retired(name, word)
    }
    yield from (f"{where}: {name}: say {instead[name]}" for name, where in uses_by_name if name in instead)


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_no_identifier_has_a_retired_word(package: str) -> None:
    assert sorted(set(uses(package))) == []


@pytest.mark.parametrize(
    ("identifier", "word", "expected"),
    [
        ("_kept_likings_of", "likings", True),
        ("KeptLiking", "kept_liking", True),
        ("read_once", "once()", False),
        ("once", "once()", True),
        ("unlikingly", "liking", False),
    ],
)
def test_a_word_is_found_in_both_ways_of_writing(identifier: str, word: str, expected: bool) -> None:
    assert is_retired(identifier, word) is expected


def test_every_retired_word_has_a_replacement() -> None:
    assert len(retired_words()) > 20
    assert all(retired_words().values())
