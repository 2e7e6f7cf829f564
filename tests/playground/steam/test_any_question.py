"""No question and no set of moods breaks the local Steam itself."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from playground.steam.people import ANA
from tests.playground.steam.conftest import Asker

METHODS = [
    "IStoreService/GetAppList/v1",
    "IStoreService/GetTagList/v1",
    "IStoreQueryService/Query/v1",
    "IStoreBrowseService/GetItems/v1",
    "IStoreBrowseService/GetStoreCategories/v1",
    "IStoreBrowseService/GetPriceStops/v1",
    "IUserReviewsService/GetAppReviews/v1",
    "IPlayerService/GetOwnedGames/v1",
    "IPlayerService/GetRecentlyPlayedGames/v1",
    "IWishlistService/GetWishlist/v1",
    "IWishlistService/GetWishlistItemCount/v1",
    "ISteamUser/ResolveVanityURL/v1",
    "ISteamUser/GetPlayerSummaries/v2",
    "ISteamUserStats/GetNumberOfCurrentPlayers/v1",
]
NAMES = [
    "appid", "appids", "appids_filter", "cc", "content_descriptors_excluded", "context", "count",
    "country_code", "cursor", "data_request", "date_range_end", "date_range_start", "day_range", "filter",
    "filters", "ids", "if_modified_since", "include_appinfo", "include_dlc", "include_tag_count",
    "languages", "last_appid", "max_results", "min_discount_percent", "num_per_page", "openid.mode",
    "openid.return_to", "parent_appids", "playtime_min_hours", "price_filters", "purchase_type", "query",
    "review_type", "start", "steamid", "steamids", "tagids", "tagids_exclude", "tagids_must_match",
    "type_filters", "vanityurl",
]  # fmt: skip
# What waits, cuts or refuses before anything is answered is of no use here.
OF_THE_NETWORK = {
    Mood.SLOW_BODY,
    Mood.CUT_OFF_BODY,
    Mood.SERVER_ERROR,
    Mood.UNAVAILABLE,
    Mood.TOO_MANY,
    Mood.TOO_MANY_NULL,
    Mood.TOO_MANY_RETRY_AFTER,
    Mood.REFUSED_FOR_MINUTES,
}
MOODS = st.sets(st.sampled_from([mood for mood in Mood if mood not in OF_THE_NETWORK]), max_size=6)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from([invented.TIDEWRIGHT, ANA]),
)
FIELDS = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=10,
)
QUESTIONS = st.dictionaries(st.sampled_from(NAMES), FIELDS, max_size=5)


@pytest.fixture(scope="module")
def shared() -> Iterator[Asker]:
    """Who asks one Steam in all examples; its limits are never reached."""
    with LocalSteam(games=60, pages_in_five_minutes=1_000_000) as steam, httpx.Client() as client:
        yield Asker(steam, client)


def ask(shared: Asker, address: str, parameters: dict[str, Any], moods: set[Mood]) -> httpx.Response:
    """Ask with moods on top of the steady ones, and some of those off."""
    steam = shared.steam
    steam.world.switches.clear()
    for mood in moods:
        if mood.value.steady:
            steam.world.switches.off(mood)
        else:
            steam.world.switches.on(mood)
    return shared.client.get(address, params=parameters, headers={"x-webapi-key": steam.key})


@given(method=st.sampled_from(METHODS), question=QUESTIONS, moods=MOODS)
def test_nested_questions(shared: Asker, method: str, question: dict[str, Any], moods: set[Mood]) -> None:
    asked = {"input_json": json.dumps(question)}
    answer = ask(shared, f"{shared.steam.api}/{method}/", asked, moods)
    assert answer.status_code in {200, 400, 404, 429}
    assert answer.status_code != 200 or "response" in answer.json()


@given(
    method=st.sampled_from(METHODS),
    question=st.dictionaries(
        st.builds(
            "{}{}".format, st.sampled_from(NAMES), st.sampled_from(["", "[0]", "[0][appid]", "[", "[]"])
        ),
        PLAIN.map(str),
        max_size=5,
    ),
    moods=MOODS,
)
def test_flat_questions(shared: Asker, method: str, question: dict[str, Any], moods: set[Mood]) -> None:
    answer = ask(shared, f"{shared.steam.api}/{method}/", question, moods)
    assert answer.status_code in {200, 400, 404, 429}
    assert answer.status_code != 200 or "response" in answer.json()


@given(
    path=st.sampled_from(["api/appdetails", "openid/login", "openid/login/choose", "avatars/x.png"]),
    question=st.dictionaries(st.sampled_from(NAMES), PLAIN.map(str), max_size=5),
    moods=MOODS,
)
def test_pages(shared: Asker, path: str, question: dict[str, Any], moods: set[Mood]) -> None:
    for host in (shared.steam.store, shared.steam.community, shared.steam.media):
        assert ask(shared, f"{host}/{path}", question, moods).status_code in {200, 302, 400, 404, 429}
