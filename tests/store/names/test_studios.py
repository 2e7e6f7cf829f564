"""What players call studios, and what is taken for each."""

import pytest

from store import NotFound
from store.errors import NotInData
from store.models import NameKind
from store.names import complete, understand
from store.names.search_key import search_key, squashed
from store.names.studios import studios
from tests.store.builder import SmallStore

DEVELOPER = NameKind.DEVELOPER

CALLED = {
    "CD PROJEKT RED": "cdpr, CDPR, cd projekt, cd project red",
    "FromSoftware, Inc": "fromsoft, from software, From Soft",
    "Rockstar Games": "rockstar",
    "Rockstar North": "rockstar north",
    "Bethesda Game Studios": "bethesda, bgs",
    "Telltale Games": "telltale",
    "The Creative Assembly": "creative assembly, ca",
    "tobyfox": "toby fox, tobyfox",
    "id Software": "idsoftware, id",
    "Valve": "gaben",
}


@pytest.fixture
def store(small_store: SmallStore) -> SmallStore:
    """A game of each studio."""
    with small_store.fill() as build:
        for app_id, developer in enumerate(CALLED, start=1):
            build.game(app_id, f"Game {app_id}", developers=(developer,))
    return small_store


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, texts in CALLED.items() for text in texts.split(", ")]
)
def test_what_players_call_a_studio_is_taken_without_a_word(store: SmallStore, text: str, name: str) -> None:
    understood = store.ask(understand, DEVELOPER, text)
    assert (understood.label, understood.guessed) == (name, False)
    assert store.ask(complete, DEVELOPER, text)[0].label == name


def test_the_beginning_of_a_nickname_completes(store: SmallStore) -> None:
    assert store.ask(complete, DEVELOPER, "cdp")[0].label == "CD PROJEKT RED"


def test_a_well_known_studio_that_the_data_lack_is_said_to_be_lacking(store: SmallStore) -> None:
    with pytest.raises(NotInData, match="“Riot Games” is not in these data"):
        store.ask(understand, DEVELOPER, "riot")
    with pytest.raises(NotFound) as caught:
        store.ask(understand, DEVELOPER, "nobody at all")
    assert not isinstance(caught.value, NotInData)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Capcom Co., Ltd.", "Capcom"),
        ("frozenbyte oy", "Frozenbyte, Inc."),
        ("FROZENBYTE", "Frozenbyte, Inc."),
        ("Valve Corp.", "Valve"),
    ],
)
def test_a_developer_is_found_by_any_legal_form(small_store: SmallStore, text: str, name: str) -> None:
    with small_store.fill() as build:
        for app_id, developer in enumerate(
            ("Capcom", "Frozenbyte, Inc.", "Valve", "Media Impact Co.,Ltd"), 1
        ):
            build.game(app_id, f"Game {app_id}", developers=(developer,))
    understood = small_store.ask(understand, DEVELOPER, text)
    assert (understood.label, understood.guessed) == (name, False)


def test_a_developer_that_has_the_word_is_not_passed_over_for_a_like_name(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, developer in enumerate(("AVE", "CAVE Interactive", "Cave Games"), start=1):
            build.game(app_id, f"Game {app_id}", developers=(developer,))
    with pytest.raises(NotFound) as caught:
        small_store.ask(understand, DEVELOPER, "cave")
    assert "AVE" not in caught.value.suggestions


def test_a_nickname_is_that_of_one_studio() -> None:
    nicknames = [squashed(search_key(said)) for studio in studios() for said in studio.also]
    assert sorted(nicknames) == sorted(set(nicknames))
