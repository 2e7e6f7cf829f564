"""Readers of the raw files that share no code with what writes them."""

import ast
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def raw_lines(path: Path) -> list[str]:
    """Return a file's lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().removesuffix("\n").split("\n")


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines that are Python literals; the planted ones are not."""
    for line in raw_lines(path):
        try:
            yield ast.literal_eval(line)
        except SyntaxError:
            continue


def unreadable(path: Path) -> int:
    """Return how many lines are no Python literals."""
    return len(raw_lines(path)) - sum(1 for _ in records(path))
