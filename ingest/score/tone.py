"""What is known of the tone of a text."""

from typing import NamedTuple

from store.models import Sentiment

_POSITIVE_FROM = 0.05


class Tone(NamedTuple):
    """The tone of a text.

    `score` is the VADER compound, -1 to 1, of what `ingest.score.prepare` makes of the text. It is None, and
    `language` an ISO 639-1 code, where the text is surely not English, which is all that VADER knows.
    """

    score: float | None
    language: str | None = None

    @property
    def sentiment(self) -> Sentiment:
        """The class of the text; one that is not judged is neutral, as one without words is."""
        return Sentiment.NEUTRAL if self.score is None else classify(self.score)


def classify(compound: float) -> Sentiment:
    """Return the class of a compound score by the thresholds of VADER's authors."""
    if compound >= _POSITIVE_FROM:
        return Sentiment.POSITIVE
    if compound <= -_POSITIVE_FROM:
        return Sentiment.NEGATIVE
    return Sentiment.NEUTRAL
