"""Invented reviews: words that fit the verdict, dates that fit the game."""

import re
from datetime import datetime
from random import Random

import pytest

from ingest.sample.catalogue import CATALOGUE
from ingest.sample.players import Player, invent_players
from ingest.sample.reviews import Review, Tone, invent_reviews
from ingest.score.vader import Vader


@pytest.fixture(scope="module")
def reviews() -> list[tuple[Player, Review]]:
    players = invent_players(400, Random(1))
    written = invent_reviews(players, Random(2))
    return [(player, review) for player in players for review in written.get(player.user_id, ())]


@pytest.mark.parametrize(("tone", "sign"), [(Tone.POSITIVE, 1), (Tone.NEGATIVE, -1)])
def test_vader_hears_what_plain_texts_say(
    reviews: list[tuple[Player, Review]], tone: Tone, sign: int
) -> None:
    vader = Vader()
    texts = [review.text for _, review in reviews if review.tone is tone]
    heard = [sign * vader.compound(text) >= 0.05 for text in texts]
    assert len(texts) > 30
    assert sum(heard) >= 0.95 * len(heard)


def test_plain_texts_agree_with_their_verdict(reviews: list[tuple[Player, Review]]) -> None:
    for _, review in reviews:
        assert review.tone is not Tone.POSITIVE or review.recommend
        assert review.tone is not Tone.NEGATIVE or not review.recommend


def test_most_players_recommend_but_not_all(reviews: list[tuple[Player, Review]]) -> None:
    share = sum(review.recommend for _, review in reviews) / len(reviews)
    assert 0.8 < share < 0.95


def test_every_kind_of_text_occurs(reviews: list[tuple[Player, Review]]) -> None:
    assert {review.tone for _, review in reviews} == set(Tone)
    texts = [review.text for _, review in reviews]
    assert "" in texts
    assert any("♥♥♥♥" in text for text in texts)
    assert any(text.endswith("\n") for text in texts)
    assert not any(re.search(r"[{}]", text) for text in texts), "a template was not filled"


def test_players_review_games_they_own_and_each_once(reviews: list[tuple[Player, Review]]) -> None:
    seen = [(player.user_id, review.app_id) for player, review in reviews]
    assert len(seen) == len(set(seen))
    for player, review in reviews:
        assert review.app_id in {owned.app_id for owned in player.library}


def test_nobody_reviews_a_game_before_it_is_out(reviews: list[tuple[Player, Review]]) -> None:
    released = {game.app_id: game for game in CATALOGUE}
    for _, review in reviews:
        game = released.get(review.app_id)
        dated = re.fullmatch(r"Posted (\w+ \d+, \d{4})\.", review.posted)
        if game and dated:
            posted = datetime.strptime(f"{dated[1]} +0000", "%B %d, %Y %z").date()
            assert posted.isoformat() >= (game.released if len(game.released) == 10 else str(game.year))


def test_only_the_days_of_early_2016_lack_their_year(reviews: list[tuple[Player, Review]]) -> None:
    undated = [review.posted for _, review in reviews if not re.search(r"\d{4}", review.posted)]
    assert undated
    assert all(re.fullmatch(r"Posted (January|February) \d{1,2}\.", posted) for posted in undated)


def test_votes_are_told_as_steam_tells_them(reviews: list[tuple[Player, Review]]) -> None:
    votes = {review.helpful for _, review in reviews}
    assert "No ratings yet" in votes
    assert any(re.match(r"[\d,]+ of \d+,\d{3} people", text) for text in votes)
    for text in votes - {"No ratings yet"}:
        assert re.fullmatch(r"[\d,]+ of [\d,]+ people \(\d{1,3}%\) found this review helpful", text)
    assert {review.funny for _, review in reviews} >= {"", "1 person found this review funny"}
