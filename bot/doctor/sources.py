"""Whether a refresh finds what it reads."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.findings import Finding, Severity
from bot.settings import Settings


def check_sources(settings: Settings) -> Iterator[Finding]:
    """Look whether the files are there, and whether Steam has been asked."""
    from ingest import is_steam

    files = [source for source in settings.sources if not is_steam(source)]
    if len(files) < len(settings.sources):
        yield _check_steam(settings)
    if files:
        yield _check_files(settings, files)


def _check_steam(settings: Settings) -> Finding:
    from ingest.sources.locations import steam_file

    kept = steam_file(settings.database)
    key = "with a key" if settings.steam_api_key else "without a key (STEAM_API_KEY)"
    if not kept.exists():
        return Finding(
            Severity.WARNING,
            "Steam",
            f"Steam is asked {key}, and has not been asked yet; the next refresh does that.",
        )
    return Finding(Severity.GOOD, "Steam", f"Steam is asked {key}; its answers are kept in {kept}.")


def _check_files(settings: Settings, named: Sequence[str]) -> Finding:
    from ingest import DOWNLOADS, SourceError, find_inputs, is_address
    from ingest.sources.download import DownloadError, remote_files

    places: list[Path] = []
    try:
        for source in named:
            elsewhere = remote_files(source) if is_address(source) else ()
            places.append(settings.database.with_name(DOWNLOADS) if elsewhere else Path(source).expanduser())
        found = find_inputs(places)
    except DownloadError as error:
        return Finding(Severity.WARNING, "raw files", str(error))
    except SourceError as error:
        missing = f"{error} A refresh needs them."
        if any(map(is_address, named)):
            missing = "They are not all fetched yet; the next refresh does that."
        return Finding(Severity.WARNING, "raw files", missing)
    return Finding(Severity.GOOD, "raw files", ", ".join(str(entry.path) for entry in found.inputs))
