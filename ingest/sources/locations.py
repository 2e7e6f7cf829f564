"""From what an admin has set as the source to the source itself."""

from collections.abc import Sequence
from pathlib import Path

from ingest.sources.source import Source


def source_at(
    locations: Sequence[str | Path],
    *,
    downloads: Path,
    crawl_year: int,
    max_reject_share: float | None = None,
) -> Source:
    """Return the source that `locations` name; nothing is opened or fetched yet.

    Args:
        locations: Folders, files, and http(s) addresses of either.
        downloads: The folder that what is elsewhere is brought into.
        crawl_year: The year that Steam left out of the dates of its present year.
        max_reject_share: Reading stops once a larger share, 0 to 1, of an input is sure to be refused;
            None is never.
    """
    # Imported here: the bot tells addresses from paths without a source.
    from ingest.sources.file_source import FileSource  # noqa: PLC0415

    return FileSource(
        locations, downloads=downloads, crawl_year=crawl_year, max_reject_share=max_reject_share
    )
