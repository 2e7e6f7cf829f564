"""The files that put the bot on a server: each read as its tool reads it, and held to the rest of the code.

`tools.build_image` goes further and carries out the Dockerfile.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from bot.cli.app import app
from bot.discord_refusals import FINAL
from bot.settings import Settings
from tools.dockerfile import ROOT, Stage, from_context, ignored_names, stages
from tools.serve_image import LOCK

DEPLOYMENT = ROOT / "docs" / "deployment"
UNIT = DEPLOYMENT / "nextplay.service"
# What each unit runs.
UNITS = {UNIT: "run", DEPLOYMENT / "nextplay-api.service": "api"}
BLUEPRINTS = {ROOT / "render.yaml": "worker", DEPLOYMENT / "render-api.yaml": "web"}
SETTINGS = {"DISCORD_TOKEN"} | {f"NEXTPLAY_{name.upper()}" for name in Settings.model_fields}
COMMANDS = {command.callback.__name__ for command in app.registered_commands if command.callback}
# The longest that a stop takes.
STOP_SECONDS = 10


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def build() -> Stage:
    """The stage that installs the libraries and builds the wheel."""
    return stages()[0]


@pytest.fixture(scope="module")
def image() -> Stage:
    """The stage that the image is."""
    return stages()[-1]


@pytest.fixture(scope="module")
def serve() -> Stage:
    """The stage that the image is of a bot that serves a published store."""
    (serve,) = (stage for stage in stages() if stage.name == "serve")
    return serve


@pytest.fixture(scope="module")
def data_folder(image: Stage) -> Path:
    """The one folder of the image that lasts."""
    return Path(image.last("VOLUME").value)


def load(name: str | Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(ROOT / name)


def valid(*arguments: str | Path) -> None:
    """Raise unless the file, the last of the arguments, fits its schema."""
    command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=["nextplay", "api"])
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A service of the compose file."""
    return dict(load("compose.yaml")["services"][request.param])


