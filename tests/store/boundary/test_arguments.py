"""What is passed to a query: taken where its meaning is plain, else refused by one sentence."""

import enum
import inspect
import itertools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from store import NotFound, StoreError, queries
from store.boundary.questions import question
from store.errors import WrongArgument, WrongFilter
from store.models import NameKind
from store.people.person import Person
from store.people.taste import Taste
from store.queries import Filters
from store.queries.groups import recommend_people
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

QUERIES: dict[str, Callable[..., object]] = {
    name: query for name in queries.__all__ if inspect.isfunction(query := getattr(queries, name))
} | {"recommend_people": recommend_people}


class Shouting(str):
    """Text that writes itself otherwise."""

    def __str__(self) -> str:
        return self.upper()

    def strip(self, chars: str | None = None) -> str:
        raise AssertionError


class Unspeakable:
    def __repr__(self) -> str:
        raise RuntimeError


class Colour(enum.Enum):
    RED = 1


# What names, numbers and everything else may turn out to be.
NAMES = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(), max_size=30).map(lambda text: f"{text}\ud800\x00"),
    st.sampled_from(
        [
            "",
            " ",
            "Portal 2",
            "portal",
            "620",
            "id:1",
            "ada",
            "76561197970982479",
            "x" * 20_000,
            "\x00",
            "ي" * 5000,
        ]
    ),
    st.sampled_from([Shouting("Portal"), np.str_("Portal"), Colour.RED, NameKind.GAME]),
)
NUMBERS = st.one_of(
    st.integers(),
    st.sampled_from([0, 1, -1, 2014, 2**63, 10**30, np.int64(2014), np.uint8(3), np.float32(2014)]),
    st.floats(),
    st.decimals(allow_nan=False),
    st.fractions(),
    st.booleans(),
    st.sampled_from(["2014", " 2014 ", "2014.0", "MMXIV", "-5", "9" * 40, np.bool_(True), 1j]),
)
ANYTHING = st.one_of(
    NAMES,
    NUMBERS,
    st.none(),
    st.binary(max_size=8),
    st.lists(NAMES | NUMBERS, max_size=9),
    st.dictionaries(st.integers() | st.floats() | st.text(max_size=5), NUMBERS, max_size=3),
    st.sampled_from(
        [object(), Unspeakable(), Ellipsis, int, np.array([1, 2]), np.array(["ada"]), {"ada", "bob"}]
    ),
    st.sampled_from([np.array(620), np.timedelta64(1, "D"), bytearray(b"ada"), range(3)]),
    st.builds(itertools.count),
)
FILTERS = st.builds(
    Filters,
    genre=ANYTHING,
    tag=ANYTHING,
    max_price=ANYTHING,
    free_only=ANYTHING,
    released_since=ANYTHING,
    exclude_early_access=ANYTHING,
    with_add_ons=ANYTHING,
    together_only=ANYTHING,
    without=ANYTHING,
    play_mode=ANYTHING,
    deck=ANYTHING,
    described=ANYTHING,
    released_until=ANYTHING,
)
TASTES = st.builds(Taste, liked=ANYTHING, disliked=ANYTHING)
PEOPLE = st.lists(
    st.builds(
        Person,
        name=NAMES,
        user_id=st.none() | ANYTHING,
        library=st.none() | ANYTHING,
        taste=TASTES | ANYTHING,
        borrows=ANYTHING,
    ),
    min_size=2,
    max_size=3,
)
WHOLE = {"filters": FILTERS, "taste": TASTES, "people": PEOPLE}


@pytest.fixture
def shop(small_store: SmallStore) -> SmallStore:
    with small_store.fill() as build:
        build.game(620, "Portal 2", year=2011, genres=("Action",), tags=("Puzzle",), developers=("Valve",))
        build.game(400, "Portal", year=2007, genres=("Action",), tags=("Puzzle",), developers=("Valve",))
        build.game(500, "Left 4 Dead", year=2008)
        build.weights(620, {400: 0.5, 500: 0.4})
        build.weights(400, {620: 0.3, 500: 0.2})
        build.released("Valve", 2011, 1)
        build.owns("ada", {620: 600})
        build.owns("bob", {400: 60})
        build.player("76561197970982479", steam_id="76561197970982479", items=3)
        build.game_reviews(620, 2014, positive=2, praised=2)
        build.game_stats(620, owners=1, players=1, minutes=600, reviews=2, recommended=2, positive=2)
    return small_store


def arguments(query: Callable[..., object]) -> list[str]:
    return list(inspect.signature(query).parameters)[1:]


@pytest.mark.parametrize("name", QUERIES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_passed_the_answer_is_a_result_or_a_documented_error(
    shop: SmallStore, name: str, data: st.DataObject
) -> None:
    query = QUERIES[name]
    passed = {
        argument: data.draw(WHOLE.get(argument, ANYTHING) | ANYTHING, label=argument)
        for argument in arguments(query)
    }
    try:
        shop.ask(query, **passed)
    except StoreError as error:
        sentence = str(error)
        assert sentence.isprintable(), "one line"
        assert sentence.endswith((".", "?"))
        assert len(sentence) < 600


@pytest.mark.parametrize("kind", NameKind)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), max_size=200))
@example("\ud83c\udfae")
@example("\x00")
@example("%_'\"; DROP TABLE names --")
def test_no_name_breaks_the_search(shop: SmallStore, kind: NameKind, text: str) -> None:
    assert len(shop.ask(queries.complete, kind, text, 3)) <= 3
    if kind is NameKind.PLAYER:
        try:
            shop.ask(queries.find_player, text)
        except NotFound as error:
            assert error.kind == "player"


def test_every_query_refuses_what_is_no_session() -> None:
    for query in QUERIES.values():
        with pytest.raises(WrongArgument, match="takes a session first"):
            query("Valve")


