"""Genres and tags in the words of the reader."""

from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.names.vocabulary import in_language


def described(name: str, translations: Translations) -> Markdown:
    """Return a genre or tag as Steam's store calls it in the reader's language, where that is known."""
    return escape(in_language(name, translations.locale.language))
