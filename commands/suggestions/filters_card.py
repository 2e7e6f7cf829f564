"""Saying within which limits games are suggested."""

from decimal import Decimal

from commands.core.described import described
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.queries import Discovery, Filters


def filters_line(filters: Filters, discovery: Discovery, translations: Translations) -> Markdown:
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
        translations.gettext("without {tag}", tag=described(tag, translations))
        for tag in filters.without_tags
    ]
    if filters.exclude_early_access:
        parts.append(translations.gettext("no early access"))
    if discovery is Discovery.POPULAR:
        parts.append(translations.gettext("popular games"))
    if discovery is Discovery.HIDDEN_GEMS:
        parts.append(translations.gettext("hidden gems"))
    return join(parts)
