"""Which words texts use most, for word clouds."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Letters of any script with their marks; an apostrophe within a word is part of it.
# What Steam's hearts left of a censored word is none.
_WORD = re.compile(r"(?<![♥\w])[^\W\d_]++(?:['’][^\W\d_]++)*+(?!♥)")
_SHORTEST = 3
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
    """.split()  # noqa: SIM905 - read more easily than a list
)


def frequent_words(texts: Iterable[str], *, most: int, besides: Iterable[str] = ()) -> list[tuple[str, int]]:
    """Return the `most` words that most texts use, with how many texts use each; ties in alphabetical order.

    A text counts once for a word however often it repeats it. Words of two letters, of links and of the
    package `wordcloud`'s stop list are left out, and those `besides`.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word.removesuffix("'s") for word in _WORD.findall(text.casefold().replace("’", "'"))})
    unwanted = stop_words().union(besides)
    wanted = (
        (word, count)
        for word, count in counts.items()
        if _SHORTEST <= len(word) <= _LONGEST and word not in unwanted
    )
    return sorted(wanted, key=lambda entry: (-entry[1], entry[0]))[:most]


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
