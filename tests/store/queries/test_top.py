"""Lists of games go by a stated order, within a genre and a year."""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import delete

from store import Database, NotFound, queries
from store.errors import NoData, NoDeckRatings, WrongFilter
from store.files.refill import require_refill
from store.models import DeckRating, GameKind, RankedGames, RunOutcome
from store.queries import Filters
from store.results import TopBy
from store.scoring.wilson import lower_bound
from tests.store.builder import SmallStore

LOVED = {"recommended": 90, "reviews": 100}
FEW = {"recommended": 3, "reviews": 3}
MIXED = {"recommended": 300, "reviews": 400}


@pytest.fixture
def top(small_store: SmallStore) -> SmallStore:
    """Games that differ in what people say and how much they play."""
    with small_store.fill() as data:
        data.game(1, "Mixed", year=2012, genres=("Action",))
        data.game_stats(1, owners=150, minutes=6000, **MIXED)
        data.game(2, "Loved", year=2013, genres=("Indie",))
        data.game_stats(2, owners=120, minutes=600, **LOVED)
        data.game(3, "Few Reviews", year=2013, genres=("Action", "Indie"))
        data.game_stats(3, owners=2, minutes=60, **FEW)
        data.game(4, "Unreviewed", year=2013)
        data.game_stats(4, owners=3, minutes=30)
        data.game(5, "Loved Soundtrack", kind=GameKind.SOUNDTRACK, year=2013)
        data.game_stats(5, owners=1, minutes=9999, recommended=2, reviews=2)
        data.genre("Racing")
    return small_store


def test_a_list_that_an_upgrade_has_emptied_is_not_taken_for_one_without_games(top: SmallStore) -> None:
    with top.fill() as data:
        data.run(RunOutcome.APPLIED, day=20)
    with top.database.writer() as session:
        session.execute(delete(RankedGames))
        require_refill(session.connection())
    with pytest.raises(NoData):
        top.ask(queries.top_games)


def titles(top: SmallStore, by: TopBy = TopBy.RECOMMENDED, **only: Any) -> list[str]:
    return [entry.game.title for entry in top.ask(queries.top_games, by, **only).games]


def test_recommendations_go_by_what_is_sure_rather_than_by_the_raw_share(top: SmallStore) -> None:
    assert titles(top) == ["Loved", "Mixed", "Few Reviews"]
    assert [entry.score for entry in top.ask(queries.top_games).games] == [
        pytest.approx(lower_bound(*counts)) for counts in ((90, 100), (300, 400), (3, 3))
    ]


def test_gems_are_owned_by_no_more_than_the_middle_one_of_the_reviewed_games(top: SmallStore) -> None:
    # Reviewed games have 1, 2, 120 and 150 owners; the lower one of the two in the middle has 2.
    found = top.ask(queries.top_games, TopBy.GEMS)
    assert found.most_owners == 2
    # Three reviews come from three people who know it, whatever the libraries say.
    assert found.games == ()


def test_a_gem_is_loved_by_the_few_who_own_it(small_store: SmallStore) -> None:
    with small_store.fill() as data:
        data.game(1, "Everybody's")
        data.game_stats(1, owners=150, **LOVED)
        data.game(2, "Known to Few")
        data.game_stats(2, owners=3, **FEW)
    assert titles(small_store, TopBy.GEMS) == ["Known to Few"]


def test_a_list_goes_on_after_those_that_were_left_out(top: SmallStore) -> None:
    whole = top.ask(queries.top_games, TopBy.HOURS).games
    assert top.ask(queries.top_games, TopBy.HOURS, limit=2, offset=1).games == whole[1:3]
    assert top.ask(queries.top_games, TopBy.HOURS, offset=99).games == ()


def test_hours_and_owners_go_by_their_number(top: SmallStore) -> None:
    assert titles(top, TopBy.HOURS) == ["Mixed", "Loved", "Few Reviews", "Unreviewed"]
    assert titles(top, TopBy.OWNERS) == ["Mixed", "Loved", "Unreviewed", "Few Reviews"]
    first = top.ask(queries.top_games, "hours").games[0]
    assert (first.rank, first.hours, first.owners) == (1, 100.0, 150)


def test_a_list_is_of_a_genre_and_a_year_where_they_are_given(top: SmallStore) -> None:
    assert titles(top, genre="action") == ["Mixed", "Few Reviews"]
    assert titles(top, year=2013) == ["Loved", "Few Reviews"]
    assert titles(top, genre="Action", year=2013) == ["Few Reviews"]
    found = top.ask(queries.top_games, genre="action", year=2013)
    assert (found.genre, found.year) == ("Action", 2013)


def test_nothing_may_meet_the_conditions(top: SmallStore) -> None:
    assert titles(top, genre="Racing") == []
    assert titles(top, year=1999) == []


