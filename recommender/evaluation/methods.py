"""The methods of the published table.

The settings of the peers and everything of ours were chosen on players that the seeds never test
(`never_tested`), by the same three splits of these.
"""

from functools import partial
from importlib.util import find_spec

from recommender.evaluation.own_methods import ours_as_served, ours_in_full
from recommender.evaluation.peers import implicit_models, simple
from recommender.evaluation.peers.base import Method
from recommender.model.hybrid import ModelSettings
from recommender.model.solvers import Solver
from store.scoring.scorer import ScoringWeights


def peers() -> tuple[Method, ...]:
    """Return the methods that ours is measured against; `implicit`'s only where it is installed."""
    methods = [
        Method("popularity", simple.popularity),
        Method("content cosine", simple.content_cosine),
        Method("item cosine", simple.item_cosine),
        Method("RP3beta", partial(simple.rp3beta, alpha=2.0, beta=0.4)),
        Method("EASE", partial(simple.plain_ease, ridge=30.0)),
        Method("EDLAE", partial(simple.edlae, ridge=20.0, dropout=0.1)),
    ]
    if find_spec("implicit"):
        methods += [
            Method("implicit ALS", implicit_models.als),
            Method("implicit BM25", partial(implicit_models.bm25, k1=1.2, b=0.25)),
            Method("implicit cosine", implicit_models.cosine),
        ]
    return tuple(methods)


def ours() -> tuple[Method, ...]:
    """Return our model in full and as served, by the exact solver and by neighbourhoods."""
    exact, by_neighbourhood = (ModelSettings(solver=solver) for solver in Solver)
    return (
        ours_in_full("Nextplay, full matrix", exact, ScoringWeights()),
        ours_as_served("Nextplay, as served", exact, ScoringWeights()),
        ours_as_served("Nextplay, neighbourhoods", by_neighbourhood, ScoringWeights()),
    )
