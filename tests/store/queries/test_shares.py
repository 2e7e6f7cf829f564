"""Best and worst by share: with enough reviews, and nobody is both."""

import pytest

from store import NotFound
from store.queries.developers import best_games, recommended_of_developer
from store.queries.shares import FEWEST_CLEAR_REVIEWS, developer_shares, game_shares
from tests.store.builder import SmallStore

ENOUGH = FEWEST_CLEAR_REVIEWS


def fill(store: SmallStore, *games: tuple[str, int, int]) -> None:
    """Write games of one year, each by its title, how many like it, and how many pan it."""
    with store.fill() as build:
        for app_id, (title, liked, panned) in enumerate(games, start=1):
            build.game(app_id, title)
            build.game_reviews(app_id, 2014, positive=liked, liked=liked, negative=panned, panned=panned)
            build.developer_reviews(f"{title} Ltd", 2014, liked=liked, panned=panned)


def titles(entries: tuple[object, ...]) -> list[str]:
    return [entry.game.title for entry in entries]  # type: ignore[attr-defined]


def test_the_best_have_the_largest_shares_and_the_worst_the_smallest(small_store: SmallStore) -> None:
    fill(
        small_store,
        *(("Loved", 40, 0), ("Liked", 39, 1), ("Fine", 30, 10), ("So-so", 20, 20), ("Bad", 10, 30)),
        *(("Awful", 0, 40), ("Fans only", ENOUGH - 1, 0)),
    )
    found = small_store.ask(game_shares, 2014)
    assert titles(found.best) == ["Loved", "Liked", "Fine"]
    assert titles(found.worst) == ["Awful", "Bad"]
    developers = small_store.ask(developer_shares, 2014)
    assert [entry.developer for entry in developers.best] == ["Loved Ltd", "Liked Ltd", "Fine Ltd"]
    assert [entry.developer for entry in developers.worst] == ["Awful Ltd", "Bad Ltd"]
    assert developers.worst[0].reviews.share == 0


def test_what_nearly_all_like_is_not_among_the_worst(small_store: SmallStore) -> None:
    fill(small_store, ("Loved", 400, 2), ("Liked", 98, 1), ("Bad", 90, 10))
    assert titles(small_store.ask(game_shares, 2014).worst) == ["Bad"]


def test_nobody_is_both_however_few_there_are(small_store: SmallStore) -> None:
    fill(small_store, ("Good", 30, 10), ("Bad", 10, 30))
    found = small_store.ask(game_shares, 2014)
    assert (titles(found.best), titles(found.worst)) == (["Good"], ["Bad"])


def test_who_is_alone_is_neither(small_store: SmallStore) -> None:
    fill(small_store, ("Only", 30, 10))
    found = small_store.ask(game_shares, 2014)
    assert found.best == found.worst == ()


def test_a_year_without_reviews_is_not_found(small_store: SmallStore) -> None:
    fill(small_store, ("Only", 30, 10))
    with pytest.raises(NotFound):
        small_store.ask(game_shares, 2013)
    with pytest.raises(NotFound):
        small_store.ask(developer_shares, 2013)


def test_a_developers_best_games_go_by_reviews_and_then_by_owners(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title, reviews, recommended, owners in (
            (1, "Praised by many", 100, 90, 5),
            (2, "Praised by few", 3, 3, 5),
            (3, "Owned", 0, 0, 50),
            (4, "Unknown", 0, 0, 0),
        ):
            build.game(app_id, title, developers=("Valve",))
            build.game_stats(app_id, reviews=reviews, recommended=recommended, owners=owners)
    best = small_store.ask(best_games, "valve", 3)
    assert titles(best) == ["Praised by many", "Praised by few", "Owned"]
    share = small_store.ask(recommended_of_developer, "Valve")
    assert (share.recommended, share.reviews) == (93, 103)
