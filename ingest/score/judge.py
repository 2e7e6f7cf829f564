"""From a review's text to its tone: the language, then VADER's score."""

from ingest.score.language import ForeignLanguages
from ingest.score.prepare import prepare, with_ratings_in_words
from ingest.score.tone import Tone, classify
from ingest.score.vader import Vader

_ENGLISH = "en"


class Judge:
    """Judges texts, one after the other."""

    def __init__(self, vader: Vader) -> None:
        self._vader = vader
        self._languages = ForeignLanguages()

    def tone(self, text: str, language: str | None = None) -> Tone:
        """Return the tone of a text, withheld where it is surely not English.

        Args:
            text: As it was written.
            language: The ISO 639-1 code where the source says it, which settles the matter.
        """
        plain = prepare(text)
        score = self._vader.compound(plain)
        if language is None:
            language = self._languages.detect(plain)
        if language not in (None, _ENGLISH):
            return Tone(score, None, language)
        rated = with_ratings_in_words(plain)
        return Tone(score, classify(score if rated == plain else self._vader.compound(rated)))
