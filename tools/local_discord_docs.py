"""Writes the table of docs/local-discord.md, from the routes there are; `make docs` runs it.

With the path of Discord's API description it also writes the list of documented operations again.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from playground import LocalDiscord
from playground.http.operations import Operation, documented, missing

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "local-discord.md"
OPERATIONS = ROOT / "playground" / "http" / "operations.txt"
_BEGIN = "<!-- The table of operations, from `make docs`. -->\n"
_END = "<!-- End of the table. -->\n"
_METHODS = ("get", "put", "post", "patch", "delete")


def main() -> None:
    """Write the table, and before it the list if there is a description to read."""
    if len(sys.argv) > 1:
        OPERATIONS.write_text(operations(Path(sys.argv[1])), encoding="utf-8")
        documented.cache_clear()
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def operations(description: Path) -> str:
    """Return a line for each operation of Discord's API description: method, path and name."""
    paths = json.loads(description.read_text(encoding="utf-8"))["paths"]
    return "".join(
        f"{method.upper()} {path} {about['operationId']}\n"
        for path, methods in paths.items()
        for method, about in methods.items()
        if method in _METHODS
    )


def with_table(page: str) -> str:
    """Return the page with the table as it should be."""
    head, _, rest = page.partition(_BEGIN)
    return head + _BEGIN + table() + _END + rest.partition(_END)[2]


def table() -> str:
    """Return how much of each group of addresses is served, and the names of what is and what is not."""
    left_out = set(missing(LocalDiscord().served()))
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in documented():
        groups[operation.path.split("/")[1]].append(operation)
    served = len(documented()) - len(left_out)
    rows = [_row(group, found, left_out) for group, found in groups.items()]
    head = [
        f"{served} of Discord's {len(documented())} operations are served.",
        "",
        "| below | served | these | not these (501) |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _row(group: str, found: list[Operation], left_out: set[Operation]) -> str:
    has = [operation for operation in found if operation not in left_out]
    lacks = [operation for operation in found if operation in left_out]
    return f"| `/{group}` | {len(has)} of {len(found)} | {_names(has)} | {_names(lacks)} |"


def _names(found: list[Operation]) -> str:
    return ", ".join(f"`{operation.name}`" for operation in found) or "none"


if __name__ == "__main__":
    main()
