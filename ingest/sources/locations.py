"""From what an admin has set as the source to the source itself."""

from collections.abc import Sequence
from pathlib import Path

from ingest.settings import IngestSettings
from ingest.sources.address import is_steam
from ingest.sources.source import Source

# The folder beside the database that holds what was fetched from elsewhere.
DOWNLOADS = "downloads"


def source_at(locations: Sequence[str | Path], database: Path, settings: IngestSettings) -> Source:
    """Return the source that `locations` name; nothing is opened or fetched yet.

    Args:
        locations: Folders, files, and http(s) addresses of either; the word `steam` is Steam itself. Where
            both are named, Steam's facts count, and the files fill what it leaves open.
        database: The file of the store; what comes from elsewhere is kept beside it.
        settings: How the run goes.
    """
    # Imported here: the bot tells addresses from paths without a source.
    from ingest.sources.file_source import FileSource

    sources: list[Source] = []
    if any(map(is_steam, locations)):
        sources.append(_steam(database, settings))
    files = [location for location in locations if not is_steam(location)]
    if files or not sources:
        sources.append(
            FileSource(
                files,
                downloads=database.with_name(DOWNLOADS),
                crawl_year=settings.crawl_year,
                max_reject_share=None if settings.force else settings.max_reject_share,
                read_libraries=settings.read_libraries,
            )
        )
    if not any(map(is_steam, locations)):
        return sources[0]
    from ingest.sources.combined import CombinedSource

    return CombinedSource(sources)


def steam_file(database: Path) -> Path:
    """Return where Steam's answers are kept for the store `database`."""
    return database.with_name(f"{database.stem}.steam{database.suffix}")


def _steam(database: Path, settings: IngestSettings) -> Source:
    from ingest.sources.steam.settings import SteamSettings
    from ingest.sources.steam.source import SteamSource

    return SteamSource(settings.steam or SteamSettings(), steam_file(database))
