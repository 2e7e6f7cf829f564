"""Each optimisation of docs/optimisations.md can be switched off in the code as it stands."""

import pytest

from benchmarks.ablation import ingest, questions, serving, training
from benchmarks.ablation.variants import Optimisation

OPTIMISATIONS = [
    optimisation for module in (ingest, questions, serving, training) for optimisation in module.OPTIMISATIONS
]


@pytest.mark.parametrize("optimisation", OPTIMISATIONS, ids=lambda optimisation: optimisation.name)
def test_an_optimisation_is_switched_off_where_it_is(optimisation: Optimisation) -> None:
    with optimisation.off():
        pass
