"""The words of titles and of reviews."""

from collections import Counter
from dataclasses import dataclass

from charts.frequent_words import frequent_words
from charts.specs import Word, WordCloud
from report.blocks import Picture, Section
from report.data import ReportData
from report.wording import Wording

_MOST_WORDS = 60
# A word tells two groups of reviews apart only if enough of them use it.
_VOCABULARY = 400
_TELLING = 5
_ALL = 10**9


def section(data: ReportData, positive: list[str], negative: list[str], words: Wording) -> Section:
    """Show the words of titles, and of the texts of positive and of negative reviews."""
    games = data.listed[(data.listed["kind"] == "game") & data.listed["named"]]
    titles = frequent_words(games["title"], most=_MOST_WORDS)
    in_titles = Picture(
        _cloud(words.gettext("Words of titles"), titles, words.gettext("By how many games have them"), words),
        _first(titles, words),
    )
    praising, panning = Usage.of(positive), Usage.of(negative)
    of_positive = _of_tone(words.gettext("Words of reviews in a positive tone"), praising, panning, words)
    of_negative = _of_tone(words.gettext("Words of reviews in a negative tone"), panning, praising, words)
    return Section(
        "words",
        words.gettext("Words"),
        tuple(picture for picture in (in_titles, of_positive, of_negative) if picture.spec.words),
        lead=words.gettext(
            "A word counts once for each title or review that uses it. Words that say nothing are left out."
        ),
    )


@dataclass(frozen=True, slots=True)
class Usage:
    """How many of some texts use each word."""

    texts: int
    counts: dict[str, int]

    @classmethod
    def of(cls, texts: list[str]) -> "Usage":
        """Count the words of texts."""
        return cls(len(texts), dict(frequent_words(texts, most=_ALL)))

    def first(self, most: int) -> list[tuple[str, int]]:
        """Return the words that most texts use."""
        return list(self.counts.items())[:most]


def distinctive_words(texts: Usage, others: Usage) -> list[str]:
    """Return the words that most raise the odds that a text is one of `texts` and not one of `others`.

    They are the frequent words of both with the largest ratio of the shares of texts that use them, one text
    more in each so that no share is 0.
    """
    both = Counter(texts.counts) + Counter(others.counts)
    vocabulary = sorted(both, key=lambda word: (-both[word], word))[:_VOCABULARY]

    def ratio(word: str) -> float:
        share = (texts.counts.get(word, 0) + 1) / (texts.texts + 1)
        return share / ((others.counts.get(word, 0) + 1) / (others.texts + 1))

    return sorted(vocabulary, key=lambda word: (-ratio(word), word))[:_TELLING]


def _of_tone(title: str, texts: Usage, others: Usage, words: Wording) -> Picture:
    counted = texts.first(_MOST_WORDS)
    sentence = _first(counted, words)
    distinctive = distinctive_words(texts, others) if counted and others.texts else []
    if distinctive:
        sentence += " " + words.gettext(
            "What sets these reviews apart from the others most: {words}.", words=words.listing(distinctive)
        )
    subtitle = words.gettext("By how many of {count} reviews use them", count=words.number(texts.texts))
    return Picture(_cloud(title, counted, subtitle, words), sentence)


def _first(counted: list[tuple[str, int]], words: Wording) -> str:
    named = [f"{word} ({words.number(count)})" for word, count in counted[:3]]
    return words.gettext("Used most: {words}.", words=words.listing(named)) if named else ""


def _cloud(title: str, counted: list[tuple[str, int]], subtitle: str, words: Wording) -> WordCloud:
    listed = ", ".join(f"{word} ({words.number(count)})" for word, count in counted[:10])
    return WordCloud(
        title=title,
        subtitle=subtitle,
        alt=words.gettext("Word cloud. The most frequent words: {words}.", words=listed),
        words=tuple(Word(word, count) for word, count in counted),
    )
