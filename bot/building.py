"""What only building a store needs, which an installation that serves a published one leaves out."""

from importlib.util import find_spec

from store import NextplayError

# The modules; `[dependency-groups] serve` in pyproject.toml is the rest.
LIBRARIES = ("jinja2", "nltk", "pandas", "py3langid", "scipy", "sklearn", "threadpoolctl", "vaderSentiment")


class OnlyServes(NextplayError):
    """The installation lacks what building a store takes."""


def require_building() -> None:
    """Refuse what an installation that only serves cannot do.

    Raises:
        OnlyServes: It lacks the libraries.
    """
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise OnlyServes(
            f"This installation of Nextplay only serves a published store ({', '.join(missing)} missing);"
            " do this where the store is built, or install Nextplay with all of its dependencies."
        )
