"""Cards about developers."""

from commands.core.card import Card
from commands.core.counts import reviews
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Texts
from store.results import DeveloperRanking, DeveloperReport, DeveloperYear, YearBasis


def developer(report: DeveloperReport, texts: Texts) -> Card:
    """A developer's releases by year, and how many of them are free."""
    total = sum(year.items for year in report.years)
    free = sum(year.free_items for year in report.years)
    summary = join(
        [
            texts.ngettext("{count} release", "{count} releases", total),
            texts.gettext("{percent} free", percent=texts.percent(100 * free / total if total else 0)),
        ]
    )
    return Card(
        title=escape(report.developer),
        lines=(summary, Markdown("")),
        rows=tuple(_year(year, texts) for year in report.years),
    )


def _year(entry: DeveloperYear, texts: Texts) -> Markdown:
    return join(
        [
            bold(texts.year(entry.year)),
            texts.ngettext("{count} release", "{count} releases", entry.items),
            texts.gettext("{percent} free", percent=texts.percent(entry.free_percent)),
        ]
    )


def best_developers(ranking: DeveloperRanking, year: int, basis: YearBasis, texts: Texts) -> Card:
    """The developers whose games were recommended most in, or of, a year."""
    shown = texts.year(year)
    if basis is YearBasis.RELEASED:
        title = texts.gettext("Best developers of the games released in {year}", year=shown)
    else:
        title = texts.gettext("Best developers by the reviews of {year}", year=shown)
    return Card(
        title=title,
        lines=developer_places(ranking, texts),
        notes=(texts.gettext("Counted: reviews that recommend the game and are positive in tone"),),
    )


def developer_places(ranking: DeveloperRanking, texts: Texts) -> tuple[Markdown, ...]:
    """One line a place: rank, developer, and the reviews that count."""
    return tuple(
        join(
            [
                Markdown(f"{bold(Markdown(f'{entry.rank}.'))} {escape(entry.developer)}"),
                reviews(entry.recommendations, texts),
            ]
        )
        for entry in ranking
    )
