"""For whom a game is, as far as nudity and sexual content go."""

from collections.abc import Collection, Sequence

from store.models import Maturity

# Steam's content descriptors (https://partner.steamgames.com/doc/gettingstarted/contentsurvey): 3 is sexual
# content for adults only, 4 frequent nudity or sexual content. The others (1 some nudity, 2 violence, 5
# mature) are on most of the best known games.
_ADULTS_ONLY, _EXPLICIT = 3, 4
_TELLING_TAGS = frozenset({"sexual content", "nudity", "hentai", "nsfw"})
# Further down, players gave the tag to games in which there is some somewhere.
_FIRST_TAGS = 5


def maturity_by(descriptors: Collection[int]) -> Maturity:
    """Return the maturity by Steam's content descriptors."""
    if _ADULTS_ONLY in descriptors:
        return Maturity.ADULTS_ONLY
    return Maturity.EXPLICIT if _EXPLICIT in descriptors else Maturity.GENERAL


def maturity_of(tags: Sequence[str]) -> Maturity:
    """Return the maturity by tags, the most voted first, of a game whose descriptors are not known."""
    first = {tag.casefold() for tag in tags[:_FIRST_TAGS]}
    return Maturity.GENERAL if first.isdisjoint(_TELLING_TAGS) else Maturity.EXPLICIT
