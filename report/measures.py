"""The statistics of the report."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Values = NDArray[np.float64]

_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Fences:
    """The quartiles of values, and what lies outside of Tukey's fences, 1.5 interquartile ranges beyond them.

    J. W. Tukey, Exploratory Data Analysis, 1977.
    """

    values: int
    lower_quartile: float
    upper_quartile: float
    lower: float
    upper: float
    below: int
    above: int
    highest: float


def fences(values: Values) -> Fences:
    """Return the fences of at least one value."""
    first, third = np.quantile(values, [0.25, 0.75])
    reach = 1.5 * (third - first)
    return Fences(
        values=len(values),
        lower_quartile=float(first),
        upper_quartile=float(third),
        lower=float(first - reach),
        upper=float(third + reach),
        below=int(np.count_nonzero(values < first - reach)),
        above=int(np.count_nonzero(values > third + reach)),
        highest=float(values.max()),
    )


def lorenz(values: Values) -> Values:
    """Return which share of the total the smallest 0, 1, 2, ... of the values hold, from 0 to 1.

    M. O. Lorenz, Methods of measuring the concentration of wealth, 1905. The total must not be 0.
    """
    summed = np.cumsum(np.sort(values))
    return np.concatenate([[0.0], summed / summed[-1]])


def gini(values: Values) -> float:
    """Return the Gini coefficient of values that are not negative: 0 if all are equal, near 1 if one has all.

    It is twice the area between the Lorenz curve and that of equal values.
    """
    curve = lorenz(values)
    return float(1 - (curve[1:] + curve[:-1]).sum() / len(values))


def top_share(values: Values, top: float) -> float:
    """Return which share of the total the largest `top` (0 to 1) of the values hold.

    How many these are is rounded up.
    """
    largest = int(np.ceil(top * len(values)))
    return float(np.sort(values)[len(values) - largest :].sum() / values.sum())


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rho of two variables, over the `rows` that have both; NaN if one of them does not vary."""

    one: str
    other: str
    rho: float
    rows: int


def spearman(frame: pd.DataFrame) -> tuple[Correlation, ...]:
    """Return the rank correlation of each pair of columns; equal values share the mean of their ranks.

    C. Spearman, The proof and measurement of association between two things, 1904.
    """
    known = frame.notna().to_numpy(np.int64)
    rows = known.T @ known
    rho = frame.corr(method="spearman", min_periods=_LEAST_ROWS).to_numpy(np.float64)
    names = [str(name) for name in frame.columns]
    return tuple(
        Correlation(names[one], names[other], float(rho[one, other]), int(rows[one, other]))
        for one in range(len(names))
        for other in range(one + 1, len(names))
    )


def rank_correlation(one: pd.Series, other: pd.Series) -> float:
    """Return Spearman's rho of two columns over the rows that have both.

    It is NaN where these are too few or do not vary.
    """
    both = pd.DataFrame({"one": one, "other": other}).dropna()
    if len(both) < _LEAST_ROWS or both["one"].nunique() < 2 or both["other"].nunique() < 2:
        return float("nan")
    return float(both["one"].corr(both["other"], method="spearman"))
