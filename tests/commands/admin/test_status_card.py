"""The status card says how refreshes went and how Discord is connected; nobody is named."""

from datetime import UTC, datetime, timedelta

from commands.admin.card import refresh_result, status
from commands.core.services.refresher import RefreshResult
from commands.core.services.shard_reports import ShardReport, ShardState
from localization.translations import Translations
from store.models import RunOutcome
from store.results import (
    DataStatus,
    RunInfo,
    StoreCounts,
)
from store.runs import RunStarter

TEXTS = Translations()
STARTED = datetime(2018, 1, 4, 4, 30, tzinfo=UTC)


def test_status_shows_failures_with_their_reason_and_nobody_by_name() -> None:
    failed = RunInfo(
        id=2,
        action="refresh",
        started_by="123456789",
        started_at=STARTED,
        finished_at=STARTED + timedelta(seconds=3),
        outcome=RunOutcome.FAILED,
        error="The games file is missing.",
        generated=False,
        counts={},
        seconds={},
        rejected=2,
        unknown=3,
    )
    found = DataStatus(StoreCounts(1, 0, 1, 1, 1, 1, 1), applied=None, refreshed_at=None, runs=(failed,))
    shards = tuple(ShardState(number, number > 0, latency=None, commands=0) for number in range(4))
    silent = datetime(2018, 1, 4, 4, 30, tzinfo=UTC)
    card = status(found, None, STARTED, (ShardReport(shards, 4, is_leader=True, at=silent),), TEXTS)
    fields: dict[str, str] = {field.name: field.value for field in card.fields}
    assert card.lines[0] == "There are no data yet."
    assert fields["Next refresh"] == "<t:1515040200:f>"
    assert fields["Last refreshes"] == (
        "<t:1515040200:f>\xa0· **failed**\xa0· from Discord\xa0· 3\xa0s\xa0· 2\xa0lines rejected"
        "\xa0· 3\xa0values taken as unknown\xa0· The games file is missing."
    )
    assert fields["Connections to Discord"] == "0–3 of 4\xa0· silent since <t:1515040200:R>"


def test_how_the_shards_of_a_process_are_is_told_where_there_are_several() -> None:
    found = DataStatus(StoreCounts(1, 0, 1, 1, 1, 1, 1), applied=None, refreshed_at=None, runs=())
    now = datetime.now(UTC)

    def report(*ids: int) -> ShardReport:
        shards = tuple(ShardState(number, number > 0, latency=0.1, commands=number) for number in ids)
        return ShardReport(shards, 4, is_leader=0 in ids, at=now)

    told = status(found, None, None, (report(0, 1), report(2, 3)), TEXTS).fields
    fields: dict[str, str] = {field.name: field.value for field in told}
    assert fields["Connections to Discord"] == (
        "0–1 of 4\xa0· 1 of 2 connected\xa0· 1\xa0command since the start\xa0· keeps the schedule\n"
        "2–3 of 4\xa0· 2 of 2 connected\xa0· 5\xa0commands since the start"
    )
    only = status(found, None, None, (ShardReport(report(0).shards, 1, is_leader=True, at=now),), TEXTS)
    assert "Connections to Discord" not in {field.name for field in only.fields}


def test_status_shows_what_each_run_changed_and_what_it_left() -> None:
    applied = RunInfo(
        id=2,
        action="refresh",
        started_by=RunStarter.SCHEDULE,
        started_at=STARTED,
        finished_at=STARTED + timedelta(seconds=3),
        outcome=RunOutcome.APPLIED,
        error=None,
        generated=False,
        counts={
            "changes": {"games": {"added": 1, "changed": 1400, "gone": 0}, "reviews": {}},
            "kept": ["neighbours"],
            "partial": True,
        },
        seconds={},
        rejected=0,
    )
    found = DataStatus(StoreCounts(1, 0, 1, 1, 1, 1, 1), applied=applied, refreshed_at=None, runs=(applied,))
    fields: dict[str, str] = {
        field.name: field.value for field in status(found, None, STARTED, (), TEXTS).fields
    }
    assert fields["Last refreshes"] == (
        "<t:1515040200:f>\xa0· **applied**\xa0· by schedule\xa0· 3\xa0s\n"
        "games: 1 new, 1,400 changed\xa0· no new training needed\xa0· not all of it yet"
    )


def test_the_end_of_a_refresh_says_what_becomes_of_the_answers() -> None:
    said = {outcome: refresh_result(RefreshResult(outcome, 2.0), TEXTS).lines[0] for outcome in RunOutcome}
    assert said[RunOutcome.APPLIED] == "The data are renewed; every answer uses them from now on."
    assert said[RunOutcome.UNCHANGED] == "The files have not changed; the data are up to date."
    assert said[RunOutcome.CANCELLED] == "The refresh was stopped; the old data stay."
    assert said[RunOutcome.FAILED] == "The refresh failed; the old data stay."
