"""Figures as the specification writes them."""


def percent_text(percent: float) -> str:
    """Write 33.333 as '33.33%' and 50.0 as '50%'."""
    return f"{round(percent, 2):g}%"
