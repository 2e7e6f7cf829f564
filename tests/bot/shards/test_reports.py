"""What processes report of their shards is read by the others, and forgotten when it is old."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.shards.reports import ShardReports
from commands.core.services.shard_reports import ShardReport, ShardState

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def report(*ids: int, at: datetime = NOW, connected: bool = True) -> ShardReport:
    shards = tuple(ShardState(shard_id, connected, latency=None, commands=10) for shard_id in ids)
    return ShardReport(shards, 16, is_leader=0 in ids, at=at)


def test_the_newest_of_each_process_is_read_in_the_order_of_the_shards(tmp_path: Path) -> None:
    reports = ShardReports(tmp_path / "shards")
    assert list(reports.read(NOW)) == []
    reports.write(report(12, 13, 14, 15))
    reports.write(report(0, 1, 2, 3, connected=False))
    reports.write(report(0, 1, 2, 3))
    found = reports.read(NOW)
    told = [(r.shards[0].id, r.connected, r.commands, r.is_leader) for r in found]
    assert told == [(0, 4, 40, True), (12, 4, 40, False)]


def test_who_says_nothing_is_silent_and_at_last_forgotten(tmp_path: Path) -> None:
    reports = ShardReports(tmp_path)
    reports.write(report(0))
    later = NOW + timedelta(minutes=2)
    (found,) = reports.read(later)
    assert found.is_silent(later)
    assert not found.is_silent(NOW)
    assert list(reports.read(NOW + timedelta(days=2))) == []


def test_who_ends_is_gone_and_a_spoilt_file_is_left_out(tmp_path: Path) -> None:
    reports = ShardReports(tmp_path)
    reports.write(report(0))
    reports.write(report(1))
    (tmp_path / "2-2-of-16.json").write_bytes(b"{")
    reports.withdraw(report(0))
    assert [r.shards[0].id for r in reports.read(NOW)] == [1]


def test_a_disk_that_refuses_costs_only_the_report(tmp_path: Path) -> None:
    (tmp_path / "shards").touch()
    ShardReports(tmp_path / "shards").write(report(0))
