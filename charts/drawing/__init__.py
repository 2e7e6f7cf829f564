"""From a spec to a PNG, with Matplotlib. Imported by the process that draws, not by the bot's own."""

from charts.drawing.draw import draw

__all__ = ["draw"]
