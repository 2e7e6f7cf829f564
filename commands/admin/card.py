"""Cards about the state of the data and how a refresh ended, for admins."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from commands.core.replies.card import Accent, Card, Field
from commands.core.services.refresher import RefreshJob, RefreshProgress, RefreshResult
from commands.core.services.shard_reports import ShardReport
from localization.markdown import Markdown, bold, escape, join, timestamp, unbroken
from localization.translations import Translations
from store.results import DataDates, DataStatus, RunInfo, StoreCounts
from store.runs import RowChanges, RunOutcome, RunStarter, Stage

# How much of the reason of a failure is shown.
_REASON = 400
# The table that a run names among those that it kept where training was not needed.
_NEIGHBOURS = "neighbours"


def status(
    found: DataStatus,
    job: RefreshJob | None,
    due: datetime | None,
    shards: Sequence[ShardReport],
    translations: Translations,
) -> Card:
    """Show what data there are, what is being done about them, how the last runs went, and who hears Discord.

    Which data they are and where they end is at the foot too, as it is of every answer.
    """
    empty = (translations.gettext("There are no data yet."),) if found.applied is None else ()
    nothing = translations.gettext("none")
    runs = Markdown("\n".join(_run(run, translations) for run in found.runs)) or nothing
    return Card(
        accent=Accent.BOT,
        title=translations.gettext("State of the data"),
        lines=(*empty, *_counts(found.counts, translations)),
        fields=(
            Field(translations.gettext("Data as of"), _dates(found.dates, translations)),
            Field(
                translations.gettext("Refresh under way"),
                _job(job, translations) if job else nothing,
                inline=True,
            ),
            Field(translations.gettext("Next refresh"), timestamp(due) if due else nothing, inline=True),
            Field(translations.gettext("Last refreshes"), runs),
            *_shards(shards, translations),
        ),
    )


def _shards(reports: Sequence[ShardReport], translations: Translations) -> Iterator[Field]:
    """Yield how many of each process's shards hear Discord, if there are several shards."""
    if sum(len(report.shards) for report in reports) < 2:
        return
    now = datetime.now(UTC)
    lines = [_shard_line(report, now, translations) for report in reports]
    yield Field(translations.gettext("Connections to Discord"), Markdown("\n".join(lines)))


def _shard_line(report: ShardReport, now: datetime, translations: Translations) -> Markdown:
    number = translations.number
    which = translations.gettext(
        "{first}–{last} of {total}",
        first=number(report.shards[0].id),
        last=number(report.shards[-1].id),
        total=number(report.total),
    )
    if report.is_silent(now):
        return join([which, translations.gettext("silent since {moment}", moment=timestamp(report.at, "R"))])
    connected = translations.gettext(
        "{connected} of {all} connected",
        connected=number(report.connected),
        all=number(len(report.shards)),
    )
    leads = [translations.gettext("keeps the schedule")] if report.is_leader else []
    commands = translations.ngettext(
        "{count} command since the start", "{count} commands since the start", report.commands
    )
    return join([which, connected, commands, *leads])


def _dates(dates: DataDates, translations: Translations) -> Markdown:
    """Return which days the data cover, and how that is known."""
    if dates.as_of is None:
        return translations.gettext("unknown")
    signs = (
        (translations.gettext("newest release"), dates.newest_release),
        (translations.gettext("newest review"), dates.newest_review),
        (translations.gettext("newest store page"), dates.newest_page),
    )
    told = [Markdown(f"{name}: {translations.date(day)}") for name, day in signs if day is not None]
    return Markdown("\n".join((bold(translations.date(dates.as_of)), *told)))


def _counts(counts: StoreCounts, translations: Translations) -> tuple[Markdown, ...]:
    named = (
        (translations.gettext("games"), counts.games),
        (translations.gettext("games known from libraries only"), counts.other_games),
        (translations.gettext("developers"), counts.developers),
        (translations.gettext("players"), counts.players),
        (translations.gettext("owned games"), counts.owned_games),
        (translations.gettext("reviews"), counts.reviews),
        (translations.gettext("games with neighbours"), counts.neighbours),
    )
    return tuple(Markdown(f"{bold(translations.number(count))} {name}") for name, count in named)


