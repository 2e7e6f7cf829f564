"""From the store to a page on disk."""

from datetime import UTC, datetime
from pathlib import Path

from report.blocks import Page, Section
from report.data import ReportData, read_data
from report.data.reviews import review_texts
from report.errors import ReportError
from report.evaluation import Evaluation, read_evaluation
from report.findings import findings
from report.page import to_html
from report.plots.derivations import filterable_games, game_columns
from report.plots.library import licence, vega_script
from report.sections import (
    cleaning,
    correlations,
    developers,
    genres,
    missing,
    outliers,
    playtime,
    prices,
    rankings,
    recommender,
    releases,
    reviews,
    sampling,
    together,
    tone,
)
from report.sections import words as frequent_words
from report.wording import Wording
from store import Database, queries
from store.files.atomic_replace import is_disk_full, replace
from store.files.folders import make_folder
from store.models import Sentiment

FILE_NAME = "report.html"
# The page reads whole tables; the largest has millions of rows.
_SECONDS = 900.0


def write_report(
    database: Database, folder: Path, *, language: str = "en", evaluation: Path | None = None
) -> Path:
    """Write the analysis of what the store holds as one HTML page into `folder`, and return its path.

    The folder is made if need be; a page that is there already is replaced once the new one is whole.

    Args:
        database: The store; it is read in one state, and what `Database.reader` raises is passed on.
        folder: Where the page goes.
        language: The code of the page's language.
        evaluation: What `nextplay evaluate` printed, to be shown as well.

    Raises:
        ReportError: The store has nothing to analyse, the page cannot be written, the language or the
            evaluation is none, or the extra `report` is not installed.
    """
    words = Wording.of(language)
    figures = None if evaluation is None else read_evaluation(evaluation)
    script = vega_script()
    file = folder / FILE_NAME
    _require_writable(file)
    html = to_html(page_of(database, words, figures), words, script, licence())
    unfinished = folder / f".{FILE_NAME}.unfinished"
    try:
        unfinished.write_text(html, encoding="utf-8")
        replace(unfinished, file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise _cannot_write(file, error) from error
    return file


def page_of(database: Database, words: Wording, evaluation: Evaluation | None = None) -> Page:
    """Work the whole analysis out, from one state of the store.

    Raises:
        ReportError: The store has nothing to analyse.
    """
    with database.reader(seconds=_SECONDS) as session:
        status = queries.data_status(session)
        run = status.applied
        if run is None:
            raise ReportError(
                "The store is empty; fill it with `nextplay refresh FOLDER`, then report on it."
            )
        data = read_data(session, status, run, words.locale.language)
        if data.games.empty:
            raise ReportError(
                "The store has no games to report on; fill it with `nextplay refresh FOLDER`, then report on"
                " it."
            )
        positive, negative = (review_texts(session, s) for s in (Sentiment.POSITIVE, Sentiment.NEGATIVE))
    games = filterable_games(data.games)
    sections: tuple[Section, ...] = (
        rankings.section(games, words),
        developers.section(games, words),
        genres.section(data, games, words),
        prices.section(games, words),
        releases.section(games, words),
        playtime.section(data, words),
        together.section(data, words),
        reviews.section(data, words),
        tone.section(data, words),
        frequent_words.section(data, positive, negative, words),
        recommender.section(data, evaluation, words),
        sampling.section(data, words),
        cleaning.section(data, words),
        missing.section(data, words),
        outliers.section(data, words),
        correlations.section(data, words),
    )
    return Page(
        facts=_facts(data, datetime.now(UTC), words),
        generated=run.generated,
        findings=findings(data, games, words),
        sections=sections,
        games=game_columns(games),
    )


def _require_writable(file: Path) -> None:
    """Make the folder and a file in it before minutes are spent on the page."""
    probe = file.with_name(f".{file.name}.probe")
    try:
        make_folder(file.parent)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _cannot_write(file, error) from error


def _cannot_write(file: Path, error: OSError) -> ReportError:
    remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
    return ReportError(f"The report {file} cannot be written: {error.strerror}; {remedy}.")


def _facts(data: ReportData, now: datetime, words: Wording) -> tuple[tuple[str, str], ...]:
    return (
        (words.gettext("Games"), words.number(len(data.listed))),
        (words.gettext("Players"), words.number(len(data.players))),
        (words.gettext("Owned games"), words.number(len(data.minutes))),
        (words.gettext("Reviews"), words.number(len(data.reviews))),
        (words.gettext("Data as of"), words.day(data.status.dates.as_of)),
        (words.gettext("Report of"), words.day(now)),
    )
