"""From a review's text to its tone: is it English, and what does VADER make of it?"""

from ingest.score.language import ForeignLanguages
from ingest.score.prepare import prepare
from ingest.score.tone import Tone
from ingest.score.vader import Vader


class Judge:
    """Judges texts, one after the other."""

    def __init__(self, vader: Vader) -> None:
        self._vader = vader
        self._languages = ForeignLanguages()

    def tone(self, text: str) -> Tone:
        """Return the tone of a text, withheld where it is surely not English."""
        language = self._languages.tell(text)
        return Tone(None, language) if language else Tone(self._vader.compound(prepare(text)))
