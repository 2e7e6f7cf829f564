"""What is known of the tone of a text."""

from typing import NamedTuple

from store.models import Sentiment

_POSITIVE_FROM = 0.05


class Tone(NamedTuple):
    """The tone of a text.

    `score` is the VADER compound, -1 to 1, of what `ingest.score.prepare` makes of the text, whatever its
    language: the specification's sentiment. `judged` is the class in which ratings count as well ("9/10"),
    which would change the specification's counts by more than they may. It is None, and `language` an ISO
    639-1 code, where the text is surely not English, which is all that VADER knows.
    """

    score: float
    judged: Sentiment | None
    language: str | None = None


def classify(compound: float) -> Sentiment:
    """Return the class of a compound score by the thresholds of VADER's authors."""
    if compound >= _POSITIVE_FROM:
        return Sentiment.POSITIVE
    if compound <= -_POSITIVE_FROM:
        return Sentiment.NEGATIVE
    return Sentiment.NEUTRAL
