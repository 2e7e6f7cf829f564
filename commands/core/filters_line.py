"""Saying within which limits games are listed."""

from decimal import Decimal

from commands.core.described import described
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.models import DeckRating
from store.queries import Discovery, Filters, PlayMode


def filters_line(
    filters: Filters, translations: Translations, discovery: Discovery = Discovery.BALANCED
) -> Markdown:
    """Return the limits in a line, such as "Action · at most $10 · hidden gems"; empty without any."""
    parts = [described(name, translations) for name in filters.described]
    if filters.max_price is not None:
        parts.append(
            translations.gettext("at most {price}", price=translations.money(Decimal(str(filters.max_price))))
        )
    if filters.free_only:
        parts.append(translations.gettext("free"))
    if filters.released_since is not None:
        parts.append(
            translations.gettext("released since {year}", year=translations.year(filters.released_since))
        )
    if filters.released_until is not None:
        parts.append(
            translations.gettext("released until {year}", year=translations.year(filters.released_until))
        )
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
