"""A share is shown of so many reviews that it says something, and of fewer how many they are."""

import pytest

from commands.core.cards.counts import part_of_reviews, recommended_in, share_of_reviews
from localization.translations import Locales

ENGLISH = Locales().translations("en-US")
SPANISH = Locales().translations("es-ES")


@pytest.mark.parametrize(
    ("part", "total", "english", "spanish"),
    [
        (1, 1, "1 of 1\xa0review", "1 de 1\xa0reseña"),
        (3, 4, "3 of 4\xa0reviews", "3 de 4\xa0reseñas"),
        (9, 9, "9 of 9\xa0reviews", "9 de 9\xa0reseñas"),
        (9, 10, "90% of 10\xa0reviews", "90\N{NO-BREAK SPACE}% de 10\xa0reseñas"),
    ],
)
def test_few_reviews_are_counted_and_many_are_shared(
    part: int, total: int, english: str, spanish: str
) -> None:
    assert part_of_reviews(part, total, ENGLISH) == english
    assert part_of_reviews(part, total, SPANISH) == spanish


def test_how_many_recommend_is_said_in_a_sentence() -> None:
    said = [recommended_in(part, total, SPANISH) for part, total in ((3, 4), (90, 100))]
    assert said == [
        "Recomendado en 3 de 4\xa0reseñas",
        "Recomendado en el 90\N{NO-BREAK SPACE}% de 100\xa0reseñas",
    ]


def test_nearly_all_is_not_all_and_nearly_none_is_some() -> None:
    shares = [share_of_reviews(part, 1000, ENGLISH) for part in (0, 1, 500, 999, 1000)]
    assert shares == ["0%", "1%", "50%", "99%", "100%"]


def test_the_figure_is_set_off() -> None:
    assert part_of_reviews(3, 4, ENGLISH, is_bold=True) == "**3** of 4\xa0reviews"
    assert part_of_reviews(30, 40, ENGLISH, is_bold=True) == "**75%** of 40\xa0reviews"


def test_few_reviews_have_no_share_of_their_own() -> None:
    assert [share_of_reviews(total, total, ENGLISH) for total in (0, 1, 9, 10)] == ["", "", "", "100%"]
