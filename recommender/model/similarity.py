"""How similar two games are: what a list of similar games ranks by, unlike the weight of one to the other."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# The content cosine of two games that nothing describes. Without it, an undescribed game would be like none.
_UNDESCRIBED = 0.1


def similarity(
    weights: NDArray[np.float32],
    common_owners: NDArray[np.float32],
    content_cosine: NDArray[np.float32],
    popularity: Numbers,
    played_share: Numbers,
) -> NDArray[np.float32]:
    """Return how similar one game is to each of others.

    It is the cosine of their owners (but for a factor that is the same for all), times the root of the
    weight, which discounts what everybody owns, times the cosine of their content, times the share of the
    other game's owners who play it. What nobody owns together with the game comes after what somebody does.

    Args:
        weights: The weights of the game to the others, shape (others,); so are the rest.
        common_owners: How many players own both.
        content_cosine: The cosine of their content.
        popularity: The share of all players who own the other game.
        played_share: The share of the other game's owners who play it.
    """
    positive = np.maximum(weights, 0).astype(np.float64)
    # Where there is no common owner, there may be no owner at all.
    owner_cosine = common_owners / np.sqrt(np.where(common_owners > 0, popularity, 1))
    unowned_last = np.finfo(np.float32).eps * positive
    similar = np.sqrt(positive) * owner_cosine * (content_cosine + _UNDESCRIBED) * played_share
    return np.asarray(similar + unowned_last, np.float32)
