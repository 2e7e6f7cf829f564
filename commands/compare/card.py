"""Cards of two things side by side: a field for each, with the same lines in the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commands.core.card import Card, Field
from commands.core.counts import games as game_count
from commands.core.counts import owners
from commands.core.counts import reviews as review_count
from commands.games.card import linked
from localization.markdown import Markdown, bold, escape
from localization.translations import Texts
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


def games(pair: GamePair, texts: Texts) -> Card:
    """Two games."""
    sides = (pair.first, pair.second)
    typical = [None if side.playtime is None else side.playtime.median for side in sides]
    measures = (
        Measure(texts.gettext("Released"), _both(texts.year(side.game.release_year) for side in sides)),
        Measure(texts.gettext("Price"), _both(texts.price(side.game.price) for side in sides)),
        Measure(
            texts.gettext("Owned by"),
            _both(owners(side.owners, texts) for side in sides),
            (pair.first.owners, pair.second.owners),
        ),
        Measure(
            texts.gettext("Typical time played"),
            _both(_unknown(texts) if hours is None else texts.hours(hours) for hours in typical),
            (typical[0], typical[1]),
        ),
        _recommended([_share_recommended(side) for side in sides], [side.reviews for side in sides], texts),
        _positive([side.reviews for side in sides], texts),
    )
    shared = ", ".join(escape(tag) for tag in pair.shared_tags[:_TAGS])
    lines = (texts.gettext("Both are: {tags}", tags=Markdown(shared)),) if shared else ()
    return _card(_both(escape(side.game.title) for side in sides), measures, lines, texts)


def developers(pair: DeveloperPair, texts: Texts) -> Card:
    """Two developers."""
    sides = (pair.first, pair.second)
    released = [sum(year.items for year in side.releases.years) for side in sides]
    free = [
        _share(sum(year.free_items for year in side.releases.years), n)
        for side, n in zip(sides, released, strict=True)
    ]
    measures = (
        Measure(
            texts.gettext("Releases"),
            _both(texts.number(count) for count in released),
            (released[0], released[1]),
        ),
        Measure(texts.gettext("Years"), _both(_years(side, texts) for side in sides)),
        Measure(texts.gettext("Free"), _both(_percent(share, texts) for share in free), (free[0], free[1])),
        Measure(
            texts.gettext("Reviews"),
            _both(texts.number(side.reviews.total) for side in sides),
            (pair.first.reviews.total, pair.second.reviews.total),
        ),
        _positive([side.reviews for side in sides], texts),
    )
    return _card(_both(escape(side.releases.developer) for side in sides), measures, (), texts)


def players(pair: PlayerPair, texts: Texts) -> Card:
    """Two players."""
    sides = (pair.first, pair.second)
    recommend = [side.data.recommend_percent for side in sides]
    measures = (
        Measure(
            texts.gettext("Library"),
            _both(game_count(side.data.items, texts) for side in sides),
            (pair.first.data.items, pair.second.data.items),
        ),
        Measure(
            texts.gettext("Time played"),
            _both(texts.hours(side.hours) for side in sides),
            (pair.first.hours, pair.second.hours),
        ),
        Measure(
            texts.gettext("Spent, at list prices"),
            _both(texts.money(side.data.money_spent) for side in sides),
            (float(pair.first.data.money_spent), float(pair.second.data.money_spent)),
        ),
        Measure(
            texts.gettext("Recommends"),
            _both(_recommends(side, texts) for side in sides),
            (recommend[0], recommend[1]),
        ),
    )
    lines = [
        texts.ngettext("{count} game in both libraries", "{count} games in both libraries", pair.shared_games)
    ]
    if pair.most_played:
        both = texts.listing([linked(game) for game in pair.most_played])
        lines.append(texts.gettext("Both play most: {games}", games=both))
    return _card(_both(escape(side.data.user_id) for side in sides), measures, tuple(lines), texts)


def _card(
    names: tuple[Markdown, Markdown], measures: Sequence[Measure], lines: tuple[Markdown, ...], texts: Texts
) -> Card:
    fields = (
        Field(name, Markdown("\n".join(_line(measure, side) for measure in measures)), inline=True)
        for side, name in enumerate(names)
    )
    return Card(
        title=texts.gettext("{first} and {second}", first=names[0], second=names[1]),
        lines=lines,
        fields=tuple(fields),
    )


def _line(measure: Measure, side: int) -> Markdown:
    mine, other = measure.amounts[side], measure.amounts[1 - side]
    leads = mine is not None and other is not None and mine > other
    shown = measure.shown[side]
    return Markdown(f"{measure.label}: {bold(shown) if leads else shown}")


def _recommended(shares: list[float | None], reviews: list[SentimentCounts], texts: Texts) -> Measure:
    shown = (
        _unknown(texts)
        if share is None
        else texts.gettext(
            "{percent} of {reviews}", percent=texts.percent(share), reviews=review_count(counts.total, texts)
        )
        for share, counts in zip(shares, reviews, strict=True)
    )
    return Measure(texts.gettext("Recommended by"), _both(shown), (shares[0], shares[1]))


def _positive(reviews: list[SentimentCounts], texts: Texts) -> Measure:
    shares = [_share(counts.positive, counts.total) for counts in reviews]
    shown = _both(_percent(share, texts) for share in shares)
    return Measure(texts.gettext("Positive in tone"), shown, (shares[0], shares[1]))


def _share_recommended(card: GameCard) -> float | None:
    return _share(card.recommended, card.reviews.total)


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _percent(share: float | None, texts: Texts) -> Markdown:
    return _unknown(texts) if share is None else texts.percent(share)


def _years(side: DeveloperProfile, texts: Texts) -> Markdown:
    known = [year.year for year in side.releases.years if year.year is not None]
    if not known:
        return texts.year(None)
    first, last = texts.year(min(known)), texts.year(max(known))
    return first if first == last else texts.gettext("{first} to {last}", first=first, last=last)


def _recommends(side: PlayerProfile, texts: Texts) -> Markdown:
    share = side.data.recommend_percent
    if share is None:
        return texts.gettext("no review written")
    return texts.gettext(
        "{percent} of {reviews}", percent=texts.percent(share), reviews=review_count(side.data.reviews, texts)
    )


def _unknown(texts: Texts) -> Markdown:
    return texts.gettext("not known")


def _both(shown: Iterable[Markdown]) -> tuple[Markdown, Markdown]:
    first, second = shown
    return first, second
