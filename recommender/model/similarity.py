"""How alike two games are: what `/recommend game:...` ranks by, unlike what one says of owning the other."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# What two games have in common that nothing describes. Without it, an undescribed game would be like none.
_UNDESCRIBED = 0.1


def alikeness(
    weights: NDArray[np.float32],
    common_owners: NDArray[np.float32],
    described: NDArray[np.float32],
    popularity: Numbers,
    played_share: Numbers,
) -> NDArray[np.float32]:
    """Return how alike a game is to others, one entry each; `described` is the cosine of their content.

    It is the cosine of their owners (but for a factor that is the same for all), times the root of the
    weight, which sees through what everybody owns, times what describes both, times how many of its owners
    play the other game. What nobody owns together with the game comes after what somebody does.
    """
    speaking = np.maximum(weights, 0).astype(np.float64)
    # Where there is no common owner, there may be no owner at all.
    cosine = common_owners / np.sqrt(np.where(common_owners > 0, popularity, 1))
    unowned_last = np.finfo(np.float32).eps * speaking
    alike = np.sqrt(speaking) * cosine * (described + _UNDESCRIBED) * played_share + unowned_last
    return np.asarray(alike, np.float32)
