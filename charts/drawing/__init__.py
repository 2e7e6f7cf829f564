"""From a spec to a PNG, with Matplotlib. Imported by the process that draws, not by the bot's own."""

from charts.drawing.draw import draw
from charts.drawing.errors import NothingToDraw

__all__ = ["NothingToDraw", "draw"]
