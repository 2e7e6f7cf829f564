"""Numbers in titles, which people write in Roman numerals or in digits as they like."""

import re
from collections import Counter

_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
)
_DIGITS = {roman: str(number) for number, roman in enumerate(_ROMAN, start=1)}
_OTHER_NUMERAL = _DIGITS | {digits: roman for roman, digits in _DIGITS.items()}
_NUMBER = re.compile(rf"[0-9]+|\b(?:{'|'.join(_ROMAN)})\b")


def renumbered(key: str) -> str:
    """Return a search key with 5 for V and V for 5; the same key where it has no such number."""
    return " ".join(_OTHER_NUMERAL.get(word, word) for word in key.split())


def in_digits(key: str) -> str:
    """Return a search key with its Roman numerals as digits; a first word is none ("X Rebirth")."""
    first, *others = key.split() or [key]
    return " ".join([first, *(_DIGITS.get(word, word) for word in others)])


def in_roman(key: str) -> str:
    """Return a search key whose numbers are Roman numerals as far as these go."""
    return " ".join(_OTHER_NUMERAL.get(word, word) if word.isdigit() else word for word in key.split())


def is_numeral(word: str) -> bool:
    """Return whether a word of a search key is a number."""
    return word.isdigit() or word in _DIGITS


def numbers(key: str) -> list[str]:
    """Return the numbers in a search key, Roman ones as digits, in order of size."""
    return sorted(_DIGITS.get(word, word) for word in _NUMBER.findall(key))


def has_numbers_of(name: str, key: str) -> bool:
    """Return whether a name has all numbers of a search key, in digits or not."""
    return not Counter(numbers(key)) - Counter(numbers(name))
