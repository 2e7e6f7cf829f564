"""Colours and type. A chart has a background of its own, to be read on Discord's dark and on its light."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.specs import ColourRole


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb. Blue and orange, not green and red, tell good from bad to the colour-blind too."""

    background: str
    ink: str
    muted: str
    grid: str
    accent: str
    contrast: str
    positive: str
    neutral: str
    negative: str

    def colour(self, role: ColourRole) -> str:
        """Return the colour that stands for `role`."""
        return {
            ColourRole.ACCENT: self.accent,
            ColourRole.CONTRAST: self.contrast,
            ColourRole.POSITIVE: self.positive,
            ColourRole.NEUTRAL: self.neutral,
            ColourRole.NEGATIVE: self.negative,
        }[role]


THEMES = {
    "dark": Theme(
        background="#1a2330",
        ink="#f1f5f9",
        muted="#b3c0cf",
        grid="#3a4759",
        accent="#66c0f4",
        contrast="#f2b84b",
        positive="#56aef0",
        neutral="#8796a8",
        negative="#f08a4b",
    ),
    "light": Theme(
        background="#ffffff",
        ink="#141c26",
        muted="#4c5a6b",
        grid="#d8dfe7",
        accent="#1b6fae",
        contrast="#a86400",
        positive="#1f74c4",
        neutral="#76859a",
        negative="#c04f0e",
    ),
}


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes of type in units; a long title may shrink to `least_title`."""

    title: int
    least_title: int
    body: int
    small: int


# Discord on a phone shows a chart about 290 pixels wide, so that type must read at a third of its size.
TYPE_SIZES = {"phone": TypeSizes(35, 28, 26, 25), "page": TypeSizes(30, 24, 22, 20)}

_POINTS_PER_UNIT = 72 / 100


def points(units: float) -> float:
    """Return a size of type or a width of a line in points, which Matplotlib measures them in."""
    return units * _POINTS_PER_UNIT


def rc_params(theme: Theme, sizes: TypeSizes, families: Sequence[str]) -> dict[Any, Any]:
    """Return Matplotlib's settings for a chart whose texts are written with fonts of `families`."""
    small = points(sizes.small)
    return {
        "figure.facecolor": theme.background,
        "font.family": list(families),
        "font.size": points(sizes.body),
        "text.color": theme.ink,
        # A dollar sign is a dollar sign, and no formula.
        "text.parse_math": False,
        "axes.facecolor": "none",
        "axes.axisbelow": True,
        "axes.labelcolor": theme.muted,
        "axes.labelsize": small,
        **{f"axes.spines.{side}": False for side in ("left", "right", "top", "bottom")},
        "axes.xmargin": 0.01,
        "grid.color": theme.grid,
        "grid.linewidth": points(1),
        "legend.frameon": False,
        "legend.fontsize": small,
        "legend.borderpad": 0,
        "legend.borderaxespad": 0,
        "legend.handleheight": 0.8,
        "legend.handletextpad": 0.4,
        "legend.columnspacing": 1.2,
        "lines.linewidth": 2.5,
        **{
            f"{axis}tick.{name}": value
            for axis in "xy"
            for name, value in {
                "labelsize": small,
                "labelcolor": theme.muted,
                "major.size": 0,
                "major.pad": points(9),
            }.items()
        },
    }
