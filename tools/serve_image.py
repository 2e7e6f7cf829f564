"""What the image target `serve` holds, carried out without Docker, and how large it is.

    python -m tools.serve_image FOLDER

does in FOLDER what the stage `serve-libraries` of the Dockerfile does in a container, with this Python in
place of the image's, and prints what is largest, the sum, and the sum with the base image. Then it asks
whether every library of the lock has a wheel for Linux on both architectures.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tools.dockerfile import ROOT, stages

# The installed sizes of the Debian packages that make up gcr.io/distroless/python3-debian12, in MB.
BASE_MB = 60.0
LARGEST_MB = 250.0
LOCK = ROOT / "requirements-serve.lock"
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")


def build(folder: Path) -> Path:
    """Install and prune as the Dockerfile says; return the folder that goes into the image."""
    dist, root = folder / "dist", folder / "serve"
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT))
    (stage,) = (stage for stage in stages() if stage.name == "serve-libraries")
    places = {
        "/opt/nextplay/bin/pip": f"{sys.executable} -m pip",
        "/opt/serve": str(root),
        "/dist": str(dist),
        "/srv/data": str(folder / "data"),
        "requirements-serve.lock": str(LOCK),
        " python -c": f" {_plain_python()} -S -c",
        # What this machine has downloaded before need not come again.
        "--no-cache-dir ": "",
    }
    for step in stage.all("RUN"):
        command = step.value
        if command.startswith("apt-get"):
            continue  # what a container lacks, and this machine has
        for theirs, ours in places.items():
            command = command.replace(theirs, ours)
        subprocess.run(["/bin/sh", "-euc", command], cwd=folder, check=True, env=_environment())
    return root


def size_of(folder: Path) -> float:
    """Return the size of all files below a folder, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def missing_wheels(platform: str) -> str:
    """Return what uv says of libraries without a wheel for a platform; nothing if all have one."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet", "--no-deps"),
            *("--target", str(ROOT / "build" / "wheels"), "--python-platform", platform),
            *("--python-version", "3.11", "--only-binary", ":all:", "--requirement", str(LOCK)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


def _plain_python() -> str:
    """Return the Python that this environment was made of, which has none of its libraries."""
    return shlex.quote(getattr(sys, "_base_executable", sys.executable))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


def main() -> None:
    """Build, print the sizes, and end with exit code 1 where the image is too large or a wheel is missing."""
    root = build(Path(sys.argv[1]).absolute())
    for part in sorted(root.iterdir(), key=lambda part: -size_of(part))[:12]:
        print(f"{size_of(part):6.1f} MB  {re.sub(r'.dist-info$', '', part.name)}")
    total = size_of(root)
    print(f"{total:6.1f} MB  in all, {total + BASE_MB:.1f} with the base image")
    missing = [said for platform in PLATFORMS if (said := missing_wheels(platform))]
    print("".join(missing) or f"Every library has a wheel for {' and '.join(PLATFORMS)}.")
    sys.exit(bool(missing) or total + BASE_MB > LARGEST_MB)


if __name__ == "__main__":
    main()
