"""No module imports itself by way of others, not even in type-only imports."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "root_packages"
]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_imports_run_in_a_circle(package: str) -> None:
    graph = grimp.build_graph(package, exclude_type_checking_imports=False)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert list(circles(imports)) == []


def test_circles_are_found_whatever_leads_into_them() -> None:
    imports = {"a": {"b"}, "b": {"c", "d"}, "c": {"b"}, "d": {"e"}, "e": set(), "f": {"f", "a"}}
    assert list(circles(imports)) == [["b", "c"]]


def circles(imports: dict[str, set[str]]) -> Iterator[list[str]]:
    """The modules of each circle, i.e. of each strongly connected component of more than one (Kosaraju)."""
    importers: dict[str, set[str]] = {module: set() for module in imports}
    for module, imported in imports.items():
        for other in imported:
            importers[other].add(module)
    seen: set[str] = set()
    for module in reversed(list(_finished(sorted(imports), imports, set()))):
        component = sorted(_finished([module], importers, seen))
        if len(component) > 1:
            yield component


def _finished(roots: Iterable[str], arrows: dict[str, set[str]], seen: set[str]) -> Iterator[str]:
    """What can be reached from the roots and was not `seen`, each after all that it leads to."""
    for root in roots:
        if root not in seen:
            seen.add(root)
            yield from _finished(sorted(arrows[root]), arrows, seen)
            yield root
