"""From a spec to a PNG: whatever the words, the chart is whole, legible and the same each time."""

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from charts.drawing import draw
from charts.drawing.heatmap import field_colour
from charts.drawing.style import THEMES, Theme
from charts.protocol import RenderRequest, decode, encode
from charts.specs import ColourRole, Spec
from tests.charts.specs import bars, grid, lines, one_of_each, rows, words

pytestmark = pytest.mark.slow

KINDS = (bars(), rows(), lines(), grid(), words())
SCRIPTS = {
    "latin": "Café Ñandú ﬁn",
    "cyrillic": "Метро 2033",
    "greek": "Αθήνα",
    "arabic": "لعبة جديدة",
    "hebrew": "משחק חדש",
    "thai": "เกมที่สนุก",
    "devanagari": "खेल",
    "chinese": "三国志 信长之野望",
    "japanese": "ゼルダの伝説",
    "korean": "배틀그라운드",
    "emoji": "🎮👨‍👩‍👧 ❤️",
    "never assigned": "\u0378\U000e1234\ue000",
    "right-to-left override": "abc\u202edef\u200b\u200f",
    "combining": "Z̷̢̛a̸l̵g̶o̷",
    "formula": r"$\frac{1}{2}$ $x_1^2$ \alpha $",
    "braces": "{0} {name} %s %(x)s",
    "long": "W" * 300,
}


def pixels(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def assert_nothing_runs_off(png: bytes, theme: Theme) -> None:
    """What leaves the sheet, or nearly so, would cross its outermost pixels."""
    image = pixels(png)
    ground = [int(theme.background[place : place + 2], 16) for place in (1, 3, 5)]
    edge = np.concatenate([image[:4].reshape(-1, 3), image[-4:].reshape(-1, 3)])
    edge = np.concatenate([edge, image[:, :4].reshape(-1, 3), image[:, -4:].reshape(-1, 3)])
    assert (edge == ground).all()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: type(spec).__name__)
def test_every_kind_is_drawn_at_its_size_and_in_its_margins(spec: Spec, theme: str) -> None:
    png = draw(RenderRequest(spec, theme))

    assert Image.open(io.BytesIO(png)).size == (800, 450)
    assert_nothing_runs_off(png, THEMES[theme])
    assert draw(RenderRequest(spec, theme)) == png


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: type(spec).__name__)
def test_a_larger_scale_shows_the_same_with_more_pixels(spec: Spec) -> None:
    small = Image.open(io.BytesIO(draw(RenderRequest(spec)))).convert("RGB")
    large = Image.open(io.BytesIO(draw(RenderRequest(spec, scale=2)))).convert("RGB")

    assert large.size == (1600, 900)
    if spec is not KINDS[-1]:  # a cloud finds other places for its words at another size of letters
        difference = np.abs(np.asarray(large.resize(small.size), float) - np.asarray(small, float))
        assert difference.mean() < 4


# Warnings are errors here, those for missing glyphs too.
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_names_of_any_script_stay_on_the_sheet(text: str) -> None:
    for spec in one_of_each(text):
        assert_nothing_runs_off(draw(RenderRequest(spec)), THEMES["dark"])


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example(";\u08d3")  # a mark that another font than its sign's has
@example("\r")  # a control character that fonts map
def test_no_text_makes_drawing_fail_or_warn(text: str) -> None:
    for spec in one_of_each(text):
        assert draw(RenderRequest(spec)).startswith(b"\x89PNG")


def test_a_dollar_sign_is_no_formula() -> None:
    assert draw(RenderRequest(rows("$x_1$"))) != draw(RenderRequest(rows("x₁")))


@pytest.mark.parametrize("count", [1, 2, 15, 80])
def test_few_or_many_bars_fit(count: int) -> None:
    years = tuple(str(1971 + place) for place in range(count))
    for labels in (years, (*years, "?")):
        assert_nothing_runs_off(draw(RenderRequest(bars(labels=labels))), THEMES["dark"])


def test_a_higher_value_is_a_longer_bar() -> None:
    accent = [int(THEMES["dark"].accent[place : place + 2], 16) for place in (1, 3, 5)]
    is_bar = (pixels(draw(RenderRequest(rows(count=4)))) == accent).all(axis=2)

    lengths = [int(line.sum()) for line in is_bar if line.any()]

    assert sorted(set(lengths), reverse=True) == list(dict.fromkeys(lengths))
    assert len(set(lengths)) == 3  # the fourth is 0


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_keep_the_contrast_that_wcag_asks_for(theme: Theme) -> None:
    assert contrast(theme.ink, theme.background) >= 7
    assert contrast(theme.muted, theme.background) >= 4.5
    for word_colour in (theme.accent, theme.contrast):  # the words of a cloud
        assert contrast(word_colour, theme.background) >= 4.5
    for role in ColourRole:
        assert contrast(theme.colour(role), theme.background) >= 3
    for strength in (-1, -0.5, 0, 0.5, 1):
        assert contrast(theme.ink, field_colour(theme, strength)) >= 4.5


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: type(spec).__name__)
def test_a_request_crosses_to_another_process_unchanged(spec: Spec) -> None:
    request = RenderRequest(spec, "light", 1.5)

    assert decode(encode(request)) == request
