"""Preparing a review's text for VADER, which knows English words and ASCII emoticons only.

Links and marks of HTML, BBCode and Markdown go; typographic quotes become those that VADER's word list has;
a rating ("9/10", "★★★★★") and an emoji become words of that list. Plain English text stays as it is, and so
does its score.
"""

import re
from collections.abc import Mapping
from functools import cache

from ingest.score.lexicon import emoji_names
from localization.markup import without_markup

_QUOTES = {"‘": "'", "’": "'", "‛": "'", "´": "'", "“": '"', "”": '"', "„": '"'}
# What an emoji says in a review, where the words of its name say something else to VADER, or nothing.
_MEANT = {
    **{"👍": "good", "👎": "bad", "🔥": "great", "💯": "perfect"},
    **{"💩": "awful", "😡": "angry", "🤮": "disgusting", "🤢": "disgusting"},
}
# Of an emoji: the choice of its coloured form, and of a tone of skin.
_MODIFIERS = ("\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400)))
# Steam writes these in place of the letters of a censored word.
_CENSORED = "♥"

# No date ("9/10/2015") and no version ("1.5/10.2").
_RATING = re.compile(
    r"(?<![\w./,:-])(\d{1,4}(?:[.,]\d{1,2})?)(?:\s?/\s?|\s+out of\s+)(5|10|100)(?![\w/%:]|[.,]\d)",
    re.IGNORECASE,
)
_STARS = re.compile("[★⭐]+[☆✩]*")
_STARS_OF_A_RATING = (5, 10)
_PRAISE, _GOOD, _POOR = 0.9, 0.7, 0.4


def prepare(text: str) -> str:
    """Return what VADER should read of `text`; ratings in figures stay as they are."""
    plain = without_markup(text)
    return plain if plain.isascii() else _STARS.sub(_stars_in_words, plain).translate(_translations())


def with_ratings_in_words(plain: str) -> str:
    """Return prepared text in which "9/10" and the like are words of VADER's list."""
    may_have_one = "/" in plain or "OUT OF" in plain.upper()
    return _RATING.sub(_rating_in_words, plain) if may_have_one else plain


def _rating_in_words(rating: re.Match[str]) -> str:
    return _in_words(float(rating[1].replace(",", ".")) / float(rating[2]))


def _stars_in_words(stars: re.Match[str]) -> str:
    return (
        _in_words(1 - sum(map(stars[0].count, "☆✩")) / len(stars[0]))
        if len(stars[0]) in _STARS_OF_A_RATING
        else " "
    )


def _in_words(share: float) -> str:
    """Return a word of VADER's list for a rating, given as its share of the best; none for a middling one."""
    if share >= _PRAISE:
        return " excellent "
    if share >= _GOOD:
        return " good "
    return " bad " if share <= _POOR else " "


@cache
def _translations() -> Mapping[int, str]:
    names = {emoji: f" {name} " for emoji, name in (emoji_names() | _MEANT).items() if emoji != _CENSORED}
    return str.maketrans(names | _QUOTES | dict.fromkeys(_MODIFIERS, ""))
