"""A Steam on loopback, for trying and testing what reads the real one: `docs/local-steam.md`.

with LocalSteam(games=500) as steam:
    steam.api, steam.store, steam.community, steam.media  # base addresses
    steam.world.advance(days=1)                           # a night, and what happened in the store
    with steam.mood(Mood.TOO_MANY_RETRY_AFTER, method="GetItems"):
        ...
    steam.world.calls.of("GetItems")                      # how politely it was asked
"""

from playground.steam.calls import Call
from playground.steam.moods import Mood
from playground.steam.server import LocalSteam
from playground.steam.story import Step
from playground.steam.world import World

__all__ = ["Call", "LocalSteam", "Mood", "Step", "World"]
