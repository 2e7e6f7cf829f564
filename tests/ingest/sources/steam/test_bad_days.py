"""Steam lies, loops and sends rubbish; clocks jump: nothing is lost, and no run goes on for ever."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.download.errors import Setback
from ingest.sources.download.exchange import wanted_wait
from ingest.sources.steam.client import SteamDataClient
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.exchange import _unpacked as unpacked
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.interruptions import HostGivenUp, Interruption, NotBelieved
from ingest.sources.steam.kept import KeptFile
from ingest.sources.steam.kept.limits import CallLimits
from ingest.sources.steam.kept.models import AppState, HostLimit, SweepCursor
from ingest.sources.steam.list_apps import list_apps
from ingest.sources.steam.read_names import known_words, read_names
from ingest.sources.steam.settings import SteamSettings
from playground.steam.catalogue import invented
from steam.reply import Call, HostName, Reply
from steam.rules import content_of
from store.runs import SilentProgress
from tests.ingest.sources.steam.asking import Nights, WorldClock

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
Answer = Callable[[Call], dict[str, Any]]


@dataclass
class StoppedClock:
    """The same moment throughout; who sleeps by it is only noted."""

    moment: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class ScriptedSteam(SteamDataClient):
    """A client whose answers a test writes; it is asked as often as a run would, up to a bound."""

    def __init__(self, answer: Answer) -> None:
        self.differences = Differences()
        self._country = "US"
        self._answer = answer
        self.asked = 0

    def ask(self, call: Call) -> dict[str, Any]:
        self.asked += 1
        assert self.asked < 50, "it would go on for ever"
        return self._answer(call)


def fetching(folder: Path, answer: Answer, *, key: bool = True) -> Fetching:
    kept = KeptFile(folder / "kept.sqlite3")
    kept.prepare()
    settings = SteamSettings()
    steam = Fetching(ScriptedSteam(answer), kept, settings, StoppedClock(), SilentProgress(), Differences())
    steam.key_refused = not key
    return steam


def pages(*apps: int, **more: object) -> Answer:
    return lambda _call: {"apps": [{"appid": app} for app in apps], **more}


class WithKey(Fetching):
    @property
    def has_key(self) -> bool:
        return True


def with_key(folder: Path, answer: Answer) -> Fetching:
    one = fetching(folder, answer)
    return WithKey(one.client, one.kept, one.settings, one.clock, one.progress, one.differences)


def known(one: Fetching) -> set[int]:
    with one.kept.writer() as session:
        return {state.app for state in session.query(AppState)}


def test_a_list_that_never_ends_is_left_after_the_page_that_comes_again(tmp_path: Path) -> None:
    numbers = iter(range(100, 10_000))
    one = with_key(
        tmp_path,
        lambda _call: {"apps": [{"appid": 10}], "have_more_results": True, "last_appid": next(numbers)},
    )
    with pytest.raises(NotBelieved):
        list_apps(one)
    assert known(one) == {10}


@pytest.mark.parametrize("last", [2**31, 2**40, 2**63, 2**70])
def test_a_list_that_goes_on_from_an_id_that_cannot_be_is_left(tmp_path: Path, last: int) -> None:
    with pytest.raises(Interruption):
        list_apps(with_key(tmp_path, pages(10, 20, have_more_results=True, last_appid=last)))


def test_ids_that_cannot_be_are_left_out_of_the_list(tmp_path: Path) -> None:
    one = with_key(tmp_path, pages(-5, 0, 10, 2**31, 2**40, 2**70))
    with pytest.raises(NotBelieved):
        list_apps(one)
    one = with_key(tmp_path, pages(-5, 0, 10))
    list_apps(one)
    assert known(one) == {10}


def queried(start: int, total: int, apps: list[int]) -> dict[str, Any]:
    return {
        "metadata": {"total_matching_records": total, "start": start, "count": len(apps)},
        "ids": [{"appid": app} for app in apps],
    }


@pytest.mark.parametrize("length", [1, 2, 3])
def test_pages_that_come_in_a_circle_end_the_walk(tmp_path: Path, length: int) -> None:
    turns = iter(range(1000))
    one = fetching(
        tmp_path,
        lambda _call: queried(0, 10**9, [10 * (1 + next(turns) % length), 7]),
        key=False,
    )
    with pytest.raises(NotBelieved, match="same pages again"):
        list_apps(one)
    assert known(one) == {7, *(10 * number for number in range(1, length + 1))}


@pytest.mark.parametrize("total", [-1, 0, 1, 2**70])
def test_a_count_that_lies_ends_no_walk_before_its_time_and_lets_none_go_on_for_ever(
    tmp_path: Path, total: int
) -> None:
    answers = iter([[1, 2, 3], [4], [], [], [], [], [], []])
    one = fetching(tmp_path, lambda _call: queried(0, total, next(answers, [])), key=False)
    list_apps(one)
    assert {1, 2, 3} <= known(one)


@pytest.mark.parametrize("odd", [[], {}, None, "620", 2**70, -1, 1.5, True])
def test_an_item_without_a_usable_id_is_of_no_app(asked: Nights, odd: object, tmp_path: Path) -> None:
    client = ScriptedSteam(lambda _call: {"store_items": [{"id": odd, "success": 1}, {"id": 620}, "x", None]})
    found = client.items([620], "english")
    assert [item["id"] for item in found if item["id"] == 620] == [620]
    assert all(isinstance(item["id"], int) for item in found)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Fri, 27 Nov 2026 03:02:00 GMT", 120),
        ("Fri, 27 Nov 2026 02:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("99999999999999999999", 86_400),
        ("9" * 400, 86_400),
        ("-5", 60),
        ("soon", 60),
        ("", 60),
    ],
)
def test_a_wait_is_as_long_as_asked_for_but_never_longer_than_a_day(
    tmp_path: Path, said: str, seconds: float
) -> None:
    kept = KeptFile(tmp_path / "kept.sqlite3")
    kept.prepare()
    clock = StoppedClock()
    CallLimits(kept, SteamSettings(), clock).failed(HostName.API, "is in trouble", wanted_wait(said, NOW))
    with kept.writer() as session:
        assert session.get_one(HostLimit, "api").next_allowed_at == NOW + timedelta(seconds=seconds)


BODY = gzip.compress(b'{"response":{"apps":[]}}' * 40, mtime=0)


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_packed_body_that_is_damaged_anywhere_is_asked_for_again_or_the_same(place: int, by: int) -> None:
    damaged = bytearray(BODY)
    damaged[place] ^= by
    try:
        plain = unpacked(bytes(damaged), "gzip")
    except Setback:
        return
    assert plain == gzip.decompress(BODY)


@given(st.integers(0, len(BODY) - 1))
def test_a_packed_body_that_is_cut_short_is_asked_for_again(length: int) -> None:
    with pytest.raises(Setback):
        unpacked(BODY[:length], "gzip")


def test_of_a_name_that_comes_twice_in_an_answer_the_last_counts() -> None:
    body = b'{"response":{"id":1,"id":2},"response":{"id":3,"id":4}}'
    assert content_of(Call(HostName.API, "GetItems"), Reply(200, {}, body)) == {"id": 4}


@dataclass
class WrongClock(WorldClock):
    """A clock that is ahead, until it is put right."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.mark.slow
