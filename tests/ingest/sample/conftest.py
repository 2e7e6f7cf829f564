"""The sample as it is written by default."""

import pytest

from ingest.sample import SampleFiles, write_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("sample"))
