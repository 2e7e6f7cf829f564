"""The languages that games are sold in, by Steam's own names of them.

https://partner.steamgames.com/doc/store/localization/languages
"""

from collections.abc import Iterable

from ingest.clean.text import clean_text
from ingest.parse.fields import UnusableValue

_NAMES = {
    "arabic": "arabic",
    "bulgarian": "bulgarian",
    "simplified chinese": "schinese",
    "traditional chinese": "tchinese",
    "czech": "czech",
    "danish": "danish",
    "dutch": "dutch",
    "english": "english",
    "finnish": "finnish",
    "french": "french",
    "german": "german",
    "greek": "greek",
    "hungarian": "hungarian",
    "indonesian": "indonesian",
    "italian": "italian",
    "japanese": "japanese",
    "korean": "koreana",
    "norwegian": "norwegian",
    "polish": "polish",
    "portuguese": "portuguese",
    "portuguese - portugal": "portuguese",
    "portuguese - brazil": "brazilian",
    "romanian": "romanian",
    "russian": "russian",
    "spanish": "spanish",
    "spanish - spain": "spanish",
    "spanish - latin america": "latam",
    "swedish": "swedish",
    "thai": "thai",
    "turkish": "turkish",
    "ukrainian": "ukrainian",
    "vietnamese": "vietnamese",
}
_STEAMS_OWN = frozenset(_NAMES.values())


def languages(values: object) -> tuple[str, ...]:
    """Return languages by Steam's names, given those or their English names, each once.

    Games are sold in other languages too, which Steam has no name of its own for: those go by their English
    names, in lower case.

    Raises:
        UnusableValue: If it is no list of texts.
    """
    if not isinstance(values, list):
        raise UnusableValue("not a list")
    return tuple(dict.fromkeys(_known(values)))


def _known(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if not isinstance(value, str):
            raise UnusableValue("an entry: not text")
        # What the store's page has around a name: marks of bold type, a remark in the next line.
        name = clean_text(value).split("\n")[0].split("[")[0].split("<")[0].strip(" *;\r").casefold()
        if name:
            yield name if name in _STEAMS_OWN else _NAMES.get(name, name)
