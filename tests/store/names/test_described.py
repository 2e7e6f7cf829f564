"""Genres and tags by one name, in the languages that the store has."""

import pytest

from store import NotFound, queries
from store.errors import NotInData
from store.models import NameKind
from store.names import (
    complete,
    complete_descriptions,
    understand_description,
    understand_descriptions,
)
from store.names.vocabulary import in_language
from store.queries import Filters
from tests.store.builder import SmallStore

GENRE, TAG = NameKind.GENRE, NameKind.TAG


@pytest.fixture
def described(small_store: SmallStore) -> SmallStore:
    """Some games with genres and tags."""
    with small_store.fill() as build:
        tags = ("Action", "Horror", "RTS", "FPS", "Co-op", "Singleplayer", "Zombies", "Survival Horror")
        build.game(620, "Portal 2", genres=("Action",), tags=("Co-op", "Singleplayer"))
        build.game(550, "Left 4 Dead 2", genres=("Action",), tags=("Co-op", "Zombies", "FPS"))
        build.game(1, "Nothing", genres=("Massively Multiplayer", "Strategy", "Sports", "RPG"), tags=tags)
    return small_store


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("acción", GENRE, "Action"),
        ("ACCION", GENRE, "Action"),
        ("mmo", GENRE, "Massively Multiplayer"),
        ("rol", GENRE, "RPG"),
        ("estrategia", GENRE, "Strategy"),
        ("rts", TAG, "RTS"),
        ("real time strategy", TAG, "RTS"),
        ("fps", TAG, "FPS"),
        ("Horror", TAG, "Horror"),
        ("terror", TAG, "Horror"),
        ("zombis", TAG, "Zombies"),
        ("coop", TAG, "Co-op"),
        ("cooperativo", TAG, "Co-op"),
        ("género:acción", GENRE, "Action"),
        ("tag: fps", TAG, "FPS"),
        ("un jugador", TAG, "Singleplayer"),
        ("juegos de terror", TAG, "Horror"),
        ("horror games", TAG, "Horror"),
        ("juego de rol", GENRE, "RPG"),
        ("Zombie game", TAG, "Zombies"),
        ("videojuegos de zombis", TAG, "Zombies"),
        ("first person shooters", TAG, "FPS"),
        ("juegos con zombis", TAG, "Zombies"),
        ("para un jugador", TAG, "Singleplayer"),
        ("deporte", GENRE, "Sports"),
        ("zombi", TAG, "Zombies"),
    ],
)
def test_a_genre_tag_or_way_to_play_is_taken_in_either_language(
    described: SmallStore, text: str, kind: NameKind, name: str
) -> None:
    found = described.ask(understand_description, text)
    assert (found.kind, found.label, found.guessed) == (kind, name, False)


@pytest.mark.parametrize(
    ("tags", "name"), [(("Difficult",), "Difficult"), (("Difficult", "Souls-like"), "Souls-like")]
)
def test_an_older_tag_stands_in_for_a_younger_one_that_the_data_lack(
    small_store: SmallStore, tags: tuple[str, ...], name: str
) -> None:
    with small_store.fill() as build:
        build.game(1, "Hard", tags=tags)
        build.game(2, "Harder", tags=tags[:1])
    for text in ("soulslike", "souls-like", "souls", "juegos souls like"):
        found = small_store.ask(understand_description, text)
        assert (found.label, found.guessed) == (name, name == "Difficult")


def test_a_known_tag_that_the_data_lack_is_said_to_be_lacking(described: SmallStore) -> None:
    with pytest.raises(NotInData) as caught:
        described.ask(understand_description, "battle royal")
    assert (caught.value.title, caught.value.kind) == ("Battle Royale", "genre or tag")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("coop horror", ("Co-op", "Horror")),
        ("horror and zombies", ("Horror", "Zombies")),
        ("juegos de rol con zombis", ("RPG", "Zombies")),
        ("horror games", ("Horror",)),
    ],
)
def test_several_may_be_said_in_a_row(described: SmallStore, text: str, names: tuple[str, ...]) -> None:
    assert tuple(one.label for one in described.ask(understand_descriptions, text)) == names


def test_what_is_said_in_a_row_with_anything_else_is_not_found(described: SmallStore) -> None:
    with pytest.raises(NotFound):
        described.ask(understand_descriptions, "horror flibbertigibbet")


def test_a_part_of_one_name_alone_is_a_guess(described: SmallStore) -> None:
    found = described.ask(understand_description, "zomb")
    assert (found.label, found.guessed) == ("Zombies", True)


def test_what_is_neither_has_the_closest_of_both(described: SmallStore) -> None:
    with pytest.raises(NotFound) as caught:
        described.ask(understand_description, "actoin")
    assert caught.value.kind == "genre or tag"
    assert "Action" in caught.value.suggestions


def test_what_is_both_is_offered_once(described: SmallStore) -> None:
    labels = [choice.label for choice in described.ask(complete_descriptions, "acc")]
    assert labels == ["Action"]


def test_every_choice_is_what_it_names(described: SmallStore) -> None:
    for choice in described.ask(complete_descriptions, ""):
        for value in (choice.value, choice.short_value):
            assert described.ask(understand_description, value).label == choice.label


def test_what_is_named_is_suggested_before_what_is_like_it(described: SmallStore) -> None:
    labels = [choice.label for choice in described.ask(complete_descriptions, "rts")]
    assert labels[0] == "RTS"
    assert [choice.label for choice in described.ask(complete_descriptions, "zombies")] == ["Zombies"]


def test_a_spanish_name_completes(described: SmallStore) -> None:
    assert [choice.label for choice in described.ask(complete, TAG, "terr")] == ["Horror", "Survival Horror"]


def test_a_name_without_translation_stays(described: SmallStore) -> None:
    assert in_language("Action", "es") == "Acción"
    assert in_language("Action", "de") == "Action"
    assert in_language("Moonlight", "es") == "Moonlight"


def test_a_game_has_all_that_is_asked_for(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(400, "Portal")
        build.game(620, "Portal 2", genres=("Action",), tags=("Co-op",))
        build.game(550, "Left 4 Dead 2", genres=("Action",), tags=("Co-op", "Zombies"))
        build.weights(400, {620: 0.5, 550: 0.4})
        build.weights(620, {400: 0.5})
        build.weights(550, {400: 0.5})

    def found(*names: str) -> set[int]:
        answer = small_store.ask(queries.recommend_game, "400", filters=Filters(described=names))
        return {entry.game.id for entry in answer}

    assert found("acción") == found("action", "coop") == {620, 550}
    assert found("action", "coop", "zombis") == {550}