def test_an_argument_without_a_converter_is_a_defect_of_the_query() -> None:
    with pytest.raises(TypeError, match="are converted"):

        @question()
        def ask(session: Session, name: str) -> str:
            return name


@pytest.mark.parametrize(
    "steam_id",
    [76561197970982479, np.int64(76561197970982479), "76561197970982479", np.str_(" 76561197970982479 ")],
)
def test_an_id_may_be_a_number(shop: SmallStore, steam_id: Any) -> None:
    assert shop.ask(queries.userdata, steam_id).user_id == "76561197970982479"
    assert shop.ask(queries.find_player, steam_id) == "76561197970982479"


@pytest.mark.parametrize("year", [2014, "2014", " 2014 ", 2014.0, np.int16(2014), np.float64(2014)])
def test_a_year_may_be_text_or_a_whole_number_of_any_type(shop: SmallStore, year: Any) -> None:
    assert shop.ask(queries.sentiment_analysis, year).as_dict() == {
        "Negative": 0,
        "Neutral": 0,
        "Positive": 2,
    }


@pytest.mark.parametrize(
    "year", [True, 2014.5, float("nan"), None, b"2014", "last year", Fraction(2014), [2014]]
)
def test_what_is_no_year_is_named(shop: SmallStore, year: Any) -> None:
    with pytest.raises(WrongArgument, match="A year is a whole number such as 2014, not "):
        shop.ask(queries.sentiment_analysis, year)


@pytest.mark.parametrize("name", [True, 7656.5, None, b"ada", ["ada"], Unspeakable(), "x" * 10_001])
def test_what_is_no_name_is_named(shop: SmallStore, name: Any) -> None:
    with pytest.raises(WrongArgument, match="A name "):
        shop.ask(queries.userdata, name)


@pytest.mark.parametrize(
    "number",
    [10**5000, Decimal("sNaN"), Decimal("NaN"), float("inf")],
    ids=["huge", "sNaN", "NaN", "infinite"],
)
def test_what_can_hardly_be_written_is_refused_as_well(shop: SmallStore, number: Any) -> None:
    asked: tuple[tuple[Callable[..., object], dict[str, Any]], ...] = (
        (queries.sentiment_analysis, {"year": number}),
        (queries.recommend_game, {"game": 620, "limit": number}),
        (queries.recommend_game, {"game": 620, "filters": Filters(max_price=number)}),
    )
    for query, passed in asked:
        with pytest.raises(WrongArgument):
            shop.ask(query, **passed)


def test_text_is_itself_however_its_class_writes_it(shop: SmallStore) -> None:
    assert shop.ask(queries.game, Shouting("Portal")).game.title == "Portal"


def test_games_left_out_may_come_one_after_another(shop: SmallStore) -> None:
    left_out = (app_id for app_id in (400,))
    found = shop.ask(queries.recommend_game, 620, exclude=left_out)  # type: ignore[arg-type]
    assert found.as_dict() == ["Left 4 Dead"]


@pytest.mark.parametrize(
    "filters",
    [Filters(free_only="no"), Filters(max_price=Decimal("NaN")), Filters(together_only=1), "free"],  # type: ignore[arg-type]
)
def test_filters_that_make_no_sense_are_refused(shop: SmallStore, filters: Any) -> None:
    with pytest.raises(WrongFilter):
        shop.ask(queries.recommend_game, 620, filters=filters)


@pytest.mark.parametrize("price", [np.uint8(3), np.int8(3), np.float32(3), Fraction(3), Decimal(3), 3])
def test_an_amount_is_the_same_in_whichever_type_of_numbers(shop: SmallStore, price: Any) -> None:
    assert shop.ask(Filters(max_price=price).parameters)["most_cents"] == 300


@pytest.mark.parametrize("games", [np.array(620), itertools.count(), "620", 620, [620.5], None], ids=str)
def test_what_lists_no_games_is_refused_wherever_games_are_listed(shop: SmallStore, games: Any) -> None:
    person = Person("ada", user_id="ada")
    asked: tuple[tuple[Callable[..., object], dict[str, Any]], ...] = (
        (queries.recommend_game, {"game": 620, "exclude": games}),
        (queries.recommend_user, {"user_id": "ada", "taste": Taste(liked=games)}),
        (queries.recommend_user, {"user_id": "ada", "taste": Taste(disliked=games)}),
        (recommend_people, {"people": [person, Person("bob", borrows=games)]}),
        (recommend_people, {"people": [person, Person("bob", taste=Taste(liked=games))]}),
    )
    for query, passed in asked:
        with pytest.raises(WrongArgument, match="Steam app ids"):
            shop.ask(query, **passed)


def test_a_name_is_no_list_of_names(shop: SmallStore) -> None:
    with pytest.raises(WrongFilter, match="asked for by a list of their names"):
        shop.ask(queries.recommend_game, 620, filters=Filters(described="Action"))  # type: ignore[arg-type]


def test_a_game_that_is_named_twice_counts_once(shop: SmallStore) -> None:
    twice, singly = (
        shop.ask(queries.recommend_user, "ada", taste=Taste(liked=liked)) for liked in ((400, 400), (400,))
    )
    assert twice.as_dict() == singly.as_dict()


def test_a_kind_of_name_goes_by_its_name(shop: SmallStore) -> None:
    by_name = shop.ask(queries.complete, "game", "portal")  # type: ignore[arg-type]
    assert by_name == shop.ask(queries.complete, NameKind.GAME, "portal")


def test_a_wrong_argument_is_a_value_error_too(shop: SmallStore) -> None:
    with pytest.raises(ValueError, match="basis must be “reviewed” or “released”"):
        shop.ask(queries.best_developer_year, 2014, "sold")
