"""Genres and tags in the words of the reader."""

from collections.abc import Iterable

from charts.labels import plain
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.names.vocabulary import in_language


def called(name: str, translations: Translations) -> str:
    """Return a genre or tag as Steam's store calls it in the reader's language, where that is known."""
    return in_language(name, translations.locale.language)


def described(name: str, translations: Translations) -> Markdown:
    """Return the same as a reply writes it."""
    return escape(called(name, translations))


def listed(names: Iterable[str], translations: Translations) -> Markdown:
    """Return genres and tags with commas between them, in the reader's language."""
    return Markdown(", ".join(described(name, translations) for name in names))


def in_chart(name: str, translations: Translations) -> Markdown:
    """Return a genre or tag as a chart writes it, in the reader's language."""
    return plain(called(name, translations))
