"""What a process that refreshes a store has loaded before it is started: all imports, and the lexicon."""

import recommender  # noqa: F401
from ingest.score.scorer import score_all
from tests.bot.faults import refreshes  # noqa: F401

score_all([("Warm.", None)])
