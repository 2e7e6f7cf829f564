"""Carry out the Dockerfile on a plain Debian root, where there is no Docker, and try what comes of it.

    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm BASE
    python -m tools.build_image BASE WORK

runs, as root, every COPY and RUN of every stage in a copy of BASE below WORK; Debian 12 with its own Python
3.11 stands for the base image. Then it runs `TRIES` as the container would: as the image's user, without
capabilities, nothing writable but /data and /tmp. It needs minutes and a package index, so `make test` leaves
it out.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tools.dockerfile import ROOT, Stage, ignored_names, stages

TRIES = (
    ("sample", "/data/source"),
    ("refresh",),
    ("ask", "/recommend game:Portal 2"),
    ("ask", "/admin status"),
    ("doctor",),
    ("backup",),
)
# pip's own variables say where packages come from; nothing else of this machine reaches the build.
_PASSED_ON = ("PIP_", "SSL_CERT", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"


def main() -> None:
    """Build and try; the first command that fails ends it."""
    base, work = map(Path, sys.argv[1:])
    stage, root = build(base, work)
    for words in TRIES:
        try_out(stage, root, [*stage.last("ENTRYPOINT").command, *words])


def build(base: Path, work: Path) -> tuple[Stage, Path]:
    """Carry out every stage; return the last one and its root."""
    roots: dict[str, Path] = {}
    found = stages()
    for number, stage in enumerate(found):
        root = work / str(number)
        subprocess.run(["cp", "--archive", roots.get(stage.base, base), root], check=True)
        if stage.base not in roots:
            (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
        _carry_out(stage, root, roots)
        roots[stage.name] = root
    return found[-1], roots[found[-1].name]


def _carry_out(stage: Stage, root: Path, roots: dict[str, Path]) -> None:
    folder = "/"
    passed_on = {name: value for name, value in os.environ.items() if name.upper().startswith(_PASSED_ON)}
    for instruction in stage.instructions:
        _say(f"{instruction.name} {instruction.value}")
        if instruction.name == "WORKDIR":
            folder = instruction.value
            _below(root, folder).mkdir(parents=True, exist_ok=True)
        elif instruction.name == "RUN":
            command = ["chroot", str(root), "/bin/sh", "-c", f"cd {folder} && {instruction.value}"]
            subprocess.run(command, env=passed_on | {"PATH": _PATH}, check=True)
        elif instruction.name == "COPY":
            *sources, target = (word for word in instruction.words if not word.startswith("--"))
            flags = dict(word[2:].split("=", 1) for word in instruction.words if word.startswith("--"))
            origin = roots[flags["from"]] if "from" in flags else ROOT
            for source in sources:
                _copy(_below(origin, source), _below(root, str(Path(folder, target))))


def _below(root: Path, path: str) -> Path:
    return root / path.lstrip("/")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        ignore = shutil.ignore_patterns(*ignored_names())
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, ignore=ignore)
    elif target.is_dir():
        shutil.copy2(source, target / source.name)
    else:
        shutil.copy2(source, target)


def try_out(stage: Stage, root: Path, command: list[str]) -> None:
    """Run one command as the container would run it."""
    user, group = stage.last("USER").value.split(":")
    data = root.with_name("data")
    data.mkdir(exist_ok=True)
    os.chown(data, int(user), int(group))
    confined = [
        "chroot",
        str(root),
        "setpriv",
        *(f"--reuid={user}", f"--regid={group}", "--clear-groups"),
        *("--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"),
        *("env", "--ignore-environment", f"--chdir={stage.last('WORKDIR').value}"),
        *(f"{name}={value.replace('$PATH', _PATH)}" for name, value in stage.environment.items()),
        *command,
    ]
    _say(shlex.join(command))
    mounts = f"""
        mount --make-rprivate /
        mount --bind {root} {root}
        mount --bind {data} {root}/data
        mount -t tmpfs -o noexec,nosuid,nodev tmpfs {root}/tmp
        mount -t tmpfs -o noexec,nosuid,nodev tmpfs {root}/dev/shm
        mount -t proc proc {root}/proc
        ip link set lo up
        mount -o remount,bind,ro {root}
        ! chroot {root} touch /touched 2>/dev/null
        exec {shlex.join(confined)}
    """
    unshare = ["unshare", "--mount", "--pid", "--fork", "--ipc", "--net", "sh", "-euc", mounts]
    subprocess.run(unshare, check=True)


def _say(line: str) -> None:
    sys.stderr.write(f"--- {line}\n")


if __name__ == "__main__":
    main()
