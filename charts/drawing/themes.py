"""Colours. A picture has a background of its own, so that it reads on Discord's dark and on its light."""

from dataclasses import dataclass

from charts.specs import Tone


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

    def of(self, tone: Tone) -> str:
        """Return the colour that stands for `tone`."""
        return {
            Tone.ACCENT: self.accent,
            Tone.CONTRAST: self.contrast,
            Tone.POSITIVE: self.positive,
            Tone.NEUTRAL: self.neutral,
            Tone.NEGATIVE: self.negative,
        }[tone]


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
