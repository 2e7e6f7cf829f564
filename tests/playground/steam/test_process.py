"""The local Steam in a process of its own, driven by HTTP."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "playground.steam"]


@pytest.fixture
def process() -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """The process with a mood, and what it printed."""
    arguments = [*COMMAND, "--games", "60", "--mood", "first-list-empty"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running, json.loads(running.stdout.readline())
        running.kill()


def test_it_prints_its_addresses_and_ends_on_a_signal(
    process: tuple[subprocess.Popen[str], dict[str, str]],
) -> None:
    running, printed = process
    assert set(printed) == {"api", "store", "community", "media", "control", "key"}
    address, headers = f"{printed['api']}/IStoreService/GetAppList/v1/", {"x-webapi-key": printed["key"]}
    assert httpx.get(address, headers=headers).json() == {"response": {}}
    assert len(httpx.get(address, headers=headers).json()["response"]["apps"]) == 60
    running.send_signal(signal.SIGTERM)
    assert running.wait(10) == 0


def test_a_bad_size_is_one_sentence() -> None:
    ended = subprocess.run([*COMMAND, "--games", "7"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (
        1,
        "The local Steam does not start: a catalogue has 50 to 140,000 games, not 7\n",
    )


def test_a_taken_port_is_one_sentence() -> None:
    with LocalSteam(games=50) as steam:
        port = steam.api.rpartition(":")[2]
        ended = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The local Steam does not start: ")
    assert ended.stderr.count("\n") == 1


def test_time_moods_and_the_record_are_driven_by_http(steam: LocalSteam) -> None:
    with httpx.Client(base_url=steam.control) as control:
        assert control.post("/advance", params={"days": 1}).json() == {"played": ["release", "price-drop"]}
        assert "new-game" in control.post("/play", params={"step": "new-game"}).json()["played"]
        on = control.post("/moods", params={"name": "too-many", "method": "GetTagList", "times": 1}).json()
        assert on == {"on": ["too-many"]}
        tags = f"{steam.api}/IStoreService/GetTagList/v1/"
        assert [httpx.get(tags).status_code for _ in range(2)] == [429, 200]
        assert control.get("/moods").json() == {"on": []}
        control.post("/moods", params={"name": "items-gone"})
        assert control.delete("/moods", params={"name": "items-gone"}).json() == {"on": []}
        statuses = [call["status"] for call in control.get("/calls?method=GetTagList").json()["calls"]]
        assert statuses == [429, 200]
        assert control.delete("/calls").json() == {"calls": []}
    assert not steam.world.switches.is_on(Mood.ITEMS_GONE)
    assert steam.world.catalogue.find(invented.LANTERN_POST) is not None


@pytest.mark.parametrize("address", ["/moods?name=grumpy", "/play?step=flood", "/advance?days=many"])
def test_what_the_control_does_not_know_is_refused(steam: LocalSteam, address: str) -> None:
    assert httpx.post(steam.control + address).status_code == 400
