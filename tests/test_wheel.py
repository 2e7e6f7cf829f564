"""The wheel alone, outside the checkout, does what the checkout does."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]


def _run(*command: str | Path, cwd: Path) -> str:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEXTPLAY_", "PYTHON", "DISCORD_"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that has the wheel, and this one's libraries but not its checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, _ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    site_packages = Path(
        _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    _run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    (site_packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin"


def test_an_installed_wheel_goes_from_sample_files_to_an_answer_in_discord(
    installed: Path, tmp_path: Path
) -> None:
    where = _run(installed / "python", "-c", "import store; print(store.__file__)", cwd=tmp_path)
    assert str(installed.parent) in where
    _run(installed / "nextplay", "sample", "raw", cwd=tmp_path)
    _run(installed / "nextplay", "db", "upgrade", cwd=tmp_path)
    _run(installed / "nextplay", "refresh", "raw", cwd=tmp_path)
    assert "Portal" in _run(installed / "nextplay", "ask", "/recommend game:Portal 2", cwd=tmp_path)


def test_type_checkers_see_the_types_of_every_package(installed: Path, tmp_path: Path) -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    where = _run(
        installed / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path
    )
    assert [name for name in packages if not Path(where.strip(), name, "py.typed").is_file()] == []


def test_an_installed_wheel_speaks_every_language(installed: Path, tmp_path: Path) -> None:
    ask = (
        "from localization.translations import Locales\n"
        "print(Locales().translations('es-ES').gettext('free'))"
    )
    assert _run(installed / "python", "-c", ask, cwd=tmp_path).strip() == "gratis"
