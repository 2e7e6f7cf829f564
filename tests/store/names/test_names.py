"""Finding things by what people type."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store import Database, NotFound, queries
from store.dialect import rebuild_name_search
from store.models import GameKind, Name, NameKind
from store.names import complete, resolve, resolve_players, search_key
from tests.copies import NewStore
from tests.store.builder import SmallStore

GAME, DEVELOPER, GENRE, PLAYER = NameKind.GAME, NameKind.DEVELOPER, NameKind.GENRE, NameKind.PLAYER
ANY_TEXT = st.text(st.characters())  # halves of surrogate pairs and NUL included
PLAYERS = (("ada", "76561197960265729"), ("Bob", None), ("id:7", None), ("Zoë", None), ("zoë", None))

HOSTILE = [
    "",
    " ",
    '"',
    "'; DROP TABLE names; --",
    "%",
    "_",
    "*",
    '"portal" OR "dead"',
    "NEAR(portal dead, 5)",
    "key:portal",
    "port^al AND NOT (",
    "\0",
    "portal\0 2",
    "\ud800",
    "\U0010ffff",
    "x" * 6000,
    "portal " * 900,
    "😀" * 50,
    "9" * 400,
    "-1",
    "1e9",
    "٦٢٠",
    "id:1",
    "id:99999999999999999999",
]


@pytest.fixture(scope="module")
def store(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStore]:
    """A shelf of well-known games, ranked by how many own them, add-ons last. Read only."""
    database = new_store(tmp_path_factory.mktemp("names") / "nextplay.sqlite3")
    small = SmallStore(database)
    with small.fill() as build:
        for app_id, title in (
            (240, "Counter-Strike: Source"),
            (550, "Left 4 Dead 2"),
            (220, "Half-Life 2"),
            (72850, "The Elder Scrolls V: Skyrim"),
            (620, "Portal 2"),
            (400, "Portal"),
            (500, "Left 4 Dead™"),
            (8930, "Sid Meier's Civilization® V"),
            (4500, "S.T.A.L.K.E.R.: Shadow of Chernobyl"),
            (374320, "DARK SOULS™ III"),
            (242820, "140"),
            (637870, "Slice&Dice"),
            (682340, "Slice&Dice"),
            (570940, "東方紅輝心"),
            (1000, "Two Worlds " * 12 + "II"),
        ):
            build.game(app_id, title, year=2017 if app_id == 637870 else None)
            build.game_stats(app_id, owners=0 if title.startswith("Two") else 500)
        for app_id, title in (
            (323180, "Portal 2 Soundtrack"),
            (16870, "Civilization V - Babylon (Nebuchadnezzar II)"),
            (99920, "Civilization V - Cradle of Civilization"),
            (202480, "Skyrim: High Resolution Texture Pack"),
        ):
            build.game(app_id, title, kind=GameKind.DLC)
        for name in ("Valve", "Ubisoft", "Ubisoft Montreal", "id:2", "Studio " * 30):
            build.developer(name)
        for name in ("Action", "Adventure", "Design & Illustration"):
            build.genre(name)
        for user_id in ("76561198035864385", "76561198035864386", "evcentric", "EVCENTRIC_2"):
            build.player(user_id)
    yield small
    database.close()


def labels(store: SmallStore, kind: NameKind, text: str, limit: int = 25) -> list[str]:
    return [choice.label for choice in store.ask(complete, kind, text, limit)]


@pytest.mark.parametrize(
    ("asked", "app_id"),
    [
        ("620", 620),
        ("https://store.steampowered.com/app/620/Portal_2/", 620),
        ("store.steampowered.com/app/620", 620),
        ("140", 242820),
        ("Portal 2", 620),
        ("  pORTAL 2 ", 620),
        ("Portal", 400),
        ("stalker shadow of chernobyl", 4500),
        ("counter strike sou", 240),
        ("chernobyl", 4500),
        ("dark souls 3", 374320),
        ("counterstrike source", 240),
        ("portl 2", 620),
        ("counter strke source", 240),
        ("left4dead", 500),
        ("東方紅輝心", 570940),
    ],
)
def test_free_text_finds_the_game_that_is_meant(store: SmallStore, asked: str, app_id: int) -> None:
    assert store.ask(resolve, GAME, asked) == app_id


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("left 4", {"Left 4 Dead 2", "Left 4 Dead™"}),
        ("civilization v babylon", {"Civilization V - Babylon (Nebuchadnezzar II)"}),
        ("two worlds two", {"Two Worlds " * 11 + "Two Worlds II"}),
        ("Half-Life 3", {"Half-Life 2"}),
        ("skirim", {"The Elder Scrolls V: Skyrim"}),
    ],
)
def test_what_could_be_several_is_asked_back(store: SmallStore, asked: str, suggested: set[str]) -> None:
    with pytest.raises(NotFound) as caught:
        store.ask(resolve, GAME, asked)
    assert caught.value.asked == asked
    assert set(caught.value.suggestions) >= suggested
    assert len(caught.value.suggestions) <= 5


def test_what_resembles_nothing_has_no_suggestions(store: SmallStore) -> None:
    with pytest.raises(NotFound) as caught:
        store.ask(resolve, GAME, "qwzxvkj")
    assert caught.value.suggestions == ()


def test_a_question_is_quoted_on_one_short_line(store: SmallStore) -> None:
    with pytest.raises(NotFound) as caught:
        store.ask(resolve, GAME, "one\ntwo\0" + "x" * 6000)
    assert caught.value.asked.startswith("one two xxx")
    assert len(caught.value.asked) <= 80


def test_of_two_games_of_one_title_the_higher_ranked_is_meant(store: SmallStore) -> None:
    assert store.ask(resolve, GAME, "slice & dice") == 637870


def test_names_come_exact_then_by_prefix_then_by_word_then_misspelt(store: SmallStore) -> None:
    assert labels(store, GAME, "portal") == ["Portal", "Portal 2", "Portal 2 Soundtrack"]
    assert labels(store, GAME, "dead")[:2] == ["Left 4 Dead 2", "Left 4 Dead™"]
    assert labels(store, GAME, "skyrim") == [
        "The Elder Scrolls V: Skyrim",
        "Skyrim: High Resolution Texture Pack",
    ]
    assert labels(store, GAME, "portel 2")[0] == "Portal 2"
    assert labels(store, DEVELOPER, "ubi") == ["Ubisoft", "Ubisoft Montreal"]


def test_a_base_game_comes_before_add_ons_whose_titles_begin_with_the_text(store: SmallStore) -> None:
    assert labels(store, GAME, "civilization v")[0] == "Sid Meier's Civilization® V"


def test_two_characters_of_chinese_are_found_within_a_title(store: SmallStore) -> None:
    assert labels(store, GAME, "輝心") == ["東方紅輝心"]


def test_without_text_the_highest_ranked_are_offered(store: SmallStore) -> None:
    assert labels(store, GAME, " ", limit=2) == ["Counter-Strike: Source", "Left 4 Dead 2"]


def test_games_of_one_title_are_told_apart(store: SmallStore) -> None:
    choices = store.ask(complete, GAME, "slice")
    assert [(choice.label, choice.notes) for choice in choices] == [
        ("Slice&Dice", ("2017", "", "app 637870")),
        ("Slice&Dice", ("", "", "app 682340")),
    ]


def test_what_nothing_is_called_like_needs_no_note(store: SmallStore) -> None:
    assert [choice.notes for choice in store.ask(complete, GAME, "portal")] == [(), (), ()]


def test_the_digits_of_steam_ids_are_completed_but_never_corrected(store: SmallStore) -> None:
    assert labels(store, PLAYER, "7656119803586438") == ["76561198035864385", "76561198035864386"]
    assert labels(store, PLAYER, "76561198035864387") == []


@pytest.mark.parametrize("kind", NameKind)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_or_something_but_never_fails(
    store: SmallStore, kind: NameKind, text: str
) -> None:
    assert_answers(store, kind, text)


@settings(max_examples=150)
@given(kind=st.sampled_from(NameKind), text=ANY_TEXT)
@example(GAME, "a\u0300.\u0300")
def test_any_text_finds_nothing_or_something_but_never_fails(
    store: SmallStore, kind: NameKind, text: str
) -> None:
    assert_answers(store, kind, text)


def assert_answers(store: SmallStore, kind: NameKind, text: str) -> None:
    choices = store.ask(complete, kind, text)
    assert len({choice.value for choice in choices}) == len(choices) <= 25
    for choice in choices:
        assert choice.label
        assert 1 <= len(choice.short_value) <= 12
    try:
        store.ask(resolve, kind, text)
    except NotFound as error:
        assert len(error.suggestions) <= 5


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kind=st.sampled_from([DEVELOPER, GENRE, PLAYER]),
    names=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=150).map(str.strip),
        min_size=1,
        max_size=6,
        unique=True,
    ),
)
@example(kind=DEVELOPER, names=["Studio", "STUDIO", "studio!", "id:3", "x" * 101, "ł" * 150])
def test_every_choice_resolves_to_exactly_the_thing_it_names(
    empty_store: Database, kind: NameKind, names: list[str]
) -> None:
    names = [name for name in names if name]
    with empty_store.writer() as session, session.begin_nested() as trial:
        for place, name in enumerate(names):
            name_id = Name.make_id(kind, place + 1)
            session.add(Name(id=name_id, kind=kind, key=search_key(name), label=name, rank=place))
        session.flush()
        rebuild_name_search(session.connection())
        for place, name in enumerate(names):
            found = {resolve(session, kind, choice.value) for choice in complete(session, kind, name)}
            assert place + 1 in found
        choices = complete(session, kind, "")
        assert [resolve(session, kind, choice.value) for choice in choices] == [
            place + 1 for place in range(len(names))
        ]
        assert [resolve(session, kind, choice.short_value) for choice in choices] == [
            place + 1 for place in range(len(names))
        ]
        trial.rollback()


def test_every_game_on_offer_resolves_to_itself(store: SmallStore) -> None:
    for choice in store.ask(complete, GAME, ""):
        assert store.ask(resolve, GAME, choice.value) == int(choice.value)
        assert store.ask(queries.game, choice.value).game.id == int(choice.value)


def test_several_players_are_found_as_each_by_itself(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        ids = [build.player(name, steam_id=steam_id) for name, steam_id in PLAYERS]
    texts = ["ada", " BOB ", "76561197960265729", "id:3", "Zoë", "zoë"]
    assert small_store.ask(resolve_players, texts) == [ids[0], ids[1], ids[0], ids[2], ids[3], ids[4]]
    assert [small_store.ask(resolve, PLAYER, text) for text in texts] == small_store.ask(
        resolve_players, texts
    )


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != "id:1"])
def test_a_player_whom_nobody_is_called_is_told_among_others(small_store: SmallStore, text: str) -> None:
    with small_store.fill() as build:
        build.player("ada")
    with pytest.raises(NotFound) as caught:
        small_store.ask(resolve_players, ["ada", text, "nobody"])
    assert caught.value.asked != "nobody"