def test_a_clock_that_was_ahead_for_a_night_costs_no_later_one(asked: Nights) -> None:
    clock = WrongClock(asked.steam.world, ahead=timedelta(days=400))
    asked.clock = clock
    asked.run(player_counts_a_run=3)
    clock.ahead = timedelta()
    asked.steam.world.catalogue.change(invented.TIDEWRIGHT, name="Tidewright II")
    asked.steam.world.advance(days=1)
    asked.run(player_counts_a_run=3)
    assert not asked.source.is_partial
    assert asked.games[invented.TIDEWRIGHT].title == "Tidewright II"
    for name in ("GetAppList", "GetItems", "GetAppReviews", "GetNumberOfCurrentPlayers", "GetTagList"):
        assert asked.asked[name] > 0, name
    now = asked.clock.now()
    assert all(state.checked_at is None or state.checked_at <= now for state in asked.rows(AppState))
    assert all(cursor.started_at <= now for cursor in asked.rows(SweepCursor))


@pytest.mark.slow
def test_a_rest_that_only_a_wrong_clock_can_have_written_is_not_waited_for(asked: Nights) -> None:
    asked.run()
    with KeptFile(asked.kept).writer() as session:
        session.get_one(HostLimit, "api").next_allowed_at = asked.clock.now() + timedelta(days=300)
    asked.steam.world.advance(days=1)
    try:
        asked.run()
    except HostGivenUp:
        pytest.fail("it waits for the clock")
    assert not asked.source.is_partial


def test_a_host_that_failed_for_years_rests_no_longer_than_any(tmp_path: Path) -> None:
    kept = KeptFile(tmp_path / "kept.sqlite3")
    kept.prepare()
    with kept.writer() as session:
        session.add(HostLimit(host=HostName.API.value, next_allowed_at=NOW, strikes=5_000))
    CallLimits(kept, SteamSettings(), StoppedClock()).failed(HostName.API, "is away", None)
    with kept.writer() as session:
        limit = session.get_one(HostLimit, HostName.API.value)
        assert limit.next_allowed_at == NOW + timedelta(minutes=15)


@pytest.mark.parametrize("odd", [10**25, 2**31, 0, -5])
def test_a_number_that_is_no_tags_is_not_kept(tmp_path: Path, odd: int) -> None:
    tags = [{"tagid": odd, "name": "Odd"}, {"tagid": 19, "name": "Action"}]
    one = fetching(tmp_path, lambda call: {"tags": tags} if "GetTagList" in call.method else {})
    read_names(one)
    with one.kept.writer() as session:
        assert known_words(session, one.settings.country).tags == {19: "Action"}
