"""What Discord documents and what of it this server serves; the rest is refused by its name.

`operations.txt` has a line for each operation of Discord's API description: method, path and name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation; `path` has its variables in braces."""

    method: str
    path: str
    name: str

    def takes(self, method: str, path: str) -> bool:
        """Return whether a request is for this operation."""
        asked, own = path.split("/"), self.path.split("/")
        return (
            method == self.method
            and len(asked) == len(own)
            and all(part == word or _is_variable(part) for part, word in zip(own, asked, strict=True))
        )

    @property
    def shape(self) -> tuple[str, str]:
        """Method and path whatever the variables are called."""
        return shape(self.method, self.path)


def shape(method: str, path: str) -> tuple[str, str]:
    """Return a method, and a path whose variables have no names."""
    return method, "/".join("{}" if _is_variable(part) else part for part in path.split("/"))


@cache
def documented() -> tuple[Operation, ...]:
    """Return every operation that Discord describes."""
    lines = files("playground.http").joinpath("operations.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Operation(*line.split(" ")) for line in lines)


def missing(served: Iterable[tuple[str, str]]) -> list[Operation]:
    """Return what is documented and not among the served methods and paths."""
    shapes = {shape(method, path) for method, path in served}
    return [operation for operation in documented() if operation.shape not in shapes]


def find(operations: Sequence[Operation], method: str, path: str) -> Operation | None:
    """Return the operation that a request is for, the one with the fewest variables first."""
    fitting = [operation for operation in operations if operation.takes(method, path)]
    return min(fitting, key=lambda operation: operation.path.count("{"), default=None)


@cache
def shadowed_of(served: tuple[tuple[str, str], ...]) -> tuple[Operation, ...]:
    """Return what is missing among these methods and paths, and would be taken for one of them."""
    return tuple(shadowed(missing(served), served))


def shadowed(operations: Iterable[Operation], served: Iterable[tuple[str, str]]) -> list[Operation]:
    """Return those whose path a served route would take for one of its own, with a word as its variable."""
    routes: dict[tuple[str, int], list[Operation]] = defaultdict(list)
    for method, path in served:
        routes[method, path.count("/")].append(Operation(method, path, ""))
    return [
        one
        for one in operations
        if any(route.takes(one.method, one.path) for route in routes[one.method, one.path.count("/")])
    ]


def _is_variable(part: str) -> bool:
    return part.startswith("{")
