"""What is missing or stale, and what to do about it."""

import shutil
from collections.abc import Iterator

from bot.doctor.runs import check_next_run
from bot.doctor.shards import check_shards
from bot.doctor.sources import check_sources
from bot.doctor.store import check_served, check_store
from bot.doctor.user_data import check_user_data
from bot.findings import Finding, Severity
from bot.settings import Settings, unknown_settings
from bot.settings.environment import DOTENV, repeated_names

_LOW_DISK = 2 * 1024**3


def examine(settings: Settings) -> list[Finding]:
    """Look at the settings, the raw files, the disk, the store and the user data; change nothing."""
    return [
        *_check_names(),
        _check_token(settings),
        *(check_sources(settings) if settings.store is None else ()),
        _check_disk(settings),
        *(check_store(settings) if settings.store is None else check_served(settings)),
        *check_user_data(settings),
        *([check_next_run(settings)] if settings.store is None else ()),
        *check_shards(settings),
    ]


def _check_names() -> Iterator[Finding]:
    for unknown in unknown_settings():
        meant = "" if unknown.nearest is None else f"; {unknown.nearest} is"
        yield Finding(Severity.WARNING, "settings", f"{unknown.name} is no setting{meant}.")
    for repeated in repeated_names():
        lines = ", ".join(map(str, repeated.lines))
        yield Finding(
            Severity.WARNING,
            "settings",
            f"{DOTENV} sets {repeated.name} in lines {lines}, of which the last counts; remove the others.",
        )


def _check_token(settings: Settings) -> Finding:
    if settings.discord_token is None:
        return Finding(
            Severity.WARNING,
            "token",
            "DISCORD_TOKEN is not set; `nextplay run` needs it, `nextplay demo` does not.",
        )
    return Finding(Severity.GOOD, "token", "DISCORD_TOKEN is set.")


def _check_disk(settings: Settings) -> Finding:
    folder = next(parent for parent in settings.database.resolve().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK:
        return Finding(
            Severity.WARNING,
            "disk",
            f"Only {free / 1024**3:.1f} GiB are free in {folder}; make room for a refresh.",
        )
    return Finding(Severity.GOOD, "disk", f"{free / 1024**3:.0f} GiB are free in {folder}.")
