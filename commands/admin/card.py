"""Cards about the state of the data and how a refresh ended, for admins."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from commands.core.card import Card, Field
from commands.core.refresher import RefreshJob, RefreshProgress, RefreshResult, RowChanges
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Texts
from store.models import RunOutcome
from store.results import DataStatus, RunInfo, StoreCounts
from store.runs import RunStarter, Stage

# How much of the reason of a failure is shown.
_REASON = 400


def status(found: DataStatus, job: RefreshJob | None, due: datetime | None, texts: Texts) -> Card:
    """What data there are, what is being done about them, and how the last runs went.

    Which data they are and how old is at the foot, as it is of every answer.
    """
    empty = (texts.gettext("There are no data yet."),) if found.as_of is None else ()
    nothing = texts.gettext("none")
    runs = Markdown("\n".join(_run(run, texts) for run in found.runs)) or nothing
    return Card(
        title=texts.gettext("State of the data"),
        lines=(*empty, *_counts(found.counts, texts)),
        fields=(
            Field(texts.gettext("Refresh under way"), _job(job, texts) if job else nothing, inline=True),
            Field(texts.gettext("Next refresh"), _moment(due) if due else nothing, inline=True),
            Field(texts.gettext("Last refreshes"), runs),
        ),
    )


def _moment(value: datetime, style: str = "f") -> Markdown:
    """A moment that Discord shows in everybody's own time zone and language."""
    return Markdown(f"<t:{int(value.timestamp())}:{style}>")


def _counts(counts: StoreCounts, texts: Texts) -> tuple[Markdown, ...]:
    named = (
        (texts.gettext("games"), counts.games),
        (texts.gettext("games known from libraries only"), counts.other_games),
        (texts.gettext("developers"), counts.developers),
        (texts.gettext("players"), counts.players),
        (texts.gettext("owned games"), counts.owned_games),
        (texts.gettext("reviews"), counts.reviews),
        (texts.gettext("games with neighbours"), counts.neighbours),
    )
    return tuple(Markdown(f"{bold(texts.number(count))} {name}") for name, count in named)


def _job(job: RefreshJob, texts: Texts) -> Markdown:
    started = texts.gettext(
        "{starter}, {moment}", starter=_starter(job.started_by, texts), moment=_moment(job.started_at, "R")
    )
    return join([started, _progress(job.progress, texts)])


def _progress(progress: RefreshProgress | None, texts: Texts) -> Markdown:
    if progress is None:
        return texts.gettext("starting")
    parts = [_stage(progress.stage, texts)]
    if progress.share is not None:
        parts.append(texts.percent(round(100 * progress.share)))
    if progress.rows:
        parts.append(texts.ngettext("{count} row", "{count} rows", progress.rows))
    if progress.seconds_left is not None:
        left = texts.duration(timedelta(seconds=max(1, round(progress.seconds_left))))
        parts.append(texts.gettext("this step takes {left} more", left=left))
    return join(parts)


def _stage(stage: str, texts: Texts) -> Markdown:
    names: dict[str, Markdown] = {
        Stage.STARTING: texts.gettext("starting"),
        Stage.READING_GAMES: texts.gettext("reading games"),
        Stage.READING_REVIEWS: texts.gettext("reading reviews"),
        Stage.READING_ITEMS: texts.gettext("reading libraries"),
        Stage.SCORING_REVIEWS: texts.gettext("scoring reviews"),
        Stage.BACKING_UP: texts.gettext("backing up"),
        Stage.WRITING_LIBRARIES: texts.gettext("writing libraries"),
        Stage.SUMMARIZING: texts.gettext("summarizing"),
        Stage.READING_LIBRARIES: texts.gettext("learning what goes together"),
        Stage.LEARNING_NEIGHBOURS: texts.gettext("learning what goes together"),
        Stage.WRITING_NEIGHBOURS: texts.gettext("writing neighbours"),
    }
    return names.get(stage, escape(stage))


