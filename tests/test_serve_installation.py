"""An installation without what only building a store needs serves every command."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from discord import app_commands

from bot.building import LIBRARIES
from commands import registry
from tests.bot.processes import template
from tests.bot.published.stores import publish_state
from tools import serve_image
from tools.dockerfile import ROOT
from tools.serve_image import build, missing_wheels, size_of

__all__ = ["template"]

# Types the demo's script on a local Discord, and what it leaves out; prints a JSON line for each step.
SERVE = """
import asyncio, json, sys
from bot.local.demo_script import Step, demo_script
from bot.local.server import local_server, type_line
from bot.published.opening import open_store
from bot.published.serve import refresher_of
from bot.settings import load_settings
from commands import registry
from commands.core.options.options import example_of
def line_of(command):
    words = [f"{name}:{value}" for name, value in example_of(command).items() if "…" not in value]
    return " ".join([f"/{command.name}", *words])
async def serve():
    settings = load_settings()
    store = open_store(settings)
    with store.reader() as session:
        steps = demo_script(session)
    replies = []
    async with local_server(store, refresher_of(settings)) as server:
        shown = {step.line.split()[0] for step in steps}
        every = registry.collect().commands
        others = [line_of(command) for command in every if hasattr(command, "parameters")]
        others = [line for line in others if line.split()[0] not in shown]
        for step in [*steps, *map(Step, others)]:
            reply = await type_line(server.admin if step.as_admin else server.member, step.line)
            replies.append((step.line, reply))
        for _ in range(60):  # a chart may come after its reply
            if sum(len(reply.files) for _, reply in replies) > 3:
                break
            await asyncio.sleep(0.5)
        for line, reply in replies:
            print(json.dumps([line, reply.failed, len(reply.files)]))
    print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
asyncio.run(serve())
"""
# An import of what is left out fails as if it were not installed.
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {libraries}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries as the image target `serve` has them, truly installed."""
    folder = tmp_path_factory.mktemp("serve-image")
    try:
        return build(folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"needs the package index: {error}")


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A folder with nothing but the name of a published store in it."""
    publish_state(template, tmp_path / "out", 1)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".env").write_text(f"NEXTPLAY_STORE={tmp_path / 'out'}\n")
    return tmp_path / "home"


def run(python: list[str], *words: str, home: Path, path: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEXTPLAY_", "PYTHON"))}
    environment = kept | {"PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*python, *words], cwd=home, env=environment, capture_output=True, text=True, check=False
    )


def require_every_command(printed: str) -> None:
    *steps, modules = map(json.loads, printed.splitlines())
    assert [line for line, failed, _ in steps if failed] == []
    typed = {line.split()[0].removeprefix("/") for line, _, _ in steps}
    # `/family` is about another person, whom no line names.
    assert {command.name for command in registry.collect().commands if is_typed(command)} - {
        "family"
    } <= typed
    assert sum(files for _, _, files in steps) > 3, "charts are drawn"
    assert set(LIBRARIES) & set(modules) == set()


def is_typed(command: object) -> bool:
    return isinstance(command, app_commands.Command | app_commands.Group)


@pytest.mark.slow
def test_every_command_is_served_where_no_import_of_the_others_works(home: Path) -> None:
    python = [sys.executable]
    fetched = run(python, "-m", "bot.cli", "refresh", home=home, path=ROOT)
    assert fetched.returncode == 0, fetched.stderr
    script = WITHOUT.format(libraries=set(LIBRARIES)) + SERVE
    done = run(python, "-c", script, home=home, path=ROOT)
    assert done.returncode == 0, done.stderr
    require_every_command(done.stdout)


@pytest.mark.faults
def test_every_command_is_served_by_what_the_image_holds(lean: Path, home: Path) -> None:
    # The Python that this environment was made of, which has none of its libraries.
    python = [getattr(sys, "_base_executable", sys.executable), "-S"]
    fetched = run(python, "-m", "bot.cli", "refresh", home=home, path=lean)
    assert fetched.returncode == 0, fetched.stderr
    done = run(python, "-c", SERVE, home=home, path=lean)
    assert done.returncode == 0, done.stderr
    require_every_command(done.stdout)
    for words in (("ingest",), ("train",), ("export", "out"), ("report", "out"), ("evaluate",)):
        refused = run(python, "-m", "bot.cli", *words, home=home, path=lean)
        assert refused.returncode == 1
        assert re.fullmatch(r"nextplay: [^\n]*[^\n]*\.\n", refused.stderr), words


@pytest.mark.faults
def test_the_image_is_small(lean: Path) -> None:
    assert size_of(lean) + serve_image.BASE_MB < serve_image.LARGEST_MB


@pytest.mark.faults
@pytest.mark.parametrize("platform", serve_image.PLATFORMS)
def test_every_library_has_a_wheel_for(platform: str) -> None:
    assert missing_wheels(platform) == ""


def test_what_is_served_with_is_all_but_what_building_takes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    everything, serving = set(project["project"]["dependencies"]), set(project["dependency-groups"]["serve"])
    left_out = {re.split(r"[<>=]", line)[0] for line in everything - serving}
    assert serving < everything
    assert {name.replace("scikit-learn", "sklearn") for name in left_out} == set(LIBRARIES)


def test_its_lock_has_the_versions_of_the_whole_lock() -> None:
    whole, serving = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-serve.lock")
    )
    assert serving < whole
