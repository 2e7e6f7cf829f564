"""The pages of the documentation hold together."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from typer.main import get_command

from bot.cli.app import app
from store import Database
from tests.copies import copy_of
from tools.page_examples import run_examples

ROOT = Path(__file__).parent.parent
PAGES = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "tests" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["packages"]
_NAME = re.compile(rf"`((?:{'|'.join(_PACKAGES)})(?:\.\w+)+)`")
_FOLDERS = "|".join((*_PACKAGES, "alembic", "docs", "locales", "tests"))
_FILE = re.compile(rf"(?<![/\w])((?:{_FOLDERS})/[\w./-]*\w/?)")
# What a reader makes by what the page says.
_MADE_BY_READERS = ("commands/newest/", "locales/fr.po", "store/queries/newest.py", "tests/commands/newest/")
# What begins a line, or is set as code.
_MADE = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
_RUN = re.compile(r"python -m ([\w.]+)")
_COMMAND_LINE = re.compile(r"(?:^|`)nextplay ([^`\n#|]+)", re.MULTILINE)
_OPTION = re.compile(r"--[a-z-]+")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)[^)]*\)")


def test_every_picture_is_shown_with_words_for_those_who_cannot_see_it() -> None:
    shown = {
        (page.parent / address).resolve(): words
        for page in PAGES
        for words, address in _PICTURE.findall(page.read_text(encoding="utf-8"))
    }

    assert set(shown) == set((ROOT / "docs").rglob("*.png"))
    assert all(len(words.split()) >= 3 for words in shown.values())


def test_every_page_is_reached_by_links_that_lead_somewhere() -> None:
    linked = {
        (page.parent / address).resolve()
        for page in PAGES
        for address in _LINK.findall(page.read_text(encoding="utf-8"))
    }

    assert [file for file in linked if not file.exists()] == []
    assert set(PAGES) - {ROOT / "README.md"} <= linked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_module_and_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for name in set(_NAME.findall(text)):
        resolve_name(name)
    named = {file for file in _FILE.findall(text) if not file.startswith(_MADE_BY_READERS)}
    assert [file for file in sorted(named) if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_target_and_module_that_a_page_runs_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(_MADE.findall(text)) <= set(targets)
    assert [name for name in sorted(set(_RUN.findall(text))) if find_spec(name) is None] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_that_a_page_shows_has_such_a_command_and_options(page: Path) -> None:
    for line in _COMMAND_LINE.findall(page.read_text(encoding="utf-8")):
        command: Any = get_command(app)
        words = line.split()
        while words and words[0] in getattr(command, "commands", ()):
            command = command.commands[words.pop(0)]
        known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        assert {word for word in words if _OPTION.fullmatch(word)} <= {*known, "--help"}, line
        assert not (hasattr(command, "commands") and words and words[0][0].islower()), line


@pytest.fixture
def sample_at_home(sample_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated sample where a store is kept below the working directory if nothing is set."""
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    copy_of(sample_store, Path("data/nextplay.sqlite3"))


@pytest.mark.usefixtures("sample_at_home")
@pytest.mark.parametrize("name", ["analysis.md", "python.md"])
def test_the_examples_from_python_give_what_the_page_shows(name: str) -> None:
    attempted, told = run_examples(ROOT / "docs" / name)

    assert attempted >= 10
    assert told == ""


@pytest.mark.usefixtures("sample_at_home")
def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    exec(compile(example, "README.md", "exec"), {})

    assert "'Cantidad de Items'" in capsys.readouterr().out
