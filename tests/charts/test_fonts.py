"""Names in any script: written by the fonts that are there, and said once where none is."""

import io
import logging
import warnings
from collections.abc import Iterator

import matplotlib
import msgspec
import pytest
from matplotlib.figure import Figure

from charts.drawing import NothingToDraw, draw, fonts
from charts.protocol import RenderRequest
from charts.specs import Word
from tests.charts.specs import rows, words

TITLES = {
    "Latin": "Pokémon Ñandú",
    "Cyrillic": "Метро 2033",
    "Thai": "เกมที่สนุก",
    "Arabic": "لعبة جديدة",
    "Hebrew": "משחק חדש",
    "Devanagari": "बहुत अच्छा खेल",
    "Chinese": "三国志",
    "Japanese": "ゼルダの伝説",
    "Korean": "배틀그라운드",
    "emoji": "🎮👍",
}


@pytest.fixture
def only_base_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nothing but Matplotlib's own font is installed."""
    monkeypatch.setattr(fonts, "_installed_families", lambda: (fonts.BASE,))
    for cached in (fonts._family_with, fonts._report):
        cached.cache_clear()
    yield
    for cached in (fonts._family_with, fonts._report):
        cached.cache_clear()


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_is_written_whole_where_its_fonts_are_installed(title: str) -> None:
    if missing := fonts.unwritable(title):
        pytest.skip(f"no font for {missing} is installed")
    with matplotlib.rc_context({"font.family": fonts.families_for(title)}), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = Figure()
        figure.text(0, 0.5, title)
        figure.savefig(io.BytesIO(), format="png")


@pytest.mark.usefixtures("only_base_font")
def test_without_its_font_a_title_is_drawn_all_the_same_and_the_log_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        assert draw(RenderRequest(rows("สนุกมาก"))).startswith(b"\x89PNG")
    assert [record.getMessage() for record in caplog.records] == [
        "No installed font has all of Thai, so boxes are drawn; docs/deployment.md names fonts."
    ]


@pytest.mark.usefixtures("only_base_font")
def test_a_cloud_of_words_that_no_font_writes_is_not_drawn() -> None:
    with pytest.raises(NothingToDraw):
        draw(RenderRequest(msgspec.structs.replace(words(), words=(Word("สนุก", 3),))))
