"""Numbers as people say them, where a title writes them otherwise."""

import re
from typing import Final

_WORDS: Final = {
    word: str(number)
    for words in (
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    )
    for number, word in enumerate(words, start=1)
}
_STUCK: Final = re.compile(r"^([a-z]+)([0-9]+)$")
_YEAR: Final = re.compile(r"(.+ )([12][0-9])")
_FULL_YEAR: Final = re.compile(r"(.+ )20([12][0-9])")
_FIRST: Final = re.compile(r"(.+) (?:1|i|one|uno)")


def respellings(key: str) -> tuple[str, ...]:
    """Return a search key with its number as a title may have it; none where it has no such number.

    "gta five" is "gta 5", "fm 17" or "fm17" is "fm 2017", and "farming simulator 2017" is "farming simulator
    17".
    """
    apart = _STUCK.sub(r"\1 \2", key)
    first, *others = key.split() or [key]
    said = [" ".join([first, *(_WORDS.get(word, word) for word in others)])]
    if year := _YEAR.fullmatch(apart):
        said.append(f"{year[1]}20{year[2]}")
    if full_year := _FULL_YEAR.fullmatch(apart):
        said.append(f"{full_year[1]}{full_year[2]}")
    return tuple(other for other in said if other != key)


def without_first(key: str) -> str | None:
    """Return a search key such as "dying light 1" without its number; None where it is not the first."""
    first = _FIRST.fullmatch(key)
    return first and first[1]
