"""A finished picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """A PNG of 800 by 450 pixels; `alt` tells what it shows to those who cannot see it."""

    png: bytes
    alt: str
    filename: str
