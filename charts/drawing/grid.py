"""Tables with coloured fields."""

from matplotlib.colors import to_hex, to_rgb

from charts.drawing.canvas import MARGIN, WIDTH, Canvas
from charts.drawing.themes import Theme
from charts.specs import Grid

_MOST_LABEL = 260
# The strongest field is mixed with this much of the background, so that its words stay readable.
_STRONGEST = 0.55


def draw_grid(canvas: Canvas, spec: Grid) -> None:
    """Draw the heads of rows and columns, and every field with its words."""
    labels = min(max(canvas.width(row, canvas.type.small) for row in spec.rows), _MOST_LABEL)
    left = MARGIN + labels + 12
    width = (WIDTH - MARGIN - left) / len(spec.columns)
    top = canvas.top - canvas.type.small - 10
    height = (top - MARGIN) / len(spec.rows)
    for place, column in enumerate(spec.columns):
        canvas.write(
            left + width * (place + 0.5),
            top + 8,
            canvas.fit(column, width - 6, canvas.type.small),
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="center",
        )
    for line, (row, cells) in enumerate(zip(spec.rows, spec.cells, strict=True)):
        bottom = top - height * (line + 1)
        middle = bottom + height / 2
        canvas.write(
            left - 12,
            middle,
            canvas.fit(row, labels, canvas.type.small),
            size=canvas.type.small,
            align="right",
            stand="center",
        )
        for place, cell in enumerate(cells):
            x = left + width * place
            canvas.box(x + 1, bottom + 1, width - 2, height - 2, field_colour(canvas.theme, cell.strength))
            canvas.write(
                x + width / 2,
                middle,
                canvas.fit(cell.text, width - 6, canvas.type.body),
                align="center",
                stand="center",
            )


def field_colour(theme: Theme, strength: float) -> str:
    """Return the background tinted towards positive or negative, by a strength from -1 to 1."""
    target = to_rgb(theme.positive if strength >= 0 else theme.negative)
    share = min(abs(strength), 1) * _STRONGEST
    red, green, blue = (
        share * colour + (1 - share) * ground
        for colour, ground in zip(target, to_rgb(theme.background), strict=True)
    )
    return to_hex((red, green, blue))