def refresh_under_way(job: RefreshJob, starter: Markdown, texts: Texts) -> Card:
    """How far a refresh is that `starter` asked for."""
    started = texts.gettext(
        "Started by {starter} {moment}; answers stay as they are until it ends.",
        starter=starter,
        moment=_moment(job.started_at, "R"),
    )
    return Card(title=texts.gettext("Refresh"), lines=(started, bold(_progress(job.progress, texts))))


def refresh_stopping(texts: Texts) -> Card:
    """What is shown between the press of the button and the end."""
    return Card(title=texts.gettext("Refresh"), lines=(texts.gettext("The refresh is being stopped."),))


def _starter(started_by: str, texts: Texts) -> Markdown:
    # A person's id is for the log; other servers' admins see this too.
    known: dict[str, Markdown] = {
        RunStarter.SCHEDULE: texts.gettext("by schedule"),
        RunStarter.COMMAND_LINE: texts.gettext("from the command line"),
    }
    return known.get(started_by, texts.gettext("from Discord"))


def _run(run: RunInfo, texts: Texts) -> Markdown:
    parts = [_moment(run.started_at), bold(_outcome(run.outcome, texts)), _starter(run.started_by, texts)]
    if run.finished_at is not None:
        parts.append(_seconds(run.finished_at - run.started_at, texts))
    if run.rejected:
        parts.append(texts.ngettext("{count} line rejected", "{count} lines rejected", run.rejected))
    if run.error is not None:
        parts.append(escape(run.error, _REASON // 4))
    return join(parts)


def _seconds(took: timedelta, texts: Texts) -> Markdown:
    return texts.gettext("{seconds} s", seconds=texts.number(took.total_seconds(), 1))


def _outcome(outcome: RunOutcome, texts: Texts) -> Markdown:
    names = {
        RunOutcome.RUNNING: texts.gettext("running"),
        RunOutcome.APPLIED: texts.gettext("applied"),
        RunOutcome.UNCHANGED: texts.gettext("unchanged"),
        RunOutcome.FAILED: texts.gettext("failed"),
        RunOutcome.CANCELLED: texts.gettext("cancelled"),
        RunOutcome.INTERRUPTED: texts.gettext("interrupted"),
    }
    return names[outcome]


def refresh_result(result: RefreshResult, texts: Texts) -> Card:
    """How a refresh ended, and what that means for the answers."""
    sentences = {
        RunOutcome.APPLIED: texts.gettext("The data are renewed; every answer uses them from now on."),
        RunOutcome.UNCHANGED: texts.gettext("The files have not changed; the data are up to date."),
        RunOutcome.CANCELLED: texts.gettext("The refresh was stopped; the old data stay."),
    }
    failed = texts.gettext("The refresh failed; the old data stay.")
    lines = [sentences.get(result.outcome, failed)]
    if result.error is not None:
        lines.append(escape(result.error, _REASON))
    if result.outcome is RunOutcome.APPLIED:
        lines.extend(_changes(result, texts))
    lines.append(_seconds(timedelta(seconds=result.seconds), texts))
    return Card(title=texts.gettext("Refresh"), lines=tuple(lines))


def _changes(result: RefreshResult, texts: Texts) -> Iterator[Markdown]:
    names = {
        "games": texts.gettext("games"),
        "players": texts.gettext("players"),
        "owned_games": texts.gettext("owned games"),
        "reviews": texts.gettext("reviews"),
    }
    for kind, name in names.items():
        if kind in result.changes:
            yield texts.gettext(
                "{kind}: {change}", kind=bold(name), change=_change(result.changes[kind], texts)
            )
    if result.neighbours is not None:
        yield texts.ngettext(
            "neighbours worked out for {count} game",
            "neighbours worked out for {count} games",
            result.neighbours,
        )


def _change(change: RowChanges, texts: Texts) -> Markdown:
    parts = (
        (change.added, texts.gettext("{count} new", count=texts.number(change.added))),
        (change.changed, texts.gettext("{count} changed", count=texts.number(change.changed))),
        (change.gone, texts.gettext("{count} gone", count=texts.number(change.gone))),
    )
    told = [part for number, part in parts if number]
    return texts.listing(told, style="unit") if told else texts.gettext("unchanged")
