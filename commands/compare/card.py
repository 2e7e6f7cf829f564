"""Cards of two things side by side: a field for each, with the same lines in the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commands.core.cards.counts import (
    allows_share,
    owners,
    part_of_reviews,
    share_of_reviews,
    unknown,
)
from commands.core.cards.described import listed
from commands.core.cards.games import game_link
from commands.core.cards.player_card import library_size, spent
from commands.core.replies.card import Card, Field
from localization.markdown import Markdown, bold, escape, escape_title, unbroken
from localization.translations import Translations
from store.results import (
    DeveloperPair,
    DeveloperProfile,
    GameCard,
    GamePair,
    PlayerPair,
    PlayerProfile,
    SentimentCounts,
)

_TAGS = 8


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of both sides; the side with more of `amounts` (None is unknown) is set off."""

    label: Markdown
    shown: tuple[Markdown, Markdown]
    amounts: tuple[float | None, float | None] = (None, None)


def games(pair: GamePair, translations: Translations) -> Card:
    """Two games."""
    sides = (pair.first, pair.second)
    typical = [None if side.playtime is None else side.playtime.median for side in sides]
    measures = (
        Measure(
            translations.gettext("Released"),
            _both(
                unknown(translations) if year is None else translations.year(year)
                for year in (side.game.release_year for side in sides)
            ),
        ),
        Measure(
            translations.gettext("Price"),
            _both(
                unknown(translations) if price is None else translations.price(price)
                for price in (side.game.price for side in sides)
            ),
        ),
        Measure(
            translations.gettext("Owned by"),
            _both(owners(side.owners, translations) for side in sides),
            (pair.first.owners, pair.second.owners),
        ),
        Measure(
            translations.gettext("Typical time played"),
            _both(unknown(translations) if hours is None else translations.hours(hours) for hours in typical),
            (typical[0], typical[1]),
        ),
        _recommended(sides, translations),
        _positive([side.reviews for side in sides], translations),
    )
    shared = listed(pair.shared_tags[:_TAGS], translations)
    lines = (translations.gettext("In common: {tags}", tags=shared),) if shared else ()
    return _card(_both(escape_title(side.game.title) for side in sides), measures, lines, translations)


def developers(pair: DeveloperPair, translations: Translations) -> Card:
    """Two developers."""
    sides = (pair.first, pair.second)
    released = [sum(year.items for year in side.releases.years) for side in sides]
    free = [
        _share(sum(year.free_items for year in side.releases.years), n)
        for side, n in zip(sides, released, strict=True)
    ]
    measures = (
        Measure(
            translations.gettext("Releases"),
            _both(translations.number(count) for count in released),
            (released[0], released[1]),
        ),
        Measure(translations.gettext("Years"), _both(_years(side, translations) for side in sides)),
        Measure(
            translations.gettext("Free"),
            _both(_percent(share, translations) for share in free),
            (free[0], free[1]),
        ),
        Measure(
            translations.gettext("Price unknown"),
            _both(
                translations.number(sum(year.unpriced_items for year in side.releases.years))
                for side in sides
            ),
        ),
        Measure(
            translations.gettext("Reviews"),
            _both(translations.number(side.reviews.total) for side in sides),
            (pair.first.reviews.total, pair.second.reviews.total),
        ),
        _positive([side.reviews for side in sides], translations),
    )
    return _card(_both(escape(side.releases.developer) for side in sides), measures, (), translations)


