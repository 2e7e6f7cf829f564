"""What people import is typed and documented: units, errors, and where every figure comes from."""

import dataclasses
import inspect
import re
import subprocess
import sys
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

import store
from store import queries, results

MODULES = (store, queries, results)
NAMES = [(module, name) for module in MODULES for name in module.__all__]
FUNCTIONS = [getattr(module, name) for module, name in NAMES if inspect.isfunction(getattr(module, name))]
CLASSES = list(
    dict.fromkeys(getattr(module, name) for module, name in NAMES if inspect.isclass(getattr(module, name)))
)
RESULTS = [
    kind for kind in CLASSES if dataclasses.is_dataclass(kind) and kind.__module__.startswith("store.results")
]
# They find something whatever is asked.
ALWAYS_ANSWER = {queries.complete, queries.data_status, queries.provenance, results.percent_text}
SOURCES = ("games file", "reviews file", "items file", "the model", "the store")


def called(thing: Any) -> str:
    return str(getattr(thing, "__qualname__", thing))


def public_members(kind: type) -> Iterator[Callable[..., Any]]:
    """Yield the methods and properties that the class itself defines for others."""
    for name, member in vars(kind).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            assert member.fget is not None
            yield member.fget
        elif inspect.isfunction(member):
            yield member


MEMBERS = [member for kind in CLASSES for member in public_members(kind)]


def require_typed(function: Callable[..., Any]) -> None:
    signature = inspect.signature(function)
    untyped = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.annotation is inspect.Parameter.empty and name != "self"
    ]
    assert untyped == []
    assert signature.return_annotation is not inspect.Signature.empty


def words(thing: Any) -> str:
    """Return the documentation as one line; that of a base class does not count."""
    return " ".join((thing.__doc__ or "").split())


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_name_is_there_and_listed_in_order(module: types.ModuleType) -> None:
    assert words(module)
    assert all(hasattr(module, name) for name in module.__all__)
    assert list(module.__all__) == sorted(module.__all__, key=lambda name: (name.islower(), name))


@pytest.mark.parametrize("thing", [*FUNCTIONS, *MEMBERS, *CLASSES], ids=called)
def test_every_public_thing_is_documented_and_typed(thing: Any) -> None:
    # A dataclass without a docstring is given its signature as one.
    assert words(thing)
    assert not words(thing).startswith(f"{called(thing)}(")
    if not inspect.isclass(thing):
        require_typed(thing)


@pytest.mark.parametrize("function", FUNCTIONS, ids=called)
def test_every_question_says_what_it_raises(function: Callable[..., Any]) -> None:
    assert re.search(r"\bRaises:? ", words(function)) or function in ALWAYS_ANSWER


@pytest.mark.parametrize("kind", RESULTS, ids=called)
def test_every_figure_of_a_result_is_explained_with_its_source(kind: type) -> None:
    hints = typing.get_type_hints(kind)
    figures = [
        field.name
        for field in dataclasses.fields(kind)
        if {int, float, Decimal} & {hints[field.name], *typing.get_args(hints[field.name])}
    ]
    # A year, an app id or the place in a list says what it is.
    unexplained = [name for name in figures if f"`{name}`" not in words(kind)]
    assert unexplained == []
    if set(figures) - {"year", "rank"}:
        assert any(source in words(kind) for source in SOURCES), "say which file, or what else, it comes from"


def test_every_answer_of_a_question_becomes_a_table() -> None:
    answers = {typing.get_type_hints(function)["return"] for function in FUNCTIONS}
    answers -= {answer for answer in answers if answer in (str, dict) or typing.get_origin(answer)}

    assert len(answers) >= 15
    assert [answer for answer in answers if not hasattr(answer, "to_frame")] == []


@pytest.mark.slow
def test_nothing_of_pandas_is_loaded_before_a_table_is_asked_for() -> None:
    program = "import sys; import store; print('pandas' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
