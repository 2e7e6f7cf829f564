"""Wilson's score interval: what a share is at least, given the number of cases it was seen in.

E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
Statistical Association 22 (1927), 209-212, https://doi.org/10.1080/01621459.1927.10502953.
"""

import math
from typing import Any

from sqlalchemy import ColumnElement, case, func

# The standard normal deviate of a two-sided interval of 95%.
Z = 1.959963984540054


def lower_bound(cases: int, total: int) -> float:
    """Return the lower end (0 to 1) of the 95% interval of a share seen as `cases` of `total`.

    It is that of Wilson's score interval. Of equal shares the one seen in more cases has the higher bound.

    Raises:
        ValueError: There is no case to go by.
    """
    if not 0 <= cases <= total or not total:
        raise ValueError(f"{cases} of {total} is not a share")
    if not cases:
        return 0.0  # which rounding would miss
    share = cases / total
    centre = share + Z**2 / (2 * total)
    spread = Z * math.sqrt(share * (1 - share) / total + (Z / (2 * total)) ** 2)
    return (centre - spread) / (1 + Z**2 / total)


def lower_bound_of(cases: ColumnElement[Any], total: ColumnElement[int]) -> ColumnElement[Any]:
    """Return the same as an SQL expression of two columns; rows without a case must be left out."""
    n = 1.0 * total
    share = cases / n
    centre = share + Z**2 / (2 * n)
    spread = Z * func.sqrt(share * (1 - share) / n + Z**2 / (4 * n * n))
    return case((cases == 0, 0.0), else_=(centre - spread) / (1 + Z**2 / n))
