"""What becomes of each kind of answer: what is used, waited out, given up, and told."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ingest.errors import SourceError
from ingest.sources.steam.kept.models import DayBudget, HostLimit
from playground.steam import Mood
from steam.reply import Call, HostName, Reply
from steam.rules import RULES, Ruling, judge
from tests.ingest.sources.steam.asking import Nights

SERVICE = Call(HostName.API, "IStoreBrowseService/GetItems/v1/")
WITH_KEY = Call(HostName.API, "IStoreService/GetAppList/v1/", needs_key=True)
PAGE = Call(HostName.STORE, "api/appdetails")
GOOD = Reply(200, {"content-type": "application/json", "x-eresult": "1"}, b'{"response":{"a":1}}')
HTML = {"content-type": "text/html; charset=UTF-8"}


def changed(**changes: object) -> Reply:
    return replace(GOOD, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "reply", "ruling"),
    [
        pytest.param(SERVICE, GOOD, Ruling.USE, id="a good answer"),
        pytest.param(SERVICE, changed(headers={}), Ruling.USE, id="no result said"),
        pytest.param(SERVICE, changed(body=b'{"response":{}}'), Ruling.USE, id="an empty envelope"),
        pytest.param(PAGE, changed(body=b'{"620":{"success":false}}'), Ruling.USE, id="an unknown app"),
        pytest.param(SERVICE, changed(status=429), Ruling.WAIT, id="429"),
        pytest.param(PAGE, changed(status=429, body=b"null"), Ruling.WAIT, id="429 null"),
        pytest.param(WITH_KEY, changed(status=401, headers=HTML), Ruling.NO_KEY, id="401 of a key"),
        pytest.param(WITH_KEY, changed(status=403, headers=HTML), Ruling.NO_KEY, id="403 of a key"),
        pytest.param(PAGE, changed(status=403, headers=HTML), Ruling.WAIT, id="403 of the store"),
        pytest.param(SERVICE, changed(status=500, headers=HTML), Ruling.WAIT, id="500"),
        pytest.param(SERVICE, changed(status=503), Ruling.WAIT, id="503"),
        pytest.param(SERVICE, changed(status=404), Ruling.FAIL, id="404"),
        pytest.param(
            SERVICE, changed(status=404, body=b'{"response":{"result":42}}'), Ruling.USE, id="404 of an app"
        ),
        pytest.param(SERVICE, changed(status=405), Ruling.FAIL, id="405"),
        pytest.param(SERVICE, changed(status=400, headers=HTML), Ruling.FAIL, id="400"),
        pytest.param(SERVICE, changed(status=302), Ruling.FAIL, id="a redirect"),
        pytest.param(SERVICE, changed(status=204, body=b""), Ruling.FAIL, id="another success"),
        pytest.param(SERVICE, changed(headers=HTML, body=b"<html>"), Ruling.WAIT, id="a page"),
        pytest.param(
            SERVICE, changed(headers={}, body=b" <!DOCTYPE html>"), Ruling.WAIT, id="an unsaid page"
        ),
        pytest.param(SERVICE, changed(headers={"x-eresult": "8"}), Ruling.FAIL, id="result 8"),
        pytest.param(SERVICE, changed(headers={"x-eresult": "15"}), Ruling.FAIL, id="result 15"),
        *(
            pytest.param(SERVICE, changed(headers={"x-eresult": str(n)}), Ruling.WAIT, id=f"result {n}")
            for n in (2, 10, 16, 20, 84, 99999)
        ),
        pytest.param(SERVICE, changed(body=b'{"response":{"a":'), Ruling.WAIT, id="half a body"),
        pytest.param(SERVICE, changed(body=b""), Ruling.WAIT, id="no body"),
        pytest.param(SERVICE, changed(body=b"null"), Ruling.WAIT, id="null"),
        pytest.param(SERVICE, changed(body=b'{"response":null}'), Ruling.WAIT, id="a null envelope"),
        pytest.param(SERVICE, changed(body=b"[]"), Ruling.WAIT, id="a list"),
        pytest.param(SERVICE, changed(body=b"\xff\xfe"), Ruling.WAIT, id="no text"),
        pytest.param(PAGE, changed(body=b"null", headers={}), Ruling.WAIT, id="a null page"),
    ],
)
def test_every_kind_of_answer_has_a_rule(call: Call, reply: Reply, ruling: Ruling) -> None:
    assert judge(call, reply).ruling is ruling


def test_the_last_rule_takes_whatever_is_left() -> None:
    assert RULES[-1].ruling is Ruling.USE
    assert RULES[-1].fits(SERVICE, GOOD)


pytest_slow = pytest.mark.slow


@pytest_slow
@pytest.mark.parametrize(
    "mood",
    [
        Mood.TOO_MANY,
        Mood.TOO_MANY_RETRY_AFTER,
        Mood.TOO_MANY_NULL,
        Mood.TOO_MANY_ANSWERED,
        Mood.SERVER_ERROR,
        Mood.UNAVAILABLE,
        Mood.EMPTY_RESULT_BUSY,
        Mood.CUT_OFF_BODY,
        Mood.SLOW_BODY,
    ],
)
def test_a_fault_that_passes_costs_a_wait_and_nothing_else(asked: Nights, mood: Mood) -> None:
    with asked.steam.mood(mood, method="GetItems"):
        asked.run()
    assert not asked.source.is_partial
    assert len(asked.games) >= 60
    if mood is not Mood.SLOW_BODY:
        assert max(asked.clock.slept) > 1.5


@pytest_slow
def test_waits_double_and_three_failures_in_a_row_end_the_run_as_partial(asked: Nights) -> None:
    with (
        asked.steam.mood(Mood.SERVER_ERROR, method="GetItems", times=99),
        pytest.raises(SourceError, match="is in trouble"),
    ):
        asked.run()
    assert asked.asked["GetItems"] == 3
    assert [round(slept) for slept in asked.clock.slept if slept > 5] == [60, 120]
    limits = {limit.host: limit for limit in asked.rows(HostLimit)}
    assert limits["api"].strikes == 3
    asked.run()
    assert not asked.source.is_partial
    assert max(asked.clock.slept[2:]) > 200  # the rest goes on into the next run
    assert len(asked.games) >= 60


@pytest_slow
def test_a_host_that_shuts_out_ends_its_own_steps_alone(asked: Nights) -> None:
    with asked.steam.mood(Mood.REFUSED_FOR_MINUTES, method="appdetails"):
        asked.run()
    assert asked.source.is_partial
    assert "store host shuts this machine out" in " ".join(asked.source.notes)
    assert asked.reviews


@pytest_slow
def test_the_day_has_its_budget_and_the_next_one_goes_on(asked: Nights) -> None:
    asked.run(calls_a_day=8)
    assert asked.source.is_partial
    assert "calls of this day are used up" in " ".join(asked.source.notes)
    (budget,) = asked.rows(DayBudget)
    assert budget.calls == 8
    asked.steam.world.advance(days=1)
    asked.run()
    assert not asked.source.is_partial


@pytest_slow
def test_calls_keep_their_distance_also_across_runs(asked: Nights) -> None:
    asked.run()
    asked.run()
    times = [call.at for call in asked.steam.world.calls.of() if call.host == "api"]
    assert all(later - earlier > 1.4 for earlier, later in pairwise(times))


@pytest_slow
def test_pages_of_the_store_stay_below_their_limit(asked: Nights) -> None:
    asked.run()
    times = [call.at for call in asked.steam.world.calls.of("appdetails")]
    assert len(times) >= 50
    assert len([at for at in times if at - times[0] < 300]) <= 151


@pytest_slow
@pytest.mark.parametrize(
    ("mood", "told"),
    [
        (Mood.UNKNOWN_FIELD, "unknown field"),
        (Mood.UNKNOWN_ENUM, "unknown number"),
        (Mood.HUGE_VOTES, "more people than Steam has"),
    ],
)
def test_what_differs_from_what_is_expected_is_told_and_the_rest_is_used(
    asked: Nights, mood: Mood, told: str
) -> None:
    with asked.steam.mood(mood):
        asked.run()
    assert len(asked.games) >= 60
    assert any("differ from what is expected" in note and told in note for note in asked.source.notes)


@pytest_slow
@pytest.mark.parametrize(
    "mood", [Mood.ITEMS_SHUFFLED, Mood.ITEM_MISSING, Mood.FIELDS_LEFT_OUT, Mood.COMING_SOON_UNDATED]
)
def test_odd_items_are_matched_by_their_id(asked: Nights, mood: Mood) -> None:
    with asked.steam.mood(mood):
        asked.run()
    found = asked.games
    asked.run()
    assert len(asked.games) >= 60
    for app, game in found.items():
        assert asked.games[app].title == game.title
        assert game.listed


@pytest_slow
def test_what_is_sold_nowhere_has_no_price_and_what_is_free_costs_nothing(asked: Nights) -> None:
    with asked.steam.mood(Mood.SOLD_NOWHERE):
        asked.run()
    prices = [game.price_cents for game in asked.games.values()]
    assert None in prices
    assert 0 in prices


@pytest_slow
def test_the_key_travels_in_a_header_of_calls_that_need_it_and_shows_nowhere(
    asked: Nights, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with (
        asked.steam.mood(Mood.SERVER_ERROR, method="GetAppList", times=99),
        pytest.raises(SourceError, match="Nothing has come") as caught,
    ):
        asked.run()
    asked.run()
    calls = asked.steam.world.calls.of()
    assert {call.keyed for call in calls} == {"header", ""}
    assert {call.method for call in calls if call.keyed} == {"IStoreService/GetAppList"}
    told = [
        caplog.text,
        repr(asked.settings),
        repr(caught.value),
        "".join(map(str, asked.source.notes)),
        repr([call.sent for call in calls]),
    ]
    assert all(asked.steam.key not in text for text in told)
    assert asked.steam.key.encode() not in asked.kept.read_bytes()
