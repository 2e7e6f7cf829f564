"""What the queries answer about reviews."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.result import Result

if TYPE_CHECKING:
    import pandas

_COUNTS = {"negative": "int64", "neutral": "int64", "positive": "int64"}


@dataclass(frozen=True, slots=True)
class SentimentCounts(Result):
    """Reviews by sentiment. `subject` is the developer's name, the game's title or the year they are of.

    `negative`, `neutral` and `positive` count reviews of the reviews file by the VADER compound of their
    text: at most -0.05, between, at least 0.05; no text is neutral.
    """

    subject: str | int
    negative: int
    neutral: int
    positive: int

    @property
    def total(self) -> int:
        """The number of reviews."""
        return self.negative + self.neutral + self.positive

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification, which is another for a year than for a name."""
        if isinstance(self.subject, int):
            return {"Negative": self.negative, "Neutral": self.neutral, "Positive": self.positive}
        return {self.subject: [f"Negative = {self.negative}", f"Positive = {self.positive}"]}

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: `subject` as text, `negative`, `neutral`, `positive`."""
        return frame({"subject": "str", **_COUNTS}, [(str(self.subject), *_counts(self))])


@dataclass(frozen=True, slots=True)
class SentimentOverTime(Result):
    """Reviews by sentiment for each year posted, oldest first, without those of unknown year.

    `subject` is the developer's name or the game's title, None for all reviews; that of a year is the year.
    """

    subject: str | None
    years: tuple[SentimentCounts, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a year: `year`, `negative`, `neutral`, `positive`."""
        return frame({"year": "int64", **_COUNTS}, ((year.subject, *_counts(year)) for year in self.years))


@dataclass(frozen=True, slots=True)
class ReviewTexts(Result):
    """What reviews of a developer's games, or of one game, say: the `texts` found most helpful.

    `total` is the number of all its reviews in the reviews file, those without text included.
    """

    subject: str
    total: int
    texts: tuple[str, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a review, the most helpful first: `text`."""
        return frame({"text": "str"}, ((text,) for text in self.texts))


@dataclass(frozen=True, slots=True)
class ReviewExcerpt(Result):
    """A review as a reply shows it, from the reviews file.

    `score` is the VADER compound of the whole text, -1 to 1; `helpful` how many people found it helpful.
    `posted` is the day, None where it is unknown.
    """

    user_id: str
    text: str
    score: float
    helpful: int
    posted: date | None


def _counts(counts: SentimentCounts) -> tuple[int, int, int]:
    return counts.negative, counts.neutral, counts.positive
