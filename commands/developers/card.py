"""Cards about developers."""

from dataclasses import dataclass

from commands.core.cards.counts import date_notes
from commands.core.cards.rankings import best_games, developer_ranking, developer_shares
from commands.core.replies.card import Card, Field
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import (
    DeveloperRanking,
    DeveloperReport,
    DeveloperShares,
    DeveloperYear,
    LovedGame,
    YearBasis,
)


@dataclass(frozen=True, slots=True)
class DeveloperWithGames:
    """A developer's releases, and the best of its games."""

    report: DeveloperReport
    best: tuple[LovedGame, ...]


def developer(found: DeveloperWithGames, translations: Translations) -> Card:
    """Show a developer's best games, its releases by year, and how many of them are free."""
    report = found.report
    everything = DeveloperYear(
        year=None,
        items=sum(year.items for year in report.years),
        free_items=sum(year.free_items for year in report.years),
        unpriced_items=sum(year.unpriced_items for year in report.years),
        undated_items=sum(year.undated_items for year in report.years),
    )
    notes = []
    if everything.undated_items:
        notes.append(
            translations.ngettext(
                "Of {count} release only the year is known",
                "Of {count} releases only the year is known",
                everything.undated_items,
            )
        )
    return Card(
        title=escape(report.developer),
        lines=(
            *best_games(found.best, translations),
            Markdown(""),
            join(_figures(everything, translations)),
            Markdown(""),
        )
        if found.best
        else (join(_figures(everything, translations)), Markdown("")),
        rows=tuple(
            join([bold(translations.year(year.year)), *_figures(year, translations)]) for year in report.years
        ),
        notes=tuple(notes),
    )


def _figures(entry: DeveloperYear, translations: Translations) -> list[Markdown]:
    figures = [translations.ngettext("{count} release", "{count} releases", entry.items)]
    if entry.unpriced_items < entry.items:
        figures.append(
            translations.gettext("{percent} free", percent=translations.percent(entry.free_percent))
        )
    if entry.unpriced_items:
        figures.append(_unpriced(entry, translations))
    return figures


def _unpriced(entry: DeveloperYear, translations: Translations) -> Markdown:
    if entry.unpriced_items == entry.items:
        return translations.price(None)
    return translations.gettext(
        "{count} without a known price", count=translations.number(entry.unpriced_items)
    )


@dataclass(frozen=True, slots=True)
class BestDevelopers:
    """The developers of a year by the share of reviews that recommend their games, and by their number."""

    shares: DeveloperShares
    ranking: DeveloperRanking


def best_developers(found: BestDevelopers, year: int, basis: YearBasis, translations: Translations) -> Card:
    """Show the developers whose games were recommended most in, or of, a year."""
    shown = translations.year(year)
    if basis is YearBasis.RELEASED:
        title = translations.gettext("Best developers of {year}: games released then", year=shown)
    else:
        title = translations.gettext("Best developers of {year}: reviews posted then", year=shown)
    rankings = (
        (translations.gettext("Loved"), developer_shares(found.shares.best, translations)),
        (
            translations.gettext("Most recommended, by number"),
            developer_ranking(found.ranking, translations) or (translations.gettext("no review says so"),),
        ),
    )
    return Card(
        title=title,
        fields=tuple(Field(name, Markdown("\n".join(places))) for name, places in rankings if places),
        notes=date_notes(found.ranking.dates, translations),
    )
