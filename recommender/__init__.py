"""Learning which games speak for which: `train` fills the neighbours table that every suggestion reads."""

from recommender.model.ease import EaseSettings
from recommender.model.hybrid import ModelSettings as TrainSettings
from recommender.training import TrainReport, train

__all__ = ["EaseSettings", "TrainReport", "TrainSettings", "train"]
