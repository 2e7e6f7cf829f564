"""Saying what data an answer rests on, and where these end."""

from datetime import date

from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.results import Provenance


def footer(source: Provenance, translations: Translations) -> Markdown:
    """Say what the data are and up to when, which is not when they were read."""
    ends = source.dates.as_of
    if ends is None:
        if source.generated:
            return translations.gettext("From generated sample data")
        return translations.gettext("From Steam data; not affiliated with Valve")
    month = translations.month(ends)
    if source.generated:
        return translations.gettext("From generated sample data as of {month}", month=month)
    return translations.gettext("From Steam data as of {month}; not affiliated with Valve", month=month)


def not_in_data(asked: str, ends: date | None, translations: Translations) -> Markdown:
    """Say that the data know nothing that is called so or nearly so, and where they end, if that is known."""
    if ends is None:
        return translations.gettext("“{asked}” is not in these data.", asked=escape(asked))
    return translations.gettext(
        "“{asked}” is not in these data, which end in {month}.",
        asked=escape(asked),
        month=translations.month(ends),
    )


def outside_data(asked: str, ends: date, translations: Translations) -> Markdown:
    """Say that a question is about a time after the data end."""
    return translations.gettext(
        "These data end in {month}; they know nothing of {asked}.",
        asked=escape(asked),
        month=translations.month(ends),
    )
