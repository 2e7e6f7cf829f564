"""Libraries for Discord that are no dependency of this repository, each with its dependencies in a folder of
its own below build/, where a later run finds it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

BUILD = Path(__file__).parents[3] / "build" / "foreign"
BOTS = Path(__file__).parent / "bots"
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Library:
    """A library at one version, how its folder is filled, and how a bot of it is run."""

    name: str
    version: str
    bot: str
    install: Callable[[Path, str], list[list[str]]]
    run: Callable[[Path, Path], list[str]]

    def command(self) -> list[str]:
        """The command line of the bot, once the library is there."""
        return self.run(self._installed(), BOTS / self.bot)

    @property
    def variables(self) -> dict[str, str]:
        """What its process needs of the environment besides where Discord is."""
        folder = BUILD / f"{self.name}-{self.version}"
        return {"PATH": os.environ["PATH"], "NODE_PATH": str(folder / "node_modules")}

    def _installed(self) -> Path:
        folder = BUILD / f"{self.name}-{self.version}"
        BUILD.mkdir(parents=True, exist_ok=True)
        with FileLock(BUILD / f"{folder.name}.lock"):
            if not (folder / "complete").exists():
                shutil.rmtree(folder, ignore_errors=True)
                for step in self.install(folder, f"{self.name}@{self.version}"):
                    _tried(step)
                (folder / "complete").touch()
        return folder


def _tried(step: list[str]) -> None:
    """Run a step, or skip the test; where nothing may be skipped, that fails the run."""
    if shutil.which(step[0]) is None:
        pytest.skip(f"needs {step[0]}")
    try:
        subprocess.run(step, check=True, capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"the registry does not give {step[-1]}: {error.stderr.strip()[-300:]}")
    except subprocess.TimeoutExpired:
        pytest.skip(f"the registry does not give {step[-1]} in {_PATIENCE_SECONDS} seconds")


def _npm(folder: Path, wanted: str) -> list[list[str]]:
    # Neither a package.json nor a lock file, which would record the addresses of a registry.
    flags = ["--silent", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"]
    return [["npm", "install", *flags, "--prefix", str(folder), wanted]]


def _pip(folder: Path, wanted: str) -> list[list[str]]:
    uv = str(Path(sys.executable).with_name("uv"))
    return [
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "--quiet", "--python", _python(folder), wanted.replace("@", "==")],
    ]


def _python(folder: Path) -> str:
    return str(folder / "bin" / "python")


LIBRARIES = (
    Library("discord.js", "14.28.0", "discord_js_bot.js", _npm, lambda _, bot: ["node", str(bot)]),
    Library("hikari", "2.7.0", "hikari_bot.py", _pip, lambda folder, bot: [_python(folder), str(bot)]),
    Library("disnake", "2.12.0", "disnake_bot.py", _pip, lambda folder, bot: [_python(folder), str(bot)]),
)
