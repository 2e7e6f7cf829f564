"""Saying what data an answer rests on, and how old they are."""

from datetime import datetime

from localization.translations import Translations
from store.results import Provenance


def footer(source: Provenance, translations: Translations, now: datetime) -> str:
    """Say it in a few plain words."""
    if source.refreshed_at is None:
        if source.generated:
            return translations.gettext("From generated sample data")
        return translations.gettext("From Steam data")
    ago = translations.ago(now - source.refreshed_at)
    if source.generated:
        return translations.gettext("From generated sample data, refreshed {ago}", ago=ago)
    return translations.gettext("From Steam data, refreshed {ago}", ago=ago)
