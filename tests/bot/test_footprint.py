"""The bot's own process stays small: what only ingest, training and the demo use is loaded elsewhere."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "scipy", "sklearn", "nltk", "matplotlib", "ingest", "recommender", "playground")


@pytest.mark.slow
def test_serving_loads_none_of_the_heavy_libraries() -> None:
    script = f"import sys, bot.serving; print(*sorted(set({HEAVY}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
