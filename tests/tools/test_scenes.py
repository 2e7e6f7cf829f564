"""The scenes of which pictures are taken can be played in both languages."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog

from tools.scenes import LOCALES, Person, Scene, outs_of, scenes, shots_of
from tools.sign_in_scenes import SCENES as SIGN_INS
from tools.update_locales import LOCALES as CATALOGUES
from tools.update_locales import read

SCENES = scenes(("First", "Second"))
PEOPLE: Final[Mapping[Person, int]] = {"member": 1, "admin": 2}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """All that the bot says in Spanish."""
    catalogue: Catalog = read(CATALOGUES / "es.po")
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_is_pressed_and_chosen_has_a_name_in_spanish(scene: Scene, known: set[str]) -> None:
    chosen = [words for act in scene.acts for line in act.lines for words in re.findall(r"\{(.+?)\}", line)]
    pressed = [label for act in scene.acts for label in act.presses if label.isascii() and label[0].isalpha()]
    assert {*chosen, *pressed} <= known


def test_every_scene_has_pictures_of_its_own_in_both_languages_and_widths() -> None:
    files = [
        out
        for scene in SCENES
        for locale in LOCALES
        for shot in shots_of(scene, locale, PEOPLE, Path())
        for out in shot.outs.values()
    ]
    of_sign_ins = [
        out
        for scene in SIGN_INS
        for locale in LOCALES
        for out in outs_of(scene.name, locale, Path()).values()
    ]
    everything = [*files, *of_sign_ins]
    assert len(everything) == len(set(everything)) == 4 * (len(SCENES) + len(SIGN_INS))


def test_only_the_end_of_a_scene_is_a_picture() -> None:
    scene = next(scene for scene in SCENES if len(scene.acts) > 1)
    *before, last = shots_of(scene, "es-ES", PEOPLE, Path())
    assert [dict(shot.outs) for shot in before] == [{}] * len(before)
    assert len(last.outs) == 2
