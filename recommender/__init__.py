"""Learning item-item weights: `train` fills the neighbours table that every suggestion is read from."""

from recommender.model.ease import EaseSettings
from recommender.model.hybrid import ModelSettings as TrainSettings
from recommender.model.solvers import Solver
from recommender.training import TrainReport, train

__all__ = ["EaseSettings", "Solver", "TrainReport", "TrainSettings", "train"]
