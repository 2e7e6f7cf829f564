"""The frame of a plot: a grid with its labels, around the rectangle that the data fill."""

from dataclasses import dataclass

from charts.drawing.canvas import MARGIN, WIDTH, Canvas
from charts.specs import Tick

# The gap between a frame and the labels under it, and the margin under those.
LABEL_GAP = 8
_FOOT = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle of the data, in units."""

    x: float
    y: float
    width: float
    height: float


def frame_with_rules(
    canvas: Canvas,
    ticks: tuple[Tick, ...],
    shares: tuple[float, ...],
    *,
    y_title: str = "",
    with_x_title: bool = False,
) -> Frame:
    """Draw a rule for each tick, at its share (0 to 1) of the height, and return the room that is left.

    Under the frame there is room for the labels of the other axis, and for its title if it has one.
    """
    labels = max((canvas.width(tick.label, canvas.type.small) for tick in ticks), default=0)
    x = MARGIN + (canvas.type.small + 10 if y_title else 0) + labels + 10
    bottom = _FOOT + canvas.type.small + (canvas.type.small + 8 if with_x_title else 0) + LABEL_GAP
    frame = Frame(x, bottom, WIDTH - MARGIN - x, canvas.top - bottom - canvas.type.small / 2)
    for tick, share in zip(ticks, shares, strict=True):
        y = frame.y + share * frame.height
        canvas.rule(frame.x, y, frame.x + frame.width, y)
        canvas.write(
            frame.x - 10,
            y,
            tick.label,
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="right",
            stand="center",
        )
    if y_title:
        room = frame.height + 2 * canvas.type.small
        canvas.write(
            MARGIN - 6,
            frame.y + frame.height / 2,
            canvas.fit(y_title, room, canvas.type.small),
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="left",
            stand="center",
            turned=True,
        )
    return frame


def write_x_title(canvas: Canvas, frame: Frame, title: str) -> None:
    """Write what the horizontal axis is, below its labels."""
    if title:
        canvas.write(
            frame.x + frame.width / 2,
            _FOOT + 3,
            canvas.fit(title, frame.width, canvas.type.small),
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="center",
        )
