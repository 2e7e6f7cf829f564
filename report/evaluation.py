"""The figures that `nextplay evaluate` prints, read back from a file."""

import re
from dataclasses import dataclass
from pathlib import Path

from report.errors import ReportError

_HEAD = re.compile(r"^(?P<players>[\d,]+) players, (?P<games>[\d,]+) games, seeds (?P<seeds>[\d, ]+)$")
_FIGURE = re.compile(r"^-?\d*\.\d+")
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Methods by what they were measured on: `rows` are a method's name and its means, 0 to 1."""

    players: str
    games: str
    seeds: str
    figures: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def read_evaluation(file: Path) -> Evaluation:
    """Read what `nextplay evaluate` printed.

    Raises:
        ReportError: The file cannot be read, or holds something else.
    """
    try:
        with file.open(encoding="utf-8") as opened:
            text = opened.read(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ReportError(
            f"The evaluation {file} cannot be read: {reason}; name one that `nextplay evaluate` printed."
        ) from error
    found = parse_evaluation(text)
    if found is None:
        raise ReportError(
            f"{file} does not hold what `nextplay evaluate` prints; make it with `nextplay evaluate >"
            f" {file.name}`."
        )
    return found


def parse_evaluation(text: str) -> Evaluation | None:
    """Return the first table of a printed evaluation; None if there is none."""
    lines = [line.strip() for line in text.splitlines()]
    heads = [at for at, line in enumerate(lines) if _HEAD.match(line)]
    if not heads:
        return None
    head = _HEAD.match(lines[heads[0]])
    assert head is not None
    table: list[list[str]] = []
    for line in lines[heads[0] + 1 :]:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            break
    if len(table) < 3 or table[0][0] != "method":
        return None
    names, _, *rows = table
    try:
        measured = tuple((row[0], tuple(_figure(cell) for cell in row[1:])) for row in rows)
    except ValueError:
        return None
    if any(len(figures) != len(names) - 1 for _, figures in measured):
        return None
    return Evaluation(head["players"], head["games"], head["seeds"], tuple(names[1:]), measured)


def _figure(cell: str) -> float:
    """Return the mean of '.511 ±.010'."""
    found = _FIGURE.match(cell)
    if found is None:
        raise ValueError(f"{cell!r} is no figure")
    return float(found.group())
