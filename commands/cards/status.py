"""Cards about the state of the data and how a refresh ended, for admins."""

from datetime import datetime, timedelta

from commands.cards.card import Card, Field
from commands.refresher import RefreshJob, RefreshResult
from commands.text import Markdown, bold, escape, join
from commands.texts import Texts
from store.models import RunOutcome
from store.results import DataStatus, RunInfo, StoreCounts

# How much of the reason of a failure is shown.
_REASON = 400


def status(found: DataStatus, job: RefreshJob | None, due: datetime | None, texts: Texts) -> Card:
    """What data there are, what is being done about them, and how the last runs went."""
    nothing = texts.gettext("none")
    runs = Markdown("\n".join(_run(run, texts) for run in found.runs)) or nothing
    return Card(
        title=texts.gettext("State of the data"),
        lines=(_source(found, texts), *_counts(found.counts, texts)),
        fields=(
            Field(texts.gettext("Refresh under way"), _job(job, texts) if job else nothing, inline=True),
            Field(texts.gettext("Next refresh"), _moment(due) if due else nothing, inline=True),
            Field(texts.gettext("Last refreshes"), runs),
        ),
    )


def _moment(value: datetime, style: str = "f") -> Markdown:
    """A moment that Discord shows in everybody's own time zone and language."""
    return Markdown(f"<t:{int(value.timestamp())}:{style}>")


def _source(found: DataStatus, texts: Texts) -> Markdown:
    if found.as_of is None:
        return texts.gettext("There are no data yet.")
    moment = _moment(found.as_of, "R")
    if found.generated:
        return texts.gettext("Generated sample data, refreshed {moment}", moment=moment)
    return texts.gettext("Steam data, refreshed {moment}", moment=moment)


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
    stage = Markdown("") if job.stage is None else escape(job.stage)
    return join([started, stage])


def _starter(started_by: str, texts: Texts) -> Markdown:
    # A person's id is for the log; other servers' admins see this too.
    known = {"schedule": texts.gettext("by schedule"), "command line": texts.gettext("from the command line")}
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
    lines.append(_seconds(timedelta(seconds=result.seconds), texts))
    return Card(title=texts.gettext("Refresh"), lines=tuple(lines))