def _job(job: RefreshJob, translations: Translations) -> Markdown:
    started = translations.gettext(
        "{starter}, {moment}",
        starter=_starter(job.started_by, translations),
        moment=timestamp(job.started_at, "R"),
    )
    return join([started, _progress(job.progress, translations)])


def _progress(progress: RefreshProgress | None, translations: Translations) -> Markdown:
    if progress is None:
        return translations.gettext("starting")
    parts = [_stage(progress.stage, translations)]
    if progress.share is not None:
        parts.append(translations.percent(round(100 * progress.share)))
    if progress.rows:
        parts.append(translations.ngettext("{count} row", "{count} rows", progress.rows))
    if progress.seconds_left is not None:
        left = translations.duration(timedelta(seconds=max(1, round(progress.seconds_left))))
        parts.append(translations.gettext("this step takes {left} more", left=left))
    return join(parts)


def _stage(stage: str, translations: Translations) -> Markdown:
    names: dict[str, Markdown] = {
        Stage.STARTING: translations.gettext("starting"),
        Stage.LISTING_STORE: translations.gettext("listing Steam's games"),
        Stage.ASKING_FOR_GAMES: translations.gettext("asking Steam for games"),
        Stage.ASKING_FOR_TITLES: translations.gettext("asking Steam for names in other languages"),
        Stage.ASKING_FOR_REVIEWS: translations.gettext("asking Steam for reviews"),
        Stage.ASKING_FOR_GENRES: translations.gettext("asking Steam for genres"),
        Stage.ASKING_FOR_PLAYERS: translations.gettext("asking Steam how many play"),
        Stage.READING_GAMES: translations.gettext("reading games"),
        Stage.READING_REVIEWS: translations.gettext("reading reviews"),
        Stage.READING_ITEMS: translations.gettext("reading libraries"),
        Stage.SCORING_REVIEWS: translations.gettext("scoring reviews"),
        Stage.BACKING_UP: translations.gettext("backing up"),
        Stage.WRITING_LIBRARIES: translations.gettext("writing libraries"),
        Stage.SUMMARIZING: translations.gettext("summarizing"),
        Stage.READING_LIBRARIES: translations.gettext("learning what goes together"),
        Stage.LEARNING_NEIGHBOURS: translations.gettext("learning what goes together"),
        Stage.WRITING_NEIGHBOURS: translations.gettext("writing neighbours"),
        Stage.FETCHING_STORE: translations.gettext("fetching the published data"),
        Stage.UNPACKING_STORE: translations.gettext("unpacking the published data"),
        Stage.CHECKING_STORE: translations.gettext("checking the published data"),
    }
    return names.get(stage, escape(stage))


def refresh_under_way(job: RefreshJob, starter: Markdown, translations: Translations) -> Card:
    """Show how far a refresh is that `starter` asked for."""
    started = translations.gettext(
        "Started by {starter} {moment}; answers stay as they are until it ends.",
        starter=starter,
        moment=timestamp(job.started_at, "R"),
    )
    return Card(
        accent=Accent.BOT,
        title=translations.gettext("Refresh"),
        lines=(started, bold(_progress(job.progress, translations))),
    )


def refresh_stopping(translations: Translations) -> Card:
    """Show that the refresh begins, between the press of the button and its end."""
    return Card(
        accent=Accent.BOT,
        title=translations.gettext("Refresh"),
        lines=(translations.gettext("The refresh is being stopped."),),
    )


def _starter(started_by: str, translations: Translations) -> Markdown:
    # Without the person's id, which only the log has: admins of other servers see this too.
    known: dict[str, Markdown] = {
        RunStarter.SCHEDULE: translations.gettext("by schedule"),
        RunStarter.COMMAND_LINE: translations.gettext("from the command line"),
    }
    return known.get(started_by, translations.gettext("from Discord"))


