"""What genres, tags and ways to play are called: in the store page's languages, and by players."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from store.names.search_key import search_key, squashed

_FILE: Final = "vocabulary.json"
# Shorter words differ by nothing else.
_ENDING: Final = re.compile(r"(?<=\w{4})(?:[oa]s?|s)$")


class Word(msgspec.Struct, frozen=True):
    """A genre or tag.

    `name` is as the data write it, `translated` what the store calls it by ISO 639-1 code, `also` what
    players say. It `stands_in_for` younger tags, of those names, where the data do not have them.
    """

    name: str
    translated: dict[str, str] = msgspec.field(name="in")
    also: tuple[str, ...] = ()
    stands_in_for: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.translated.values(), *self.also)


@cache
def words() -> tuple[Word, ...]:
    """Return the words of the data file that comes with the package."""
    return msgspec.json.decode(files(__package__).joinpath(_FILE).read_bytes(), type=tuple[Word, ...])


def names_called(key: str) -> tuple[str, ...]:
    """Return the names, as the data write them, that a search key stands for, the likeliest first.

    People say of many what a tag says of one, as in "walking sims", or the other way round, and in Spanish of
    either gender, as in "táctica" and "tácticos".
    """
    return _by_key().get(squashed(key)) or _by_stem().get(_stem(key), ())


def stands_in(name: str, key: str) -> bool:
    """Return whether a name is only what the data have instead of the younger tag that a search key means."""
    word = _by_name().get(name)
    if word is None or not word.stands_in_for:
        return False
    return bool(names_called(key)) and _stem(key) not in {_stem(search_key(own)) for own in word.said}


def names_beginning(key: str) -> tuple[str, ...]:
    """Return the names of what is called by something one of whose words begins with the search key."""
    return tuple(dict.fromkeys(name for said, name in _said() if f" {key}" in f" {said}"))


def in_language(name: str, language: str) -> str:
    """Return a genre or tag in a language (ISO 639-1); as it is where no translation is known."""
    word = _by_name().get(name)
    return name if word is None else word.translated.get(language, name)


@cache
def _by_name() -> Mapping[str, Word]:
    return {word.name: word for word in words()}


@cache
def _said() -> tuple[tuple[str, str], ...]:
    """Return all that is said, as search keys, each with the name that it means; what stands in is last."""
    own = ((said, word.name) for word in words() for said in word.said)
    instead = (
        (said, word.name) for word in words() for name in word.stands_in_for for said in _by_name()[name].said
    )
    return tuple((search_key(said), name) for said, name in (*own, *instead))


def _stem(key: str) -> str:
    """Return a search key, without spaces, whose words have no endings of number and gender."""
    return "".join(_ENDING.sub("", word) for word in key.split())


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    return _names_by(_stem)


@cache
def _by_key() -> Mapping[str, tuple[str, ...]]:
    return _names_by(squashed)


def _names_by(form: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names that are meant by each form of what is said, in the order of `_said`."""
    found: dict[str, dict[str, None]] = {}
    for said, name in _said():
        found.setdefault(form(said), {})[name] = None
    return {key: tuple(names) for key, names in found.items()}
