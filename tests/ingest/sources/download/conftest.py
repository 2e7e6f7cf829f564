"""A host on loopback with a file, and a clock that waits without taking time."""

from collections.abc import Iterator

import pytest

from tests.ingest.sources.download.fetching import CONTENT, NAME, PatientClock
from tests.ingest.sources.download.host import Host, Served, serving


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):  # loopback is not behind the machine's proxy
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving() as running:
        yield running


@pytest.fixture
def served(host: Host) -> Served:
    host.files[f"/{NAME}"] = Served(CONTENT, etag='"one"')
    return host.files[f"/{NAME}"]
