"""From the files to the answers: what is withheld, inferred or not known arrives as that."""

import pytest

from ingest import ingest
from store import Database, queries
from store.results import SentimentCounts, ToneCounts
from tests.ingest.raw_files import RawFolder, game, item, owner, review, reviewer


@pytest.fixture
def told(world: RawFolder, database: Database) -> Database:
    world.games = [
        game(10, developer="Valve", price=9.99, release_date="2011-01-01"),
        game(20, developer="Valve", release_date="Q1 2012"),
    ]
    world.reviews = [
        reviewer("ada", review(10, "Great fun"), review(20, "10/10 would wear hats again")),
        reviewer(
            "eva",
            review(10, "Das Spiel ist wirklich langweilig und voller Fehler, leider super nicht mehr."),
            review(20, "★★★★★", posted="Posted May 5."),
        ),
        reviewer("zoe", review(10, "Terrible, awful, boring.", recommend=False, posted="Posted May 5.")),
    ]
    world.items = [owner("ada", item(10, 60))]
    ingest(database, [world.write()])
    return database


def test_the_tone_of_reviews_is_that_of_the_english_ones_with_their_ratings(told: Database) -> None:
    with told.reader() as session:
        of_developer = queries.developer_reviews_analysis(session, "Valve")
        of_year = queries.sentiment_analysis(session, 2011)
        of_game = queries.game(session, "10").reviews
        by_year = queries.sentiment_over_time(session, developer="Valve").years
    assert (of_developer.judged, of_developer.unjudged) == (ToneCounts(1, 0, 3), 1)
    assert of_developer.as_dict() == {"Valve": ["Negative = 1", "Positive = 3"]}
    assert (of_year.judged, of_year.unjudged) == (ToneCounts(0, 0, 2), 1)
    assert (of_game.judged, of_game.unjudged) == (ToneCounts(1, 0, 1), 1)
    assert [(year.subject, year.judged.total, year.unjudged, year.inferred) for year in by_year] == [
        (2011, 2, 1, 0),
        (2016, 2, 0, 2),
    ]


def test_a_year_that_is_inferred_is_known_as_that(told: Database) -> None:
    with told.reader() as session:
        inferred: SentimentCounts = queries.sentiment_analysis(session, 2016)
        rankings = (
            queries.best_developer_year(session, 2016),
            queries.users_worst_developer(session, 2016),
            queries.users_recommend(session, 2016),
            queries.users_not_recommend(session, 2016),
        )
        by_release = queries.best_developer_year(session, 2012, "released")
        sure = queries.users_recommend(session, 2011)
    assert [inferred.dates] * 4 == [ranking.dates for ranking in rankings]
    assert (inferred.dates.reviews, inferred.dates.inferred) == (2, 2)
    assert sure.dates is not None
    assert sure.dates.inferred == 0
    assert by_release.dates is None


def test_a_release_whose_price_or_day_is_unknown_is_counted_as_that(told: Database) -> None:
    with told.reader() as session:
        years = queries.developer(session, "Valve").years
        announced = queries.game(session, "20")
    assert [(y.year, y.items, y.unpriced_items, y.undated_items) for y in years] == [
        (2012, 1, 1, 1),
        (2011, 1, 0, 0),
    ]
    assert (announced.game.year_only, announced.release_text) == (True, "Q1 2012")


def test_of_a_reviewer_without_a_library_nothing_is_said_to_be_owned(told: Database) -> None:
    with told.reader() as session:
        critic, owner_of_one = (queries.userdata(session, name) for name in ("zoe", "ada"))
        pair = queries.compare_players(session, "zoe", "ada")
    assert (critic.items, critic.money_spent) == (None, None)
    assert (owner_of_one.items, str(owner_of_one.money_spent)) == (1, "9.99")
    assert (pair.shared_games, pair.first.hours, pair.second.hours) == (None, None, 1.0)