def test_without_any_review_there_are_no_gems(small_store: SmallStore) -> None:
    with small_store.fill() as data:
        data.game(1, "Unreviewed")
        data.game_stats(1, owners=3)
    found = small_store.ask(queries.top_games, TopBy.GEMS)
    assert (found.most_owners, found.games) == (0, ())


def test_ties_break_by_title(small_store: SmallStore) -> None:
    with small_store.fill() as data:
        for app_id, title in ((1, "B"), (2, "A"), (3, "C")):
            data.game(app_id, title)
            data.game_stats(app_id, minutes=60, **FEW)
    assert titles(small_store) == titles(small_store, TopBy.HOURS) == ["A", "B", "C"]


def test_no_more_than_the_limit(top: SmallStore) -> None:
    assert len(top.ask(queries.top_games, limit=2).games) == 2


def test_an_unknown_genre_and_an_unknown_order_are_refused(top: SmallStore) -> None:
    with pytest.raises(NotFound):
        top.ask(queries.top_games, genre="Cooking")
    with pytest.raises(ValueError, match="by must be one of"):
        top.ask(queries.top_games, "colour")


@pytest.mark.real_data
def test_sql_and_python_agree_on_every_game(real_store: Database) -> None:
    with real_store.reader() as session:
        games = queries.top_games(session, limit=10_000).games
    assert len(games) > 2500
    scores = [entry.score or 0 for entry in games]
    assert all(one >= other - 1e-12 for one, other in pairwise(scores))


def test_gems_go_by_steams_own_rating_where_the_store_page_has_it(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title, rated in (
            (1, "Rated by few", (95, 50)),
            (2, "Rated by many", (99, 90_000)),
            (3, "Not rated", None),
            (4, "Panned", (20, 40)),
        ):
            build.game(app_id, title)
            build.game_stats(app_id, owners=3, reviews=2, recommended=2)
            if rated is not None:
                build.store_page(app_id, rating_percent=rated[0], rating_count=rated[1])
    gems = small_store.ask(queries.top_games, "gems").games
    assert [entry.game.title for entry in gems] == ["Rated by few", "Not rated", "Panned"]


@pytest.fixture
def tagged(small_store: SmallStore) -> SmallStore:
    """Games with tags, prices, and what two store pages say of the Deck."""
    with small_store.fill() as data:
        data.game(1, "Mixed", year=2012, genres=("Action",))
        data.game_stats(1, owners=150, minutes=6000, **MIXED)
        data.game(2, "Loved", year=2013, genres=("Indie",))
        data.game_stats(2, owners=120, minutes=600, **LOVED)
        data.game(6, "Cosy Farm", year=2016, cents=999, genres=("Indie",), tags=("Farming", "Horror"))
        data.game_stats(6, owners=100, minutes=500, recommended=80, reviews=90)
        data.game(7, "Dark House", year=2015, cents=0, tags=("Horror",))
        data.game_stats(7, owners=90, minutes=400, recommended=70, reviews=80)
        data.store_page(6, deck_rating=DeckRating.VERIFIED)
        data.store_page(7, deck_rating=DeckRating.PLAYABLE)
    return small_store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(described=("Horror",)), ["Cosy Farm", "Dark House"]),
        (Filters(described=("terror",)), ["Cosy Farm", "Dark House"]),
        (Filters(described=("Indie", "Horror")), ["Cosy Farm"]),
        (Filters(described=("Horror",), without=("Indie",)), ["Dark House"]),
        (Filters(without=("Horror", "Action")), ["Loved"]),
        (Filters(released_since=2014, released_until=2015), ["Dark House"]),
        (Filters(max_price=10), ["Cosy Farm", "Dark House"]),
        (Filters(deck=DeckRating.PLAYABLE), ["Cosy Farm", "Dark House"]),
        (Filters(deck=DeckRating.VERIFIED), ["Cosy Farm"]),
    ],
)
def test_filters_keep_the_order_and_leave_out_the_rest(
    tagged: SmallStore, filters: Filters, expected: list[str]
) -> None:
    assert titles(tagged, filters=filters) == expected
    assert titles(tagged, filters=filters, limit=1, offset=1) == expected[1:2]


def test_where_no_page_speaks_of_the_deck_that_is_said_rather_than_an_empty_list(top: SmallStore) -> None:
    with pytest.raises(NoDeckRatings, match="do not know how games run on the Steam Deck"):
        titles(top, filters=Filters(deck=DeckRating.PLAYABLE))


def test_a_game_that_does_not_run_there_is_no_wish(tagged: SmallStore) -> None:
    with pytest.raises(WrongFilter, match="playable or verified"):
        titles(tagged, filters=Filters(deck=DeckRating.UNSUPPORTED))
