"""Measuring methods against one another on the same libraries, with the same hidden games, in one run."""

from recommender.evaluation.methods import ours, peers
from recommender.evaluation.named_games import evaluate_named, render_named
from recommender.evaluation.peers.base import Method
from recommender.evaluation.players import numbered_by_user_id
from recommender.evaluation.run import evaluate
from recommender.evaluation.similar_lists import render_similar_lists
from recommender.evaluation.split import never_tested
from recommender.evaluation.table import EvaluationTable, Measured

__all__ = [
    "EvaluationTable",
    "Measured",
    "Method",
    "evaluate",
    "evaluate_named",
    "never_tested",
    "numbered_by_user_id",
    "ours",
    "peers",
    "render_named",
    "render_similar_lists",
]
