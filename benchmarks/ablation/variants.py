"""An optimisation, how it is switched off, and how its gain is told from the noise of the machine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from statistics import median
from typing import Any
from unittest.mock import patch

# The variant in which nothing is switched off, and the same once more: how far the two differ is noise.
ALL_ON, AGAIN = "all on", "all on, once more"


@dataclass(frozen=True, slots=True)
class Optimisation:
    """One optimisation; `off` switches it off in the process that enters it."""

    name: str
    off: Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one measurement gave: a value by the name and unit of its column; less is better in each."""

    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A variant in all rounds: the median of each column, and its ratios to `ALL_ON`, round by round."""

    name: str
    medians: Mapping[str, float]
    ratios: Mapping[str, Sequence[float]]

    def gain(self, column: str) -> str:
        """Return the median ratio and its spread, such as `1.31 (1.28-1.35)`."""
        ratios = self.ratios[column]
        return f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def replacing(*replacements: tuple[object, str, object]) -> Callable[[], AbstractContextManager[None]]:
    """Return what replaces attributes (owner, name, value) for as long as it is entered."""

    @contextmanager
    def replaced() -> Iterator[None]:
        with ExitStack() as stack:
            for owner, name, value in replacements:
                stack.enter_context(patch.object(owner, name, value))
            yield

    return replaced


def named(optimisations: Sequence[Optimisation], name: str) -> AbstractContextManager[Any]:
    """Return what switches off the optimisation of that name; nothing for `ALL_ON` and `AGAIN`."""
    for optimisation in optimisations:
        if optimisation.name == name:
            return optimisation.off()
    return nullcontext()


def in_rounds(names: Sequence[str], rounds: int, measure: Callable[[str], Figures]) -> list[Row]:
    """Measure `ALL_ON`, `AGAIN` and every variant once a round, each round in another order."""
    variants = [ALL_ON, AGAIN, *names]
    taken: dict[str, list[Figures]] = {name: [] for name in variants}
    for number in range(rounds):
        shift = number * (len(variants) // 2 or 1) % len(variants)
        for name in (*variants[shift:], *variants[:shift]):
            taken[name].append(measure(name))
    return [row(name, taken[name], taken[ALL_ON]) for name in variants]


def row(name: str, figures: Sequence[Figures], all_on: Sequence[Figures]) -> Row:
    """Return the row of a variant from its figures and those with everything on, round by round."""
    columns = list(all_on[0].values)
    return Row(
        name,
        {column: median(each.values[column] for each in figures) for column in columns},
        {
            column: [
                each.values[column] / base.values[column] for each, base in zip(figures, all_on, strict=True)
            ]
            for column in columns
        },
    )
