"""A Steam for each test, and runs against it."""

from pathlib import Path

import pytest

from playground.steam import LocalSteam
from tests.ingest.sources.steam.asking import Nights, nights


@pytest.fixture
def asked(steam: LocalSteam, tmp_path: Path) -> Nights:
    """Runs with Steam's key."""
    return nights(steam, tmp_path)


@pytest.fixture
def keyless(steam: LocalSteam, tmp_path: Path) -> Nights:
    """Runs without a key."""
    return nights(steam, tmp_path, key=None)
