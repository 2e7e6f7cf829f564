"""The card of a list says what the games are ranked by."""

from commands.top.card import Listed, top_games
from localization.translations import Translations
from store.queries import Filters
from store.results import StorePage, TopBy, TopGame, TopGames
from tests.commands.test_cards import PORTAL

TEXTS = Translations()
PAGE = StorePage(rating_percent=97, rating_count=3_000)


def line(by: TopBy, page: StorePage | None, *, reviews: int = 0, owners: int = 0) -> str:
    entry = TopGame(1, PORTAL, owners, None, reviews, reviews, None)
    listed = Listed(TopGames(by, None, None, (entry,)), {} if page is None else {PORTAL.id: page})
    return top_games(listed, Filters(), TEXTS).rows[0].partition(")\xa0· ")[2]


def test_a_hidden_gem_is_shown_with_steams_own_rating_that_it_is_ranked_by() -> None:
    assert line(TopBy.GEMS, PAGE) == "97%\xa0of\xa03,000\xa0reviews on Steam"
    assert (
        line(TopBy.GEMS, PAGE, reviews=4, owners=2)
        == "97%\xa0of\xa03,000\xa0reviews on Steam\xa0· 2\xa0players"
    )


def test_one_without_it_is_shown_with_the_reviews_of_the_data() -> None:
    for page in (None, StorePage(), StorePage(rating_percent=97, rating_count=0)):
        assert line(TopBy.GEMS, page, reviews=4) == "4\xa0of\xa04\xa0reviews"
