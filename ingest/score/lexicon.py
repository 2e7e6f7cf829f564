"""The word lists that come with the installed package `vaderSentiment`; nothing is downloaded."""

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "vaderSentiment"


def lexicon_path(name: str = "vader_lexicon.txt") -> Path:
    """Return where an installed list is.

    Raises:
        FileNotFoundError: If the package that ships it is not installed.
    """
    package = find_spec(_PACKAGE)
    for folder in (package and package.submodule_search_locations) or ():
        if (file := Path(folder, name)).is_file():
            return file
    raise FileNotFoundError(f"The package {_PACKAGE}, which ships the lexicon, is not installed.")


def emoji_names() -> dict[str, str]:
    """Return what each emoji of one character shows, in words: {"😊": "smiling face with smiling eyes"}."""
    lines = lexicon_path("emoji_utf8_lexicon.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split("\t") for line in lines)
    return {emoji: name for emoji, name, *_ in entries if len(emoji) == 1}
