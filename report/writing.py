"""From the store to a page on disk."""

from datetime import UTC, datetime
from pathlib import Path

from report import say
from report.data import ReportData, read_data, review_texts, status_of
from report.page import Page, to_html
from report.sections import cleaning, correlations, games, outliers, playtime, reviews
from store import Database, NextplayError
from store.atomic_replace import replace
from store.models import Sentiment

FILE_NAME = "report.html"
# The page reads whole tables; the largest has millions of rows.
_SECONDS = 600.0


class ReportError(NextplayError):
    """The report cannot be written; the message is one sentence that says why, and what to do."""


def write_report(database: Database, folder: Path) -> Path:
    """Write the analysis of what the store holds as one HTML page into `folder`, and return its path.

    The folder is made if need be; a page that is there already is replaced once the new one is whole.

    Args:
        database: The store; it is read in one state, and what `Database.reader` raises is passed on.
        folder: Where the page goes.

    Raises:
        ReportError: If the store has nothing to analyse, or the page cannot be written.
    """
    html = to_html(page_of(database))
    file = folder / FILE_NAME
    unfinished = folder / f".{FILE_NAME}.unfinished"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(html, encoding="utf-8")
        replace(unfinished, file)
    except OSError as error:
        raise ReportError(f"The report {file} cannot be written: {error.strerror}.") from error
    return file


def page_of(database: Database) -> Page:
    """Work the whole analysis out, from one state of the store.

    Raises:
        ReportError: If the store has nothing to analyse.
    """
    with database.reader(seconds=_SECONDS) as session:
        status = status_of(session)
        run, counts = status.applied, status.counts
        if run is None or not (counts.games and counts.owned_games and counts.reviews):
            raise ReportError(
                "The store lacks games, libraries or reviews to report on; fill it with `nextplay"
                " refresh FOLDER`."
            )
        data = read_data(session, status, run)
        positive, negative = (review_texts(session, s) for s in (Sentiment.POSITIVE, Sentiment.NEGATIVE))
    sections = (
        cleaning.section(data),
        cleaning.missing(data),
        games.prices(data),
        games.releases(data),
        games.genres_and_tags(data),
        playtime.section(data),
        reviews.section(data),
        reviews.words(data, positive, negative),
        outliers.section(data),
        correlations.section(data),
    )
    return Page(facts=_facts(data, datetime.now(UTC)), generated=run.generated, sections=sections)


def _facts(data: ReportData, now: datetime) -> tuple[tuple[str, str], ...]:
    counts = data.status.counts
    as_of = data.status.as_of
    return (
        ("Games", say.number(counts.games)),
        ("Players", say.number(counts.players)),
        ("Owned games", say.number(counts.owned_games)),
        ("Reviews", say.number(counts.reviews)),
        ("Developers", say.number(counts.developers)),
        ("Data as of", "unknown" if as_of is None else f"{as_of:%Y-%m-%d %H:%M} UTC"),
        ("Report of", f"{now:%Y-%m-%d %H:%M} UTC"),
    )
