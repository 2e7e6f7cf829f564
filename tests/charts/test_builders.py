"""From answers to charts: the figures that are shown, and the words for those who cannot see them."""

import pytest
from babel import Locale

from charts.protocol import RenderRequest, encode
from charts.specs import Tick
from commands.core.cards import library_chart as libraries
from commands.developers import chart as developers
from commands.genres import chart as genres
from commands.reviews import chart as reviews
from commands.reviews.words import words_of
from localization.translations import Translations
from store.queries.sentiment import MOST_TEXTS
from store.results import (
    DeveloperReport,
    DeveloperYear,
    GenreHours,
    GenreShare,
    LibraryByGenre,
    ReviewTexts,
    SentimentCounts,
    SentimentOverTime,
    YearHours,
)

ENGLISH = Translations()
SPANISH_NUMBERS = Translations(Locale("es", "ES"))
HOSTILE = "\u202e@everyone **$x$** {0} {count} %s\n\x00" + "W" * 300


def test_releases_have_a_bar_a_year_with_the_free_ones_on_top() -> None:
    report = DeveloperReport(
        "Valve", (DeveloperYear(2016, 2, 2), DeveloperYear(2014, 7, 1), DeveloperYear(None, 1, 0))
    )

    spec = developers.releases_by_year(report, ENGLISH)

    assert spec.labels == ("2014", "2015", "2016", "?")
    assert [series.values for series in spec.series] == [(6, 0, 0, 1), (1, 0, 2, 0)]
    assert spec.bar_labels == ("14.3%", "", "100%", "")
    assert spec.last_apart
    assert spec.subtitle == "10\xa0releases\xa0· 30% free\xa0· ?: year unknown"
    assert spec.alt == "Bar chart: 10\xa0releases of Valve, 30% of them free. Most in a year: 7 (2014)."
    assert spec.filename == "releases-valve.png"


def test_hours_of_a_genre_are_shown_by_release_year() -> None:
    years = (YearHours(2010, 1_500_000.0), YearHours(2012, 0.5), YearHours(None, 20.0))

    of_all = genres.hours_by_release_year(GenreHours("Action", years), ENGLISH)

    assert of_all.labels == ("2010", "2011", "2012", "?")
    assert of_all.series[0].values == (1_500_000, 0, 0.5, 20)
    assert of_all.ticks[-1] == Tick(1_500_000, "1.5M")
    assert of_all.alt == (
        "Bar chart: Action: hours by release year. 1,500,020\xa0h of all players."
        " Most: 1,500,000\xa0h in games of 2010."
    )
    assert of_all.filename == "genre-action.png"


def test_reviews_are_stacked_by_tone_with_the_positive_share_above() -> None:
    found = SentimentOverTime(
        "Valve",
        (SentimentCounts(2011, 1, 2, 7), SentimentCounts(2013, 5, 0, 5)),
    )

    spec = reviews.sentiment_by_year(found, ENGLISH)

    assert spec.labels == ("2011", "2012", "2013")
    assert [(series.name, series.values) for series in spec.series] == [
        ("Positive", (7, 0, 5)),
        ("Neutral", (2, 0, 0)),
        ("Negative", (1, 0, 5)),
    ]
    assert spec.bar_labels == ("70%", "", "50%")
    assert "20\xa0reviews: 12 positive, 2 neutral, 6 negative." in spec.alt
    assert "Positive in 2011: 70%, in 2013: 50%." in spec.alt


def test_a_library_is_shown_by_its_most_played_genres() -> None:
    shares = tuple(GenreShare(f"Genre {n}", n, 1_000.0 / n) for n in range(1, 12))

    spec = libraries.library_by_genre(LibraryByGenre("ana", 30, 2_500.0, shares), ENGLISH)

    assert len(spec.bars) == 8
    assert (spec.bars[0].label, spec.bars[0].value, spec.bars[0].text) == (
        "Genre 1",
        1000,
        "1,000\xa0h\xa0· 1\xa0game",
    )
    assert spec.alt == (
        "Bar chart: library of ana, 30\xa0games, 2,500\xa0h. Most played: Genre 1 (1,000\xa0h\xa0· 1\xa0game)"
        ", Genre 2 (500\xa0h\xa0· 2\xa0games), and Genre 3 (333\xa0h\xa0· 3\xa0games)."
    )


def test_a_cloud_says_how_many_reviews_it_is_of() -> None:
    some = reviews.word_cloud(words_of(ReviewTexts("Rust", 2, ("naked hats", "naked"))), ENGLISH)
    many = ("naked hats", "naked") * (MOST_TEXTS // 2)
    most_helpful = reviews.word_cloud(words_of(ReviewTexts("Rust", 2 * MOST_TEXTS, many)), ENGLISH)
    wordless = reviews.word_cloud(words_of(ReviewTexts("Rust", 3, ("naked hats", "naked"))), ENGLISH)

    assert some is not None
    assert [(word.text, word.weight) for word in some.words] == [("naked", 2), ("hats", 1)]
    assert some.subtitle == "In 2\xa0reviews with a text"
    assert most_helpful is not None
    assert most_helpful.subtitle == "In the 1,000 most helpful of 2,000 reviews"
    assert "naked\xa0(1,000), hats\xa0(500)" in most_helpful.alt
    assert wordless is not None
    assert wordless.subtitle == "In 2\xa0reviews with a text"


def test_reviews_without_a_word_have_no_cloud() -> None:
    assert reviews.word_cloud(words_of(ReviewTexts("Rust", 1, ("10/10",))), ENGLISH) is None


def test_numbers_follow_the_language() -> None:
    report = DeveloperReport("Valve", (DeveloperYear(2016, 20_000, 1),))

    spec = developers.releases_by_year(report, SPANISH_NUMBERS)

    assert spec.ticks[-1].label == "20\xa0mil"
    assert "20.000" in spec.alt


@pytest.mark.parametrize("texts", [ENGLISH, SPANISH_NUMBERS])
def test_hostile_names_become_one_plain_line(texts: Translations) -> None:
    specs = (
        developers.releases_by_year(DeveloperReport(HOSTILE, (DeveloperYear(2016, 1, 0),)), texts),
        genres.hours_by_release_year(GenreHours(HOSTILE, (YearHours(None, 0.0),)), texts),
        reviews.sentiment_by_year(SentimentOverTime(HOSTILE, (SentimentCounts(2011, 1, 0, 0),)), texts),
        reviews.word_cloud(words_of(ReviewTexts(HOSTILE, 1, ("fine",))), texts),
        libraries.library_by_genre(LibraryByGenre(HOSTILE, 1, 1.0, (GenreShare(HOSTILE, 1, 1.0),)), texts),
    )

    for spec in specs:
        assert spec is not None
        for line in (spec.title, spec.alt):
            assert line.replace("\xa0", " ").isprintable()  # Spanish parts numbers from signs with it
            assert "\u202e" not in line
            assert "**$x$** {0} {count} %s" in line  # shown letter by letter, nothing filled in or escaped
        assert len(spec.alt) <= 1024
        assert spec.filename.isascii()
        assert "/" not in spec.filename


def test_the_language_is_part_of_the_content() -> None:
    report = DeveloperReport("Valve", (DeveloperYear(2016, 20_000, 1),))

    english, spanish, again = (
        encode(RenderRequest(developers.releases_by_year(report, texts)))
        for texts in (ENGLISH, SPANISH_NUMBERS, ENGLISH)
    )

    assert english != spanish
    assert english == again
