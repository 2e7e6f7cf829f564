"""`alembic check` on a fresh database: the migrations give exactly the tables that the models describe."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NEXTPLAY_DATABASE": str(Path(folder) / "empty.sqlite3")}
        for step in (["upgrade", "head"], ["check"]):
            done = subprocess.run([sys.executable, "-m", "alembic", *step], env=environment, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
