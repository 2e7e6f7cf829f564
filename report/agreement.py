"""How the tone of reviews agrees with what their writers recommend, measured for groups of reviews."""

from dataclasses import dataclass

import pandas as pd

from report.data.languages import Language
from report.data.reviews import GAME_WORDS
from store.models import Sentiment

# Shares of fewer reviews are withheld.
LEAST_REVIEWS = 50


@dataclass(frozen=True, slots=True)
class Confusion:
    """Reviews by recommendation and sentiment: `counts[recommend][sentiment]`."""

    counts: dict[bool, dict[Sentiment, int]]

    @property
    def total(self) -> int:
        """How many reviews there are."""
        return sum(sum(row.values()) for row in self.counts.values())

    @property
    def agreeing(self) -> int:
        """Recommending and positive, or advising against and negative."""
        return self.counts[True][Sentiment.POSITIVE] + self.counts[False][Sentiment.NEGATIVE]

    @property
    def opposed(self) -> int:
        """Recommending and negative, or advising against and positive."""
        return self.counts[True][Sentiment.NEGATIVE] + self.counts[False][Sentiment.POSITIVE]

    @property
    def against(self) -> int:
        """Advising against."""
        return sum(self.counts[False].values())


def confusion(reviews: pd.DataFrame) -> Confusion:
    """Count the reviews of `ReportData.reviews`, or of some of its rows."""
    recommend, sentiment = reviews["recommend"], reviews["sentiment"]
    return Confusion(
        {
            choice: {
                tone: int(((recommend == choice) & (sentiment == tone.value)).sum()) for tone in Sentiment
            }
            for choice in (True, False)
        }
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Some reviews: how many, and their shares that advise against a game, and that are negative in tone."""

    name: str
    reviews: int
    against: float
    negative: float
    neutral: float
    opposed: float


def group(name: str, reviews: pd.DataFrame) -> Group | None:
    """Return the figures of some reviews; None for too few to publish a share of."""
    if len(reviews) < LEAST_REVIEWS:
        return None
    found = confusion(reviews)
    tones = reviews["sentiment"]
    return Group(
        name,
        len(reviews),
        found.against / len(reviews),
        float((tones == Sentiment.NEGATIVE.value).mean()),
        float((tones == Sentiment.NEUTRAL.value).mean()),
        found.opposed / len(reviews),
    )


def by_word(reviews: pd.DataFrame) -> list[Group]:
    """Return the reviews that use each game word, those first whose tone is furthest below their verdict."""
    groups = (
        group(word, reviews[reviews["game_words"].map(lambda used, word=word: word in used)])
        for word in GAME_WORDS
    )
    return sorted((found for found in groups if found), key=lambda found: found.against - found.negative)


def by_language(reviews: pd.DataFrame) -> dict[Language, Group]:
    """Return the reviews of each language as guessed, where they are enough."""
    groups = {language: group("", reviews[reviews["language"] == language.value]) for language in Language}
    return {language: found for language, found in groups.items() if found}


def with_and_without(reviews: pd.DataFrame) -> tuple[Group, Group] | None:
    """Return the reviews with a game word and those without any, if both are enough."""
    has_word = reviews["game_words"].map(bool)
    having, others = group("", reviews[has_word]), group("", reviews[~has_word])
    return None if having is None or others is None else (having, others)
