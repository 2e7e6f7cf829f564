"""The words of reviews are those that set them apart from all others."""

from commands.reviews.words import words_of
from store.results import ReviewTexts

ELSEWHERE = ("good fun", "good fun guns", "fun good", "good")


def words(*texts: str) -> list[str]:
    return [word for word, _ in words_of(ReviewTexts("Portal", len(texts), texts), ELSEWHERE).words]


def test_what_is_said_of_every_game_comes_last_or_not_at_all() -> None:
    assert words("good fun portals", "good portals cake", "fun cake portals") == ["portals", "cake"]


def test_what_one_writer_alone_says_is_left_out() -> None:
    assert words("portals glados", "portals", "portals") == ["portals"]
    assert words("glados") == ["glados"]


def test_without_others_the_words_used_most_are_shown() -> None:
    assert words_of(ReviewTexts("Portal", 2, ("good cake", "good"))).words == (("good", 2), ("cake", 1))
