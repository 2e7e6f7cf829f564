"""The probe against a Steam on loopback, in good moods and bad ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.sources.steam.probe import Probed, Verdict, probe, redacted
from playground.steam import Mood
from playground.steam.catalogue import invented
from tests.ingest.sources.steam.asking import Nights

pytestmark = pytest.mark.slow

# What comes of which endpoint in the moods in which any is not as expected; one of one call meets the first.
_FIRST = "GetAppList"
REFUSED = {_FIRST: Verdict.REFUSED}
DIFFERING = {
    Mood.TOO_MANY: REFUSED,
    Mood.TOO_MANY_RETRY_AFTER: REFUSED,
    Mood.TOO_MANY_NULL: REFUSED,
    Mood.TOO_MANY_ANSWERED: REFUSED,
    Mood.SERVER_ERROR: REFUSED,
    Mood.UNAVAILABLE: REFUSED,
    Mood.EMPTY_RESULT_BUSY: REFUSED,
    Mood.CUT_OFF_BODY: {_FIRST: Verdict.UNREACHABLE},
    Mood.FIRST_LIST_EMPTY: {_FIRST: Verdict.DIFFERS},
    Mood.ITEMS_GONE: {"GetItems": Verdict.DIFFERS},
    Mood.UNKNOWN_FIELD: {"GetItems": Verdict.DIFFERS, "GetAppReviews": Verdict.DIFFERS},
}
OF_SERVICES = {"GetAppList", "Query", "GetItems", "GetTagList", "GetStoreCategories", "GetPriceStops"}


def probed(asked: Nights) -> dict[str, Probed]:
    found = probe(asked.settings, invented.TIDEWRIGHT, asked.clock)
    return {entry.endpoint: entry for entry in found}


def test_on_a_good_day_every_endpoint_is_as_expected(asked: Nights) -> None:
    found = probed(asked)
    assert found.keys() == ALL
    assert {name: entry.detail for name, entry in found.items() if entry.verdict is not Verdict.OK} == {}
    assert len(asked.steam.world.calls.of()) == len(found)


def test_without_a_key_the_list_that_needs_one_is_not_asked_for(keyless: Nights) -> None:
    found = probed(keyless)
    assert found["GetAppList"].verdict is Verdict.NOT_ASKED
    assert found["Query"].verdict is Verdict.OK


ALL = OF_SERVICES | {"GetAppReviews", "GetNumberOfCurrentPlayers", "appdetails"}


@pytest.mark.parametrize("mood", Mood, ids=lambda mood: mood.word)
def test_in_every_mood_each_endpoint_has_its_own_verdict(asked: Nights, mood: Mood) -> None:
    with asked.steam.mood(mood):
        found = probed(asked)
    assert found.keys() == ALL
    refused = dict.fromkeys(ALL, Verdict.REFUSED) if mood is Mood.REFUSED_FOR_MINUTES else {}
    wrong = {name: entry.verdict for name, entry in found.items() if entry.verdict is not Verdict.OK}
    assert wrong == DIFFERING.get(mood, refused)
    assert all(found[name].detail for name in wrong)


@pytest.mark.parametrize(
    ("mood", "endpoint", "verdict", "why"),
    [
        (Mood.UNKNOWN_FIELD, "GetItems", Verdict.DIFFERS, "unknown field"),
        (Mood.ITEMS_GONE, "GetItems", Verdict.DIFFERS, "GetItems.name: missing"),
        (Mood.TOO_MANY, "Query", Verdict.REFUSED, "allows no more calls for now (status 429)"),
        (Mood.REFUSED_FOR_MINUTES, "appdetails", Verdict.REFUSED, "status 403"),
        (Mood.EMPTY_RESULT_BUSY, "GetTagList", Verdict.REFUSED, "trouble of its own"),
        (Mood.SERVER_ERROR, "GetAppReviews", Verdict.REFUSED, "is in trouble (status 500)"),
        (Mood.CUT_OFF_BODY, "GetStoreCategories", Verdict.UNREACHABLE, "broke off"),
    ],
)
def test_every_mood_has_its_verdict(
    asked: Nights, mood: Mood, endpoint: str, verdict: Verdict, why: str
) -> None:
    with asked.steam.mood(mood, method=endpoint):
        found = probed(asked)
    assert found[endpoint].verdict is verdict
    assert why in found[endpoint].detail


def test_a_sample_has_the_form_of_an_answer_and_nothing_of_people(asked: Nights) -> None:
    told = json.dumps([entry.sample for entry in probed(asked).values()])
    assert '"recommendationid"' in told
    assert '"x-eresult": "1"' in told
    for secret in ("76561", "Tidewright", asked.steam.key):
        assert secret not in told


def test_texts_and_large_numbers_are_told_by_their_form() -> None:
    assert redacted({"a": ["x" * 5] * 9, "b": 2**60, "c": 7, "d": None}) == {
        "a": ["text of 5 characters"] * 3,
        "b": "a number of 64 bits",
        "c": 7,
        "d": None,
    }


def run(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "300", "NEXTPLAY_STEAM_SECONDS_BETWEEN_CALLS": "0", **variables}
    command = [sys.executable, "-m", "bot.cli", "probe", *options]
    environment["PYTHONPATH"] = str(Path.cwd())
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_prints_a_table_and_writes_the_sample(asked: Nights, tmp_path: Path) -> None:
    steam = asked.steam
    done = run(
        tmp_path,
        f"--app={invented.TIDEWRIGHT}",
        STEAM_API_KEY=steam.key,
        NEXTPLAY_STEAM_API_HOST=steam.api,
        NEXTPLAY_STEAM_STORE_HOST=steam.store,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.count(" ok") == 9
    assert len(json.loads((tmp_path / "steam-probe.json").read_text())) == 9
    assert steam.key not in done.stdout + done.stderr


def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    away = "http://127.0.0.1:9"
    done = run(tmp_path, NEXTPLAY_STEAM_API_HOST=away, NEXTPLAY_STEAM_STORE_HOST=away)
    assert done.returncode == 1
    assert "Steam cannot be reached from this machine; check its network" in done.stdout
    assert not (tmp_path / "steam-probe.json").exists()
