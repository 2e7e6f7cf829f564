"""The record that every run leaves in the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from ingest.changes import ChangeCounts
from ingest.rejects import KEPT_OF_A_KIND, Rejected
from ingest.rejects import Refusal as RefusalKind
from ingest.sources.source import InputRead, InputRecord, InputState, Kind, SourceRecord
from ingest.training_due import LastTraining
from store import Database
from store.files.refill import is_marked
from store.models import RefreshRun, Refusal, Reject, RunOutcome, RunSource
from store.runs import RefusedUnit, RowChanges, RunAction, TimedStage

# How many kinds of refusals a summary names for an input.
_KINDS_NAMED = 5


def source_records(inputs: Sequence[InputRead], repeated: Mapping[Kind, int]) -> tuple[SourceRecord, ...]:
    """Return what is recorded of inputs that were read.

    Repeated records are counted by kind over all inputs; they stand with the last input of their kind.
    """
    last = {entry.kind: entry.name for entry in inputs}
    return tuple(
        SourceRecord(
            entry.name,
            entry.kind,
            entry.record,
            repeated.get(entry.kind, 0) if last[entry.kind] == entry.name else 0,
            entry.refusals,
        )
        for entry in inputs
    )


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went; `str()` of it is a summary for people.

    `counts` are the rows by kind that the store has now, `changes` what the run did to them, `seconds` the
    duration of each stage. With `partial`, more is to come from the source than this run brought. `kept` are
    the tables that stayed as they were, since nothing that they are made of differs.
    """

    run_id: int
    outcome: RunOutcome
    sources: tuple[SourceRecord, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    changes: ChangeCounts
    seconds: Mapping[str, float]
    partial: bool = False
    kept: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(_summary(self))


@dataclass(frozen=True, slots=True)
class LastRun:
    """What the last applied run read, with which rules, and how much it found.

    `sources` are the inputs by name as the newest run since found them, which began at `seen_at`. With
    `awaits_refill`, the tables were changed since.
    """

    sources: Mapping[str, InputRecord]
    seen_at: datetime
    counts: Mapping[str, int]
    rules: Mapping[str, int]
    is_trained: bool
    generated: bool
    awaits_refill: bool


def settle(session: Session) -> None:
    """Record as interrupted the runs whose processes died; call it under the lock."""
    session.execute(
        update(RefreshRun)
        .where(RefreshRun.outcome == RunOutcome.RUNNING)
        .values(
            outcome=RunOutcome.INTERRUPTED,
            finished_at=datetime.now(UTC),
            error="The process ended before the run did; the data of the run before it stay in use.",
        )
    )


def begin(database: Database, action: str, started_by: str) -> int:
    """Record that a run starts and return its id; call it under the lock."""
    now = datetime.now(UTC)
    with database.writer() as session:
        settle(session)
        run = RefreshRun(
            action=action,
            started_by=started_by,
            started_at=now,
            outcome=RunOutcome.RUNNING,
            generated=False,
            counts={},
            seconds={},
        )
        session.add(run)
        session.flush()
        return run.id


def end(
    session: Session, run_id: int, outcome: RunOutcome, *, error: str | None = None, **columns: Any
) -> None:
    """Record how a run ended; `error` says why it failed, `columns` are further columns of its row."""
    session.execute(
        update(RefreshRun)
        .where(RefreshRun.id == run_id)
        .values(
            outcome=outcome,
            finished_at=datetime.now(UTC),
            error=None if error is None else _storable(error),
            **columns,
        )
    )


def record_sources(session: Session, run_id: int, sources: Iterable[SourceRecord]) -> None:
    """Record the inputs that a run read or found unchanged."""
    session.add_all(
        RunSource(
            run_id=run_id,
            role=_storable(source.name),
            location=_storable(source.record.location),
            size=source.record.state.size,
            modified_ns=source.record.state.modified_ns,
            sha256=source.record.state.sha256,
            lines=source.record.lines,
            rejected=source.record.rejected,
        )
        for source in sources
    )
    session.flush()


def record_refusals(session: Session, run_id: int, inputs: Sequence[InputRead]) -> None:
    """Record what was refused: how much of each kind, and the rejects that the inputs kept."""
    session.add_all(
        Refusal(
            run_id=run_id,
            file=_storable(read.label),
            unit=kind.unit,
            field=kind.field,
            reason=kind.reason,
            count=count,
        )
        for read in inputs
        for kind, count in read.refusals.items()
    )
    session.flush()
    rows = [_reject(run_id, _storable(read.label), entry) for read in inputs for entry in read.rejects]
    if rows:
        session.execute(insert(Reject), rows)


def _storable(text: str) -> str:
    """Return a text with a question mark for each byte of a file's name that is not UTF-8."""
    return text.encode(errors="replace").decode()


def _reject(run_id: int, file: str, entry: Rejected) -> dict[str, object]:
    return {
        "run_id": run_id,
        "file": file,
        "line": entry.line,
        "record": entry.record,
        "reason": entry.reason,
        "excerpt": entry.excerpt,
    }


def last_applied(session: Session) -> LastRun | None:
    """Return what is known of the run whose data are in the store, if there is one."""
    run = session.scalars(
        select(RefreshRun)
        .where(RefreshRun.outcome == RunOutcome.APPLIED, RefreshRun.action != RunAction.TRAIN)
        .order_by(RefreshRun.id.desc())
        .limit(1)
    ).first()
    if run is None:
        return None
    trained = session.scalars(
        select(RefreshRun.id).where(
            RefreshRun.outcome == RunOutcome.APPLIED,
            RefreshRun.action != RunAction.INGEST,
            RefreshRun.id >= run.id,
        )
    ).first()
    seen = session.scalars(
        select(RefreshRun)
        .where(
            RefreshRun.outcome.in_((RunOutcome.APPLIED, RunOutcome.UNCHANGED)),
            RefreshRun.action != RunAction.TRAIN,
        )
        .order_by(RefreshRun.id.desc())
        .limit(1)
    ).one()
    sources = session.scalars(select(RunSource).where(RunSource.run_id == seen.id))
    return LastRun(
        sources={row.role: _input_record(row) for row in sources},
        seen_at=seen.started_at,
        counts=run.counts.get("rows", {}),
        rules=run.counts.get("rules", {}),
        is_trained=trained is not None,
        generated=run.generated,
        awaits_refill=is_marked(run.counts),
    )


def last_training(session: Session) -> LastTraining | None:
    """Return the newest training, with what the runs after it changed."""
    owned_games = reviews = 0
    runs = session.execute(
        select(RefreshRun.finished_at, RefreshRun.seconds, RefreshRun.counts)
        .where(RefreshRun.outcome == RunOutcome.APPLIED)
        .order_by(RefreshRun.id.desc())
    )
    for finished_at, seconds, counts in runs:
        if finished_at is not None and TimedStage.TRAINING in seconds:
            took = timedelta(seconds=seconds[TimedStage.TRAINING])
            return LastTraining(finished_at, took, owned_games, reviews)
        changes = counts.get("changes", {})
        owned_games += RowChanges(**changes.get("owned_games", {})).total
        reviews += RowChanges(**changes.get("reviews", {})).total
    return None


def _input_record(row: RunSource) -> InputRecord:
    state = InputState(row.size, row.modified_ns, row.sha256)
    return InputRecord(row.location, state, row.lines, row.rejected)


def _summary(report: RunReport) -> Iterator[str]:
    unchanged = report.outcome is RunOutcome.UNCHANGED
    if unchanged:
        yield "The sources have not changed; the store is as it was."
    else:
        yield f"The store is up to date{' with what has come so far' if report.partial else ''}."
    for source in report.sources:
        record = source.record
        refused = f", {record.rejected:,} refused" if record.rejected else ""
        repeated = f"; repeated {source.kind}: {source.repeated:,}" if source.repeated else ""
        yield f"  {source.name}: {record.location} ({record.lines:,} lines{refused}{repeated})"
        yield from _refusals(source)
    yield from (f"  {note}" for note in report.notes)
    for name, rows in report.counts.items():
        change = getattr(report.changes, name, None)
        told = f" ({change})" if change else ""
        yield f"  {rows:,} {name.replace('_', ' ')}{told}"
    if report.kept:
        names = ", ".join(name.replace("_", " ") for name in report.kept)
        yield f"  left as they were, since nothing that they are made of has changed: {names}"
    yield f"  in {sum(report.seconds.values()):.1f} s"


def _refusals(source: SourceRecord) -> Iterator[str]:
    """Say what was refused of an input, and which values are unknown for it, the most frequent first."""
    kinds = sorted(source.refusals.items(), key=lambda entry: -entry[1])
    for heading, units in (
        ("refused", (RefusedUnit.LINE, RefusedUnit.RECORD)),
        ("taken as unknown", (RefusedUnit.VALUE,)),
    ):
        named = [f"{_named(kind)} ({_counted(kind, count)})" for kind, count in kinds if kind.unit in units]
        if named:
            more = len(named) - _KINDS_NAMED
            others = f"; and {more:,} more kinds" if more > 0 else ""
            yield f"    {heading}: {'; '.join(named[:_KINDS_NAMED])}{others}"


def _counted(kind: RefusalKind, count: int) -> str:
    if kind.unit is RefusedUnit.VALUE or count <= KEPT_OF_A_KIND:
        return f"{count:,}"
    return f"{KEPT_OF_A_KIND:,} kept, and {count - KEPT_OF_A_KIND:,} more of this kind"


def _named(kind: RefusalKind) -> str:
    return f"{kind.field}: {kind.reason}" if kind.field else f"{kind.unit}s: {kind.reason}"
