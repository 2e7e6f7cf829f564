"""What the queries answer about reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.result import Result

if TYPE_CHECKING:
    import pandas

_COUNTS = dict.fromkeys(
    ("negative", "neutral", "positive", "judged_negative", "judged_neutral", "judged_positive", "inferred"),
    "int64",
)


@dataclass(frozen=True, slots=True)
class ReviewDates(Result):
    """How sure the year is that `reviews` of the reviews file count for.

    Of `inferred` of them the file gives a day without a year, as Steam does in the year of the crawl, which
    is therefore taken for theirs.
    """

    reviews: int
    inferred: int


@dataclass(frozen=True, slots=True)
class ToneCounts(Result):
    """Reviews of the reviews file whose tone is judged: `negative`, `neutral` and `positive` ones.

    Their text is English, which is all that VADER knows. Its ratings ("9/10") count as well.
    """

    negative: int
    neutral: int
    positive: int

    @property
    def total(self) -> int:
        """The number of reviews whose tone is judged."""
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True, slots=True)
class SentimentCounts(Result):
    """Reviews by sentiment. `subject` is the developer's name, the game's title or the year they are of.

    `negative`, `neutral` and `positive` count reviews of the reviews file, in whatever language, as the
    specification does: by the VADER compound of their text, at most -0.05, between, at least 0.05; no text is
    neutral. `tone` counts those whose tone can be judged, None where that is all of them by the same classes.
    `inferred` is how many of all count for a year that is inferred (see `ReviewDates`).
    """

    subject: str | int
    negative: int
    neutral: int
    positive: int
    tone: ToneCounts | None = None
    inferred: int = 0

    @classmethod
    def of(cls, subject: str | int, counts: Sequence[int]) -> "SentimentCounts":
        """Return the counts of a row: three by sentiment, three by tone, and those of inferred year."""
        negative, neutral, positive, *tone_and_dates = counts
        tone, inferred = ToneCounts(*tone_and_dates[:3]), sum(tone_and_dates[3:])
        return cls(subject, negative, neutral, positive, tone, inferred)

    @property
    def judged(self) -> ToneCounts:
        """The reviews whose tone is judged."""
        return self.tone or ToneCounts(self.negative, self.neutral, self.positive)

    @property
    def unjudged(self) -> int:
        """The number of reviews that are not in English, so that nothing is known of their tone."""
        return self.total - self.judged.total

    @property
    def total(self) -> int:
        """The number of reviews."""
        return self.negative + self.neutral + self.positive

    @property
    def dates(self) -> ReviewDates:
        """How sure the year is that they count for."""
        return ReviewDates(self.total, self.inferred)

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification, which is another for a year than for a name."""
        if isinstance(self.subject, int):
            return {"Negative": self.negative, "Neutral": self.neutral, "Positive": self.positive}
        return {self.subject: [f"Negative = {self.negative}", f"Positive = {self.positive}"]}

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: `subject` as text, the counts, those of `judged` by `judged_negative` and so on."""
        return frame({"subject": "str", **_COUNTS}, [(str(self.subject), *_counts(self))])


@dataclass(frozen=True, slots=True)
class SentimentOverTime(Result):
    """Reviews by sentiment for each year posted, oldest first, without those of unknown year.

    `subject` is the developer's name or the game's title, None for all reviews; that of a year is the year.
    """

    subject: str | None
    years: tuple[SentimentCounts, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a year: `year`, and the counts of `SentimentCounts` by their names."""
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

    `user_id` is empty where its author is anonymous. `score` is the VADER compound of the whole text, -1 to
    1; `helpful` how many people found it helpful. `posted` is the day, None where it is unknown; with
    `posted_inferred` its year is inferred (see `ReviewDates`).
    """

    user_id: str
    text: str
    score: float
    helpful: int
    posted: date | None
    posted_inferred: bool = False


def _counts(counts: SentimentCounts) -> tuple[int, ...]:
    tone = counts.judged
    return (
        *(counts.negative, counts.neutral, counts.positive),
        *(tone.negative, tone.neutral, tone.positive),
        counts.inferred,
    )
