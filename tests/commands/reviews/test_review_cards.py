"""Cards of reviews: shares before numbers, and what is not known is said."""

from decimal import Decimal

from commands.developers.card import BestDevelopers, best_developers
from commands.reviews.card import ReviewCounts, sentiment, with_words
from commands.reviews.words import words_of
from commands.reviews.year_card import YearOfReviews, year_card
from localization.translations import Translations
from store.models import GameKind, YearBasis
from store.results import (
    ClearReviews,
    DeveloperRanking,
    DeveloperShare,
    DeveloperShares,
    GameRanking,
    GameRef,
    GameShare,
    GameShares,
    ReviewDates,
    ReviewTexts,
    SentimentCounts,
    ToneCounts,
)

TEXTS = Translations()
PORTAL = GameRef(400, "Portal", GameKind.GAME, 2007, Decimal("9.99"))


def test_an_inferred_year_of_reviews_is_marked() -> None:
    rankings = (
        *(GameShares((), ()), DeveloperShares((), ())),
        *(GameRanking(), GameRanking(), DeveloperRanking()),
    )
    whole = year_card(YearOfReviews(2016, SentimentCounts(2016, 1, 1, 1, inferred=3), *rankings), TEXTS)
    part = year_card(YearOfReviews(2016, SentimentCounts(2016, 1, 1, 1, inferred=2), *rankings), TEXTS)
    none = year_card(YearOfReviews(2016, SentimentCounts(2016, 1, 1, 1), *rankings), TEXTS)
    assert whole.notes == ("Year inferred: the reviews give only the day",)
    assert part.notes == ("Year inferred for 2 of 3\xa0reviews",)
    assert none.notes == ()
    ranking = BestDevelopers(DeveloperShares((), ()), DeveloperRanking((), ReviewDates(3, 3)))
    best = best_developers(ranking, 2016, YearBasis.REVIEWED, TEXTS)
    assert [field.value for field in best.fields] == ["no review says so"]
    assert best.notes == whole.notes


def test_a_year_shows_shares_before_numbers() -> None:
    loved = GameShares((GameShare(PORTAL, ClearReviews(liked=39, panned=1)),), ())
    unloved = DeveloperShares((), (DeveloperShare("Flop_s", ClearReviews(liked=1, panned=39)),))
    rankings = (GameRanking(), GameRanking(), DeveloperRanking())
    card = year_card(YearOfReviews(2016, SentimentCounts(2016, 1, 1, 1), loved, unloved, *rankings), TEXTS)
    assert [(field.name, field.value) for field in card.fields[:2]] == [
        ("Loved", "**1.** [Portal](https://store.steampowered.com/app/400/)\xa0· 98%\xa0of\xa040\xa0reviews"),
        ("Least loved developers", "**1.** Flop\\_s\xa0· 2%\xa0of\xa040\xa0reviews"),
    ]


def test_reviews_that_are_not_judged_are_counted_apart() -> None:
    card = sentiment(ReviewCounts(SentimentCounts("Valve", 2, 2, 1, ToneCounts(1, 1, 1))), TEXTS)
    assert card.lines == ("5\xa0reviews",)
    assert [field.value for field in card.fields] == ["1"] * 3
    assert card.notes == ("2\xa0reviews are not in English: no tone",)


def test_where_there_is_no_review_one_line_says_so() -> None:
    card = sentiment(ReviewCounts(SentimentCounts("Valve", 0, 0, 0)), TEXTS)
    assert card.lines == ("No review in these data.",)
    assert card.fields == ()


def test_a_ranking_in_which_nothing_stands_is_left_out() -> None:
    nothing = (
        *(GameShares((), ()), DeveloperShares((), ())),
        *(GameRanking(), GameRanking(), DeveloperRanking()),
    )
    of = YearOfReviews(2010, SentimentCounts(2010, 0, 1, 0), *nothing)
    assert year_card(of, TEXTS).fields == ()


def test_of_no_review_no_words_are_shown() -> None:
    card = sentiment(ReviewCounts(SentimentCounts("Rust", 0, 0, 0)), TEXTS)
    assert with_words(card, words_of(ReviewTexts("Rust", 0, ())), TEXTS) == card
