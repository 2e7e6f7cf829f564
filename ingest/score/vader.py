"""Scoring what reviews say with NLTK's VADER."""

import re
import string
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.score.lexicon import lexicon_path


@contextmanager
def _as_if_missing(*packages: str) -> Iterator[None]:
    """Have imports of these packages fail, as where they are not installed."""
    loaded = {name: sys.modules.pop(name) for name in packages if name in sys.modules}
    for name in packages:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in packages:
            del sys.modules[name]
        sys.modules.update(loaded)


# NLTK loads what it finds of these for parts that have nothing to do with VADER, and that takes longer than
# scoring ten thousand texts.
with _as_if_missing("scipy", "sklearn"):
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

_PUNCTUATION = string.punctuation
_STRIPPED = frozenset(VaderConstants.PUNC_LIST)
_ANY_PUNCTUATION = re.compile(f"[{re.escape(_PUNCTUATION)}]")


class Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """NLTK's analyzer with the installed lexicon, and a faster way to its compound score.

    NLTK strips punctuation off words by building, for every text, a table of all words with all punctuation
    before and after them; and it runs its rules for every word. Here each word is stripped by itself, and
    the rules, which are still NLTK's own, run only for words of the lexicon: all others score 0 by them.
    """

    def __init__(self) -> None:
        self.lexicon_file = lexicon_path().read_text(encoding="utf-8").rstrip("\n")
        self.lexicon = self.make_lex_dict()
        self.constants = _Constants()
        self._laden = self.lexicon.keys() - VaderConstants.BOOSTER_DICT.keys()

    def compound(self, text: str) -> float:
        """Return exactly `polarity_scores(text)["compound"]`, -1 to 1; no text is 0."""
        words = [word if word.isalnum() else _bare(word) for word in text.split() if len(word) > 1]
        if not words:
            return 0.0
        lower = [word.lower() for word in words]
        capitals = sum(map(str.isupper, words))
        reading = _Reading(words, 0 < capitals < len(words))
        firsts: dict[str, int] = {}
        scores: list[float] = [0] * len(words)
        for place in [place for place, word in enumerate(lower) if word in self._laden]:
            word = words[place]
            # NLTK judges a repeated word by what stands around its first occurrence.
            first = firsts.setdefault(word, place)
            if first < place:
                scores[place] = scores[first]
            elif lower[place] != "kind" or lower[place + 1 : place + 2] != ["of"]:
                [scores[place]] = self.sentiment_valence(0, reading, word, place, [])
        if "but" in lower:
            scores = self._but_check(lower, scores)
        total = float(sum(scores))
        emphasis = self._punctuation_emphasis(total, text)
        total += emphasis if total > 0 else -emphasis if total < 0 else 0
        return round(float(self.constants.normalize(total)), 4)


def _bare(word: str) -> str:
    """Strip punctuation that NLTK knows off one side of a word, if none is left in the word then."""
    bare = word.strip(_PUNCTUATION)
    if len(bare) == len(word) or len(bare) < 2:
        return word
    before, _, after = word.partition(bare)
    if (before and after) or (before or after) not in _STRIPPED:
        return word
    return word if _ANY_PUNCTUATION.search(bare) else bare


class _Constants(VaderConstants):  # type: ignore[misc]
    """NLTK's word lists, with a faster answer to what its rules ask most often."""

    def negated(self, input_words: list[str], include_nt: bool = True) -> bool:
        """Return whether the words negate; the rules ask about one at a time."""
        if len(input_words) > 1:
            return bool(super().negated(input_words, include_nt))
        return any(
            word in self.NEGATE or (include_nt and "n't" in word) for word in map(str.lower, input_words)
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What NLTK's rules need of a text."""

    words_and_emoticons: list[str]
    is_cap_diff: bool
