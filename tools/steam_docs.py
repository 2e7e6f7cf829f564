"""Writes the story and the moods into the page of the local Steam, `docs/local-steam.md`, from the code.

`make docs` runs it. What stands before the story is written by hand.
"""

from collections.abc import Iterator
from pathlib import Path

from playground.steam import Mood, Step

FILE = Path(__file__).parents[1] / "docs" / "local-steam.md"

# From here on the page is written from the code.
_BEGINS = "## The story"


def main() -> None:
    """Write the page."""
    FILE.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the page as it should be."""
    by_hand, _, _ = FILE.read_text(encoding="utf-8").partition(_BEGINS)
    return by_hand + "\n".join([*_story(), "", *_moods(), ""])


def _story() -> Iterator[str]:
    yield f"{_BEGINS}\n"
    yield "| step | by itself on day | what happens |"
    yield "|---|---|---|"
    for step in Step:
        yield f"| `{step.word}` | {step.value.day} | {step.value.what} |"


def _moods() -> Iterator[str]:
    yield "## The moods\n"
    yield "What Steam is *always* is on from the start and can be switched off; the others last as they say."
    yield "In Python the names are in capitals: `Mood.TOO_MANY`.\n"
    yield "| mood | lasts | what Steam does | known from |"
    yield "|---|---|---|---|"
    for mood in Mood:
        yield f"| `{mood.word}` | {_lasts(mood)} | {mood.value.what} | {mood.value.source} |"


def _lasts(mood: Mood) -> str:
    if mood.value.steady:
        return "always"
    if mood.value.seconds:
        return f"{mood.value.seconds} seconds"
    return "one call" if mood.value.times == 1 else "until switched off"


if __name__ == "__main__":
    main()
