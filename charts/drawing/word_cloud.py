"""Word clouds."""

from typing import Any

import numpy as np
import wordcloud

from charts.drawing.errors import NothingToDraw
from charts.drawing.figure import MARGIN, WIDTH, ChartFigure
from charts.drawing.fonts import file_for
from charts.specs import WordCloud

# The search for places takes time with every pixel, so it is done small and drawn larger.
_COARSE = 2
_SEED = 20


def draw_word_cloud(figure: ChartFigure, spec: WordCloud) -> None:
    """Fill the sheet below the head with the words, the heavier the larger; all lie level, to be read.

    One font writes them all, the one that can write most; words that it cannot write are left out.

    Raises:
        NothingToDraw: None can be written.
    """
    font, words = file_for((word.text, word.weight) for word in spec.words)
    if not words:
        raise NothingToDraw("No installed font writes any of the words of a word cloud.")
    colours = (figure.theme.accent, figure.theme.ink, figure.theme.contrast)
    places = {word: place for place, (word, _) in enumerate(words)}

    def colour_of(word: str, **_: Any) -> str:
        return colours[places[word] % len(colours)]

    cloud = wordcloud.WordCloud(
        font_path=font,
        width=(WIDTH - 2 * MARGIN) // _COARSE,
        height=int(figure.top - MARGIN) // _COARSE,
        scale=_COARSE * figure.scale,
        prefer_horizontal=1,
        min_font_size=figure.sizes.small // _COARSE,
        max_font_size=96 // _COARSE,
        relative_scaling=0.5,
        margin=2,
        background_color=figure.theme.background,
        color_func=colour_of,
        random_state=_SEED,
    )
    cloud.generate_from_frequencies(dict(words))
    image = np.asarray(cloud.to_image())
    figure.figure.figimage(image, round(MARGIN * figure.scale), round(MARGIN * figure.scale))
