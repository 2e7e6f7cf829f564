"""The page of the local Steam says what it does."""

from pathlib import Path

import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.http.openid import OpenId
from playground.steam.http.routes import applications
from tools.steam_docs import FILE, render

TESTS = Path(__file__).parents[1] / "playground" / "steam"


def test_the_page_is_as_the_code_is() -> None:
    assert FILE.read_text(encoding="utf-8") == render(), "run `make docs`"


@pytest.mark.parametrize("mood", Mood)
def test_a_mood_has_a_name_a_source_and_a_test(mood: Mood) -> None:
    assert Mood.named(mood.word) is mood
    assert mood.value.what.endswith(".")
    assert mood.value.source
    assert any(f"Mood.{mood.name}" in file.read_text(encoding="utf-8") for file in TESTS.glob("test_*.py"))


def test_the_page_names_every_method() -> None:
    world = LocalSteam(games=50).world
    paths = {
        resource.canonical
        for resource in applications(world, OpenId(world))["api"].router.resources()
        if resource.canonical.endswith(("/v1", "/v2"))
    }
    page = FILE.read_text(encoding="utf-8")
    assert len(paths) == 14
    assert [path for path in paths if path.split("/", 2)[2] not in page] == []
