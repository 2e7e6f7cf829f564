"""The sample's catalogue: well-known games with public facts, in families a person can read."""

from ingest.sample.catalogue.action import ACTION
from ingest.sample.catalogue.entry import Game
from ingest.sample.catalogue.extras import EXTRAS
from ingest.sample.catalogue.indie import INDIE
from ingest.sample.catalogue.online import ONLINE
from ingest.sample.catalogue.roleplaying import ROLEPLAYING
from ingest.sample.catalogue.shooters import SHOOTERS
from ingest.sample.catalogue.simulation import SIMULATION
from ingest.sample.catalogue.stories import STORIES
from ingest.sample.catalogue.strategy import STRATEGY

CATALOGUE: tuple[Game, ...] = (
    STORIES + SHOOTERS + ACTION + ROLEPLAYING + STRATEGY + SIMULATION + INDIE + ONLINE + EXTRAS
)

__all__ = ["CATALOGUE", "Game"]