def players(pair: PlayerPair, translations: Translations) -> Card:
    """Two players."""
    sides = (pair.first, pair.second)
    recommend = [side.data.recommend_percent if allows_share(side.data.reviews) else None for side in sides]
    measures = (
        Measure(
            translations.gettext("Library"),
            _both(library_size(side.data, translations) for side in sides),
            (pair.first.data.items, pair.second.data.items),
        ),
        Measure(
            translations.gettext("Time played"),
            _both(
                unknown(translations) if side.hours is None else translations.hours(side.hours)
                for side in sides
            ),
            (pair.first.hours, pair.second.hours),
        ),
        Measure(
            translations.gettext("Spent, at list prices"),
            _both(spent(side.data, translations) for side in sides),
            (_amount(pair.first.data.money_spent), _amount(pair.second.data.money_spent)),
        ),
        Measure(
            translations.gettext("Recommends"),
            _both(_recommends(side, translations) for side in sides),
            (recommend[0], recommend[1]),
        ),
    )
    lines = [
        translations.gettext("These data have no library of one of them, so what both own is unknown.")
        if pair.shared_games is None
        else translations.ngettext(
            "{count} game in both libraries", "{count} games in both libraries", pair.shared_games
        )
    ]
    if pair.most_played:
        both = translations.listing([game_link(game) for game in pair.most_played])
        lines.append(translations.gettext("Both play most: {games}", games=both))
    return _card(_both(escape(side.data.user_id) for side in sides), measures, tuple(lines), translations)


def _card(
    names: tuple[Markdown, Markdown],
    measures: Sequence[Measure],
    lines: tuple[Markdown, ...],
    translations: Translations,
) -> Card:
    fields = (
        Field(name, Markdown("\n".join(_line(measure, side) for measure in measures)), inline=True)
        for side, name in enumerate(names)
    )
    return Card(
        title=translations.gettext("{first} and {second}", first=names[0], second=names[1]),
        lines=lines,
        fields=tuple(fields),
    )


def _line(measure: Measure, side: int) -> Markdown:
    mine, other = measure.amounts[side], measure.amounts[1 - side]
    leads = mine is not None and other is not None and mine > other
    shown = measure.shown[side]
    return Markdown(f"{measure.label}: {bold(shown) if leads else shown}")


def _recommended(sides: Sequence[GameCard], translations: Translations) -> Measure:
    parts = [(side.recommended, side.decided) for side in sides]
    shown = _both(_part(part, total, translations) for part, total in parts)
    return Measure(translations.gettext("Recommended in"), shown, _shares(parts))


def _positive(reviews: list[SentimentCounts], translations: Translations) -> Measure:
    parts = [(counts.judged.positive, counts.judged.total) for counts in reviews]
    shown = _both(
        share_of_reviews(part, total, translations) or _part(part, total, translations)
        for part, total in parts
    )
    return Measure(translations.gettext("Positive in tone"), shown, _shares(parts))


def _part(part: float, total: int, translations: Translations) -> Markdown:
    """Return 'unknown', '92% of 1,148 reviews', or on one line '3 of 4 reviews'."""
    if not total:
        return unknown(translations)
    shown = part_of_reviews(part, total, translations)
    return shown if allows_share(total) else unbroken(shown)


def _shares(parts: Iterable[tuple[int, int]]) -> tuple[float | None, float | None]:
    """Return what both are compared by; of too few reviews neither is ahead."""
    first, second = (_share(part, total) if allows_share(total) else None for part, total in parts)
    return first, second


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _amount(dollars: Decimal | None) -> float | None:
    return None if dollars is None else float(dollars)


def _percent(share: float | None, translations: Translations) -> Markdown:
    return unknown(translations) if share is None else translations.percent(share)


def _years(side: DeveloperProfile, translations: Translations) -> Markdown:
    known = [year.year for year in side.releases.years if year.year is not None]
    if not known:
        return translations.year(None)
    first, last = translations.year(min(known)), translations.year(max(known))
    return first if first == last else translations.gettext("{first} to {last}", first=first, last=last)


def _recommends(side: PlayerProfile, translations: Translations) -> Markdown:
    share = side.data.recommend_percent
    if share is None:
        return translations.gettext("no review in these data")
    return _part(share * side.data.reviews / 100, side.data.reviews, translations)


def _both(shown: Iterable[Markdown]) -> tuple[Markdown, Markdown]:
    first, second = shown
    return first, second
