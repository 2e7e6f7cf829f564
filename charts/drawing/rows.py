"""Bars that lie."""

from charts.drawing.canvas import MARGIN, WIDTH, Canvas
from charts.specs import Rows

_MOST_LABEL = 300
_LEAST_BAR = 3
_GAP = 12


def draw_rows(canvas: Canvas, spec: Rows) -> None:
    """Draw a bar for each row between its label and its text, all to the same scale from 0."""
    labels = min(max(canvas.width(row.label, canvas.type.body) for row in spec.rows), _MOST_LABEL)
    texts = max(canvas.width(row.text, canvas.type.body) for row in spec.rows)
    left = MARGIN + labels + _GAP
    room = WIDTH - MARGIN - texts - _GAP - left
    pitch = min((canvas.top - MARGIN) / len(spec.rows), 2.4 * canvas.type.body)
    most = max(row.value for row in spec.rows) or 1
    for place, row in enumerate(spec.rows):
        middle = canvas.top - pitch * (place + 0.5)
        length = max(room * row.value / most, _LEAST_BAR) if row.value else 0
        canvas.write(
            left - _GAP,
            middle,
            canvas.fit(row.label, labels, canvas.type.body),
            align="right",
            stand="center",
        )
        canvas.box(left, middle - pitch * 0.33, length, pitch * 0.66, canvas.theme.of(spec.tone))
        canvas.write(left + length + _GAP, middle, row.text, colour=canvas.theme.muted, stand="center")
