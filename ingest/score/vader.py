"""Scoring what reviews say with NLTK's VADER."""

import re
import string
from dataclasses import dataclass

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from ingest.score.lexicon import lexicon_path

_PUNCTUATION = string.punctuation
_ANY_PUNCTUATION = re.compile(f"[{re.escape(_PUNCTUATION)}]")


class Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """NLTK's analyzer with the lexicon of the installation, and a faster way to its compound score.

    NLTK strips punctuation off words by building, for every text, a table of all words with all punctuation
    before and after them; and it runs its rules for every word. Here each word is stripped by itself, and
    the rules, which are still NLTK's own, run only for words of the lexicon: all others score 0 by them.
    """

    def __init__(self) -> None:
        self.lexicon_file = lexicon_path().read_text(encoding="utf-8").rstrip("\n")
        self.lexicon = self.make_lex_dict()
        self.constants = VaderConstants()
        self._punctuation = frozenset(VaderConstants.PUNC_LIST)
        self._boosters = VaderConstants.BOOSTER_DICT

    def compound(self, text: str) -> float:
        """Return exactly `polarity_scores(text)["compound"]`, -1 to 1; no text is 0."""
        words = [self._bare(word) for word in text.split() if len(word) > 1]
        lower = [word.lower() for word in words]
        capitals = sum(map(str.isupper, words))
        reading = _Reading(words, 0 < capitals < len(words))
        firsts: dict[str, int] = {}
        scores: list[float] = [0] * len(words)
        for place, (word, lowered) in enumerate(zip(words, lower, strict=True)):
            if lowered not in self.lexicon or lowered in self._boosters:
                continue
            # NLTK judges a repeated word by what stands around its first occurrence.
            first = firsts.setdefault(word, place)
            if first < place:
                scores[place] = scores[first]
            elif lowered != "kind" or lower[place + 1 : place + 2] != ["of"]:
                [scores[place]] = self.sentiment_valence(0, reading, word, place, [])
        if "but" in lower:
            scores = self._but_check(lower, scores)
        return float(self.score_valence(scores, text)["compound"])

    def _bare(self, word: str) -> str:
        """Strip punctuation that NLTK knows off one side of a word, if none is left in the word then."""
        bare = word.strip(_PUNCTUATION)
        if len(bare) == len(word) or len(bare) < 2:
            return word
        before, _, after = word.partition(bare)
        if (before and after) or (before or after) not in self._punctuation:
            return word
        return word if _ANY_PUNCTUATION.search(bare) else bare


@dataclass(frozen=True, slots=True)
class _Reading:
    """What NLTK's rules need of a text."""

    words_and_emoticons: list[str]
    is_cap_diff: bool