@pytest.fixture(scope="module", params=list(BLUEPRINTS), ids=list(BLUEPRINTS.values()))
def rendered(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The one service of a blueprint."""
    (rendered,) = load(request.param)["services"]
    assert rendered["type"] == BLUEPRINTS[request.param]
    return dict(rendered)


class TestDockerfile:
    def test_it_does_not_run_as_root(self, image: Stage) -> None:
        user, group = image.last("USER").value.split(":")
        assert min(int(user), int(group)) > 0
        assert [step.name for step in image.instructions].index("USER") > max(
            number for number, step in enumerate(image.instructions) if step.name == "RUN"
        )

    def test_all_stages_have_one_python_that_the_project_supports(
        self, serve: Stage, project: dict[str, Any]
    ) -> None:
        (base,) = {stage.base for stage in stages()} - {stage.name for stage in stages()} - {serve.base}
        # Debian 12 has Python 3.11.
        assert (base, serve.base) == ("python:3.11-slim-bookworm", "gcr.io/distroless/python3-debian12")
        version = re.fullmatch(r"python:(3\.\d+)-slim-\w+", base)
        assert version is not None
        assert SpecifierSet(project["project"]["requires-python"]).contains(version[1])

    def test_every_package_is_pinned_by_hash_or_is_our_own(self) -> None:
        steps = [step.value for stage in stages() for step in stage.all("RUN")]
        installs = [part for step in steps for part in step.split("&&") if "pip install" in part]
        assert installs
        for install in installs:
            words = shlex.split(install)
            assert "--require-hashes" in words or {"--no-index", "--no-deps"} <= set(words)

    def test_what_the_wheel_is_made_of_is_copied_and_nothing_else(
        self, build: Stage, image: Stage, project: dict[str, Any]
    ) -> None:
        wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
        metadata = {project["project"]["readme"], *project["project"]["license-files"]}
        parts = {*wheel["packages"], *wheel["force-include"], *metadata}
        assert set(from_context(build)) == parts | {"pyproject.toml", "requirements.lock"}
        assert from_context(image) == []

    def test_what_serves_is_made_of_the_wheel_and_the_lock_for_it(self, serve: Stage) -> None:
        (libraries,) = (stage for stage in stages() if stage.name == "serve-libraries")
        assert from_context(libraries) == [LOCK.name]
        assert from_context(serve) == []

    def test_what_serves_is_run_as_the_whole_image_is(self, image: Stage, serve: Stage) -> None:
        for name in ("WORKDIR", "VOLUME", "USER", "STOPSIGNAL", "CMD"):
            assert serve.last(name) == image.last(name)
        ours = {name: value for name, value in image.environment.items() if name != "PATH"}
        assert serve.environment == ours | {"PYTHONPATH": "/opt/serve"}
        python, flag, module = serve.last("ENTRYPOINT").command
        assert (python, flag) == ("/usr/bin/python3", "-m")
        assert find_spec(module) is not None
        check = json.loads(serve.last("HEALTHCHECK").value.partition("CMD ")[2])
        assert check[1:] == json.loads(image.last("HEALTHCHECK").value.partition("CMD ")[2])[1:]

    def test_what_is_copied_is_in_the_repository_and_in_the_build_context(self) -> None:
        ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        assert ignore[1] == "*"
        copied = {source for stage in stages() for source in from_context(stage)}
        assert {line.removeprefix("!") for line in ignore if line.startswith("!")} == copied
        for source in copied:
            listed = subprocess.run(
                ["git", "ls-files", source], cwd=ROOT, capture_output=True, text=True, check=True
            )
            assert listed.stdout, source

    @pytest.mark.slow
    def test_the_wheel_is_whole_when_built_from_the_build_context_alone(
        self, build: Stage, project: dict[str, Any], tmp_path: Path
    ) -> None:
        context = tmp_path / "context"
        context.mkdir()
        ignore = shutil.ignore_patterns(*ignored_names())
        for source in from_context(build):
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, context / source, ignore=ignore)
            else:
                shutil.copy(ROOT / source, context)
        step = next(s.value for s in build.all("RUN") if "pip wheel" in s.value).split("&&")[0]
        words = shlex.split(step)
        assert words[:2] == ["/opt/nextplay/bin/pip", "wheel"]
        words = [sys.executable, "-m", "pip", *words[1:]]
        words[words.index("--wheel-dir") + 1] = str(tmp_path)
        subprocess.run(words, cwd=context, check=True, capture_output=True)
        (wheel,) = tmp_path.glob("nextplay-*.whl")
        packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
        modules = {
            str(path.relative_to(context)) for name in packages for path in (context / name).rglob("*.py")
        }
        assert modules
        names = set(zipfile.ZipFile(wheel).namelist())
        assert modules <= names
        assert any(name.startswith("store/migrations/") for name in names)

    def test_it_starts_and_checks_commands_that_exist(self, image: Stage, project: dict[str, Any]) -> None:
        assert image.last("ENTRYPOINT").command == list(project["project"]["scripts"])
        assert image.last("CMD").command[0] in COMMANDS
        # What starts containers again would repeat what Discord has refused for good.
        assert image.last("CMD").command == ["run", "--stay"]
        python, flag, module = json.loads(image.last("HEALTHCHECK").value.partition("CMD ")[2])
        assert (python, flag) == ("python", "-m")
        assert find_spec(module) is not None

    def test_its_settings_are_settings_and_stay_on_the_volume(
        self, image: Stage, data_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ours = {name: value for name, value in image.environment.items() if name.startswith("NEXTPLAY_")}
        assert set(ours) <= SETTINGS
        for name, value in ours.items():
            monkeypatch.setenv(name, value)
        settings = Settings(_env_file=None)
        for path in (settings.database, Path(settings.source), settings.backup_folder):
            assert path.is_relative_to(data_folder)
        assert settings.metrics_port is not None


class TestCompose:
    @pytest.mark.slow
    def test_it_fits_the_schema_of_compose_files(self) -> None:
        valid("--builtin-schema", "vendor.compose-spec", ROOT / "compose.yaml")

    def test_the_container_can_write_to_its_volume_and_tmp_only(
        self, service: dict[str, Any], data_folder: Path
    ) -> None:
        assert service["read_only"] is True
        (volume,) = service["volumes"]
        name, folder = volume.split(":")
        assert Path(folder) == data_folder
        assert name in load("compose.yaml")["volumes"]
        (temporary,) = service["tmpfs"]
        assert temporary.startswith("/tmp:")

    def test_the_container_has_no_privileges_and_no_port_open_to_other_machines(
        self, service: dict[str, Any]
    ) -> None:
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert not {"privileged", "cap_add", "network_mode", "user"} & set(service)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))

    def test_the_api_is_started_on_demand_alone_and_watched_where_it_serves(self) -> None:
        services = load("compose.yaml")["services"]
        assert [name for name, service in services.items() if "profiles" not in service] == ["nextplay"]
        command, port = services["api"]["command"], services["api"]["ports"][0].rpartition(":")[2]
        assert command[0] in COMMANDS
        assert command[command.index("--port") + 1] == port
        assert f":{port}/readyz" in services["api"]["healthcheck"]["test"][-1]

    def test_a_stop_is_waited_for(self, service: dict[str, Any]) -> None:
        assert int(service["stop_grace_period"].removesuffix("s")) > STOP_SECONDS

    def test_the_token_comes_from_a_file_that_is_never_committed(self, service: dict[str, Any]) -> None:
        assert set(service["environment"]) <= SETTINGS - {"DISCORD_TOKEN"}
        ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
        assert service.get("env_file", ".env") in ignored


class TestRender:
    @pytest.mark.slow
    def test_it_fits_the_schema_of_what_is_relied_on(self) -> None:
        valid("--schemafile", ROOT / "tests" / "render.schema.json", *BLUEPRINTS)

    def test_its_disk_is_where_the_image_keeps_its_data(
        self, rendered: dict[str, Any], data_folder: Path
    ) -> None:
        assert Path(rendered["disk"]["mountPath"]) == data_folder
        assert (ROOT / rendered["dockerfilePath"]).samefile(ROOT / "Dockerfile")

    def test_the_token_is_asked_for(self, rendered: dict[str, Any]) -> None:
        variables = {variable["key"]: variable for variable in rendered["envVars"]}
        assert set(variables) <= SETTINGS
        assert variables["DISCORD_TOKEN"] == {"key": "DISCORD_TOKEN", "sync": False}

    def test_the_web_service_is_asked_whether_it_lives(self) -> None:
        (web,) = load(DEPLOYMENT / "render-api.yaml")["services"]
        variables = {variable["key"]: variable.get("value") for variable in web["envVars"]}
        assert web["healthCheckPath"] == "/healthz"
        assert (variables["NEXTPLAY_API_HOST"], variables["NEXTPLAY_API_PORT"]) == ("0.0.0.0", "10000")

    def test_a_stop_is_waited_for(self, rendered: dict[str, Any]) -> None:
        assert rendered["maxShutdownDelaySeconds"] > STOP_SECONDS


class TestSystemd:
    @pytest.fixture(params=list(UNITS), ids=list(UNITS.values()))
    def unit(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        """A unit, but for the program, which this machine has elsewhere."""
        if shutil.which("systemd-analyze") is None:
            pytest.skip("needs systemd-analyze, which comes with Debian's package systemd")
        unit: Path = request.param
        text = unit.read_text(encoding="utf-8")
        assert text.count(f"ExecStart=/opt/nextplay/bin/nextplay {UNITS[unit]}\n") == 1
        copy = tmp_path / unit.name
        copy.write_text(text.replace("/opt/nextplay/bin/nextplay", sys.executable), encoding="utf-8")
        return copy

    def analyze(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = ["systemd-analyze", "--no-pager", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_systemd_has_nothing_to_say_against_it(self, unit: Path) -> None:
        done = self.analyze("verify", unit)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")

    def test_systemd_rates_its_exposure_below_two_of_ten(self, unit: Path) -> None:
        done = self.analyze("security", "--offline=true", "--threshold=20", unit)
        assert done.returncode == 0, done.stdout

    def test_what_discord_refuses_for_good_is_not_tried_again(self) -> None:
        lines = dict(line.split("=", 1) for line in UNIT.read_text().splitlines() if "=" in line)
        assert lines["Restart"] == "on-failure"
        assert lines["RestartPreventExitStatus"].split() == [str(code.value) for code in FINAL]

    @pytest.mark.parametrize("file", UNITS, ids=list(UNITS.values()))
    def test_a_stop_is_waited_for_and_ends_with_the_process_in_charge(self, file: Path) -> None:
        lines = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
        assert int(lines["TimeoutStopSec"]) > STOP_SECONDS
        assert lines["KillMode"] == "mixed"
        assert "DISCORD_TOKEN" not in lines.get("Environment", "")


def test_the_page_names_only_commands_settings_and_files_that_exist() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:rm|exec|bin/)\s?nextplay (?:nextplay )?([a-z]+)|`nextplay ([a-z]+)`", page)
    commands = {first or second for first, second in named}
    assert {"download", "refresh", "doctor", "backup"} <= commands <= COMMANDS
    assert set(re.findall(r"(?:NEXTPLAY|DISCORD)_[A-Z_]+", page)) <= SETTINGS
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", page):
        assert (ROOT / "docs" / link).exists(), link


def test_the_page_names_the_metrics_that_there_are() -> None:
    from bot.telemetry.metrics import Metrics

    metrics = Metrics()
    metrics.read_on_request(
        data_age=lambda: 0.0,
        gateway_latency=lambda: 0.0,
        gateway_connected=lambda: True,
        shards=lambda: (),
        is_leader=lambda: True,
    )
    metrics.read_last_look(lambda: None)
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    families = {family.name for family in metrics.registry.collect() if family.name.startswith("nextplay")}
    assert {name.removesuffix("_total") for name in re.findall(r"nextplay_\w+", page)} == families


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "compose.yaml",
        "render.yaml",
        *(f"docs/deployment/{file.name}" for file in (*UNITS, DEPLOYMENT / "render-api.yaml")),
    ],
)
def test_no_file_holds_a_token(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"DISCORD_TOKEN\s*[=:]\s*\S", text)
