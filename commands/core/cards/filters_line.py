"""Saying within which limits games are listed."""

from decimal import Decimal

from commands.core.cards.described import described
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.models import DeckRating
from store.queries import Discovery, Filters, PlayMode


def filters_line(
    filters: Filters, translations: Translations, discovery: Discovery = Discovery.BALANCED
) -> Markdown:
    """Return the limits in a line, such as "Action · at most $10 · hidden gems"; empty without any."""
    parts = [described(name, translations) for name in filters.described]
    parts += [_price(filters, translations), _years(filters, translations)]
    parts += [
        translations.gettext("without {tag}", tag=described(name, translations)) for name in filters.without
    ]
    if filters.exclude_early_access:
        parts.append(translations.gettext("no early access"))
    if filters.play_mode is not None:
        parts.append(_mode(filters.play_mode, translations))
    if filters.deck is not None:
        parts.append(
            translations.gettext("verified on the Steam Deck")
            if filters.deck is DeckRating.VERIFIED
            else translations.gettext("runs on the Steam Deck")
        )
    if discovery is Discovery.POPULAR:
        parts.append(translations.gettext("popular games"))
    if discovery is Discovery.HIDDEN_GEMS:
        parts.append(translations.gettext("hidden gems"))
    return join(parts)


def _price(filters: Filters, translations: Translations) -> Markdown:
    if filters.free_only or filters.max_price == 0:
        return translations.gettext("free")
    if filters.max_price is None:
        return Markdown("")
    price = translations.round_money(Decimal(str(filters.max_price)))
    return translations.gettext("at most {price}", price=price)


def _years(filters: Filters, translations: Translations) -> Markdown:
    since, until = filters.released_since, filters.released_until
    if since is None and until is None:
        return Markdown("")
    if since is None:
        return translations.gettext("released up to {year}", year=translations.year(until))
    if until is None:
        return translations.gettext("released since {year}", year=translations.year(since))
    first, last = translations.year(since), translations.year(until)
    if since == until:
        return translations.gettext("released in {year}", year=first)
    return translations.gettext("released from {first} to {last}", first=first, last=last)


def _mode(mode: PlayMode, translations: Translations) -> Markdown:
    modes = {
        PlayMode.ALONE: translations.gettext("played alone"),
        PlayMode.MULTIPLAYER: translations.gettext("played with others"),
        PlayMode.CO_OP: translations.gettext("co-op"),
        PlayMode.ONLINE: translations.gettext("played online"),
        PlayMode.ONE_SCREEN: translations.gettext("on one screen"),
        PlayMode.MASSIVE: translations.gettext("massively multiplayer"),
    }
    return modes[mode]
