"""The languages of Discord, and what a person sees where a text is not in theirs."""

from collections.abc import Mapping
from typing import Any

LOCALES = frozenset(
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    ]
)

# "Locale fallbacks" in the documentation of application commands.
_FALLBACKS = {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES"}


def localized(part: Mapping[str, Any], key: str, locale: str) -> str:
    """Return a text of a command, option or choice in a person's language, or else as it was registered."""
    texts = part.get(f"{key}_localizations") or {}
    return str(texts.get(locale) or texts.get(_FALLBACKS.get(locale, "")) or part[key])
