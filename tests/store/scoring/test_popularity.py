"""A game is as well known as owners, reviews, Steam's ratings or its page show; a hidden gem is not."""

import numpy as np

from store.queries import Discovery
from store.scoring.discovery import reweight_by_popularity
from store.scoring.item_index import load_item_index
from store.scoring.popularity import Popularity, load_popularity
from store.scoring.scorer import SparseScores
from tests.store.builder import Builder, SmallStore

# So many tags as a page shows.
ALL_TAGS = tuple(f"Tag {number}" for number in range(20))
LITTLE_KNOWN = range(1, 31)
FAMOUS, OTHER, UNCOUNTED = 100, 101, 102


def of_little_known(build: Builder, *, owned: bool = True) -> None:
    """Add games that each are owned by one player of a hundred and reviewed once."""
    for app_id in LITTLE_KNOWN:
        build.game(app_id, f"Game {app_id}")
        build.game_stats(app_id, owners=owned, reviews=1, positive=1)
        build.weights(app_id, {}, popularity=0.01 if owned else 0.0)


def popularity_of(store: SmallStore) -> dict[int, tuple[float, bool]]:
    """Return each game's share to five places, and whether it is well known, by app id."""
    with store.database.reader() as session:
        games = load_item_index(session)
        found: Popularity = load_popularity(session, games)
    shares = (round(share, 5) for share in found.shares.tolist())
    told = zip(shares, found.is_well_known.tolist(), strict=True)
    return dict(zip(games.ids.tolist(), told, strict=True))


def test_what_most_people_own_is_well_known(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        of_little_known(build)
        build.game(FAMOUS, "Famous")
        build.weights(FAMOUS, {}, popularity=0.9)
    assert popularity_of(small_store)[FAMOUS] == (0.9, True)
    assert popularity_of(small_store)[1] == (0.01, False)


def test_of_a_game_that_no_library_lists_reviews_tell_how_many_know_it(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        of_little_known(build)
        build.game(FAMOUS, "Famous and Free")
        build.game_stats(FAMOUS, owners=0, reviews=40, positive=25, neutral=10, negative=5)
    assert popularity_of(small_store)[FAMOUS] == (0.4, True)


def test_ratings_on_steam_tell_how_many_know_a_game(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        of_little_known(build, owned=False)
        build.game(FAMOUS, "Famous")
        build.store_page(FAMOUS, rating_percent=90, rating_count=400_000)
        build.game(OTHER, "Other")
        build.store_page(OTHER, rating_percent=90, rating_count=4_000)
    found = popularity_of(small_store)
    assert found[FAMOUS] == (1.0, True)
    assert found[OTHER][0] == 0.01


def test_of_a_game_of_which_nothing_is_counted_the_tags_tell_whether_it_is_known(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        of_little_known(build)
        build.game(FAMOUS, "Newer than the Libraries", tags=ALL_TAGS)
        build.game(OTHER, "Little Tagged", tags=ALL_TAGS[:5])
        build.game(UNCOUNTED, "Owned by One", tags=ALL_TAGS)
        build.weights(UNCOUNTED, {}, popularity=0.01)
    found = popularity_of(small_store)
    assert [found[app_id][1] for app_id in (FAMOUS, OTHER, UNCOUNTED)] == [True, False, False]


def test_an_edition_is_as_well_known_as_the_game(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        of_little_known(build)
        build.game(FAMOUS, "Famous")
        build.game(OTHER, "Famous: Game of the Year Edition")
        build.weights(FAMOUS, {}, popularity=0.9)
    assert popularity_of(small_store)[OTHER] == (0.9, True)


def test_without_any_count_no_game_is_well_known(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(FAMOUS, "Famous", tags=ALL_TAGS)
        build.weights(FAMOUS, {}, popularity=0.0)
    assert popularity_of(small_store)[FAMOUS] == (0.0, False)


def test_a_hidden_gem_is_no_well_known_game_and_rather_one_that_few_know(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        of_little_known(build)
        build.game(FAMOUS, "Famous")
        build.weights(FAMOUS, {}, popularity=0.9)
        build.game(OTHER, "Unknown")
        build.weights(OTHER, {}, popularity=0.0)
    with small_store.database.reader() as session:
        games = load_item_index(session)
        scores = SparseScores(np.arange(len(games)), np.full(len(games), 0.5, np.float32))
        gems = reweight_by_popularity(session, games, scores, Discovery.HIDDEN_GEMS).values
    by_game = dict(zip(games.ids.tolist(), gems.tolist(), strict=True))
    assert by_game[FAMOUS] == 0
    assert by_game[OTHER] == max(by_game.values()) > by_game[1] > 0
