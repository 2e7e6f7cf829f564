"""Saying what data an answer rests on, and how old they are."""

from datetime import datetime

from localization.translations import Texts
from store.results import Provenance


def footer(source: Provenance, texts: Texts, now: datetime) -> str:
    """Say it in a few plain words."""
    if source.refreshed_at is None:
        if source.generated:
            return texts.gettext("From generated sample data")
        return texts.gettext("From Steam data")
    ago = texts.ago(now - source.refreshed_at)
    if source.generated:
        return texts.gettext("From generated sample data, refreshed {ago}", ago=ago)
    return texts.gettext("From Steam data, refreshed {ago}", ago=ago)
