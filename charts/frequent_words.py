"""Which words texts use most, for word clouds."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The standard library's own knows no combining marks, which are part of most words of Hindi or Thai.
import regex

from localization.markup import without_markup

# Letters of any script with their marks, and the joiners between them; an apostrophe within a word is part of
# it. What is left beside the hearts that Steam puts in censored words is no word.
_WORD = regex.compile(r"(?<![♥\w\p{M}])\p{L}[\p{L}\p{M}\u200c\u200d]*+(?:'[\p{L}\p{M}\u200c\u200d]++)*+(?!♥)")
# Chinese and Japanese set no spaces. Without a dictionary of either, the pairs of characters that follow one
# another stand for words, most of which have two; what is written in katakana is a word as it is, and
# hiragana are mostly endings.
_HAS_IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_RUN = regex.compile(r"\p{Han}+|[\p{Katakana}ー]+|\p{Hiragana}+|[^\p{Han}\p{Katakana}ー\p{Hiragana}]+")
# Scripts in which two characters are a word already.
_DENSE = regex.compile(r"[\p{Han}\p{Katakana}\p{Hangul}]")
_SHORTEST = 3
_SHORTEST_DENSE = 2
_LONGEST = 24
# What every review of a game says; what English contracts, written as players write it; and the commonest
# words of Spanish and Portuguese.
_SAY_NOTHING = frozenset(
    """
    game games gameplay play plays played playing player players get got gets getting make makes made making
    really much many one two also even still will well way now first lot lots thing things something anything
    everything someone everyone every never always actually though pretty see want know find think going
    around back need new use used put say said let come goes gonna yes without another
    im ive id ill its thats theres whats hes shes youre youll youve theyre weve
    dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt werent hasnt havent shouldnt ing
    que los las una uno con por para pero del como más mas muy son sin todo este esta esto hay tiene juego
    jogo uma não nao muito mais jogar seu sua você voce isso das dos tem
    """.split()
)


def frequent_words(texts: Iterable[str], *, most: int) -> list[tuple[str, int]]:
    """Return the `most` words that most texts use, with how many texts use each; ties in alphabetical order.

    A text counts once for a word however often it repeats it. Words of two letters, links, and the words of
    the package `wordcloud`'s stop list are left out. Of Chinese and Japanese, pairs of characters are
    counted; of Thai, which sets no spaces either, whatever stands between two.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_words(text)))
    unwanted = stop_words()
    wanted = (
        (word, count)
        for word, count in counts.items()
        if _is_long_enough(word) and len(word) <= _LONGEST and word not in unwanted
    )
    return sorted(wanted, key=lambda entry: (-entry[1], entry[0]))[:most]


def _words(text: str) -> Iterator[str]:
    plain = without_markup(text).casefold().replace("’", "'")
    # A letter and its accent are one character, however they were typed.
    for word in _WORD.findall(unicodedata.normalize("NFC", plain)):
        if word.isascii() or not _HAS_IDEOGRAPHS.search(word):
            yield word.removesuffix("'s")
            continue
        for run in _RUN.findall(word):
            if unicodedata.name(run[0], "").startswith("CJK") and len(run) > _SHORTEST_DENSE:
                yield from (run[at : at + _SHORTEST_DENSE] for at in range(len(run) - 1))
            else:
                yield run


def _is_long_enough(word: str) -> bool:
    is_dense = len(word) == _SHORTEST_DENSE and _DENSE.match(word)
    return bool(is_dense) or len(word) >= _SHORTEST


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about a game.

    Most come from the list of the package `wordcloud`, which is read without importing the package: that
    would bring Matplotlib into the bot's process.
    """
    spec = find_spec("wordcloud")
    assert spec is not None
    assert spec.origin is not None
    listed = Path(spec.origin).with_name("stopwords").read_text(encoding="utf-8").split()
    return _SAY_NOTHING.union(word.casefold() for word in listed)
