"""Learning which games speak for which: `train` fills the neighbours table that every suggestion reads."""

from recommender.training import TrainReport, TrainSettings, train

__all__ = ["TrainReport", "TrainSettings", "train"]