def _run(run: RunInfo, translations: Translations) -> Markdown:
    parts = [
        timestamp(run.started_at),
        bold(_outcome(run.outcome, translations)),
        _starter(run.started_by, translations),
    ]
    if run.finished_at is not None:
        parts.append(_seconds(run.finished_at - run.started_at, translations))
    if run.rejected:
        parts.append(translations.ngettext("{count} line rejected", "{count} lines rejected", run.rejected))
    if run.unknown:
        parts.append(
            translations.ngettext(
                "{count} value taken as unknown", "{count} values taken as unknown", run.unknown
            )
        )
    if run.error is not None:
        parts.append(escape(run.error, _REASON // 4))
    did = list(_did(run.counts, translations)) if run.outcome is RunOutcome.APPLIED else []
    return join([join(parts), join(did)], "\n")


def _did(counts: Mapping[str, Any], translations: Translations) -> Iterator[Markdown]:
    """Yield what a run changed, and what it left undone; older records say less."""
    changes = counts.get("changes", {})
    for kind, name in _kinds(translations).items():
        change = RowChanges(**changes.get(kind, {}))
        if change:
            yield translations.gettext("{kind}: {change}", kind=name, change=_change(change, translations))
    if _NEIGHBOURS in counts.get("kept", ()):
        yield translations.gettext("no new training needed")
    if counts.get("training_waits"):
        yield translations.gettext("training waits until more has changed")
    if counts.get("partial"):
        yield translations.gettext("not all of it yet")


def _kinds(translations: Translations) -> dict[str, Markdown]:
    return {
        "games": translations.gettext("games"),
        "players": translations.gettext("players"),
        "owned_games": translations.gettext("owned games"),
        "reviews": translations.gettext("reviews"),
    }


def _seconds(took: timedelta, translations: Translations) -> Markdown:
    seconds = translations.number(took.total_seconds(), 1)
    return unbroken(translations.gettext("{seconds} s", seconds=seconds))


def _outcome(outcome: RunOutcome, translations: Translations) -> Markdown:
    names = {
        RunOutcome.RUNNING: translations.gettext("running"),
        RunOutcome.APPLIED: translations.gettext("applied"),
        RunOutcome.UNCHANGED: translations.gettext("unchanged"),
        RunOutcome.FAILED: translations.gettext("failed"),
        RunOutcome.CANCELLED: translations.gettext("cancelled"),
        RunOutcome.INTERRUPTED: translations.gettext("interrupted"),
    }
    return names[outcome]


def refresh_result(result: RefreshResult, translations: Translations) -> Card:
    """Show how a refresh ended, and what that means for the answers."""
    sentences = {
        RunOutcome.APPLIED: translations.gettext("The data are renewed; every answer uses them from now on."),
        RunOutcome.UNCHANGED: translations.gettext("The files have not changed; the data are up to date."),
        RunOutcome.CANCELLED: translations.gettext("The refresh was stopped; the old data stay."),
    }
    failed = translations.gettext("The refresh failed; the old data stay.")
    lines = [sentences.get(result.outcome, failed)]
    if result.error is not None:
        lines.append(escape(result.error, _REASON))
    if result.outcome is RunOutcome.APPLIED:
        lines.extend(_changes(result, translations))
    lines.append(_seconds(timedelta(seconds=result.seconds), translations))
    return Card(accent=Accent.BOT, title=translations.gettext("Refresh"), lines=tuple(lines))


def _changes(result: RefreshResult, translations: Translations) -> Iterator[Markdown]:
    for kind, name in _kinds(translations).items():
        if kind in result.changes:
            yield translations.gettext(
                "{kind}: {change}", kind=bold(name), change=_change(result.changes[kind], translations)
            )
    if result.neighbours is not None:
        yield translations.ngettext(
            "neighbours worked out for {count} game",
            "neighbours worked out for {count} games",
            result.neighbours,
        )


def _change(change: RowChanges, translations: Translations) -> Markdown:
    parts = (
        (change.added, translations.gettext("{count} new", count=translations.number(change.added))),
        (change.changed, translations.gettext("{count} changed", count=translations.number(change.changed))),
        (change.gone, translations.gettext("{count} gone", count=translations.number(change.gone))),
    )
    told = [part for number, part in parts if number]
    return translations.listing(told, style="unit") if told else translations.gettext("unchanged")
