"""The Dockerfile as data: stages of instructions, for the tests and for `tools.build_image`."""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, and the rest of the line with continuations joined."""

    name: str
    value: str

    @property
    def words(self) -> list[str]:
        """The words of the value, as the shell would split them."""
        return shlex.split(self.value)

    @property
    def command(self) -> list[str]:
        """The value of an instruction in exec form."""
        return [str(word) for word in json.loads(self.value)]


@dataclass(frozen=True, slots=True)
class Stage:
    """What follows one FROM; `name` is empty for the last."""

    base: str
    name: str
    instructions: tuple[Instruction, ...]

    def all(self, name: str) -> list[Instruction]:
        """Return the instructions of one name, in order."""
        return [instruction for instruction in self.instructions if instruction.name == name]

    def last(self, name: str) -> Instruction:
        """Return the one of a name that counts."""
        return self.all(name)[-1]

    @property
    def environment(self) -> dict[str, str]:
        """What its ENV instructions set."""
        pairs = [word.partition("=") for each in self.all("ENV") for word in each.words]
        return {name: value for name, _, value in pairs}


def stages(path: Path = ROOT / "Dockerfile") -> list[Stage]:
    """Read a Dockerfile."""
    from dockerfile_parse import DockerfileParser

    with path.open("rb") as file:
        lines = DockerfileParser(fileobj=file).structure
    found: list[Stage] = []
    for line in lines:
        name, value = line["instruction"].upper(), line["value"]
        if name == "COMMENT":
            continue
        if name == "FROM":
            base, *alias = value.split()
            found.append(Stage(base, alias[-1] if alias else "", ()))
        else:
            stage = found.pop()
            found.append(Stage(stage.base, stage.name, (*stage.instructions, Instruction(name, value))))
    return found


def from_context(stage: Stage) -> list[str]:
    """Return what a stage copies from the build context."""
    copies = [instruction.words for instruction in stage.all("COPY")]
    return [source for words in copies if not words[0].startswith("--from") for source in words[:-1]]


def ignored_names(path: Path = ROOT / ".dockerignore") -> list[str]:
    """Return the names that are left out of the build context wherever they are."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("**/") for line in lines if line.startswith("**/")]
