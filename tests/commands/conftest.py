"""Commands are tested as people meet them: through a bot that is served on a loopback Discord."""

from tests.bot.conftest import ben, empty_store, own_store, person, players, serve, served

__all__ = ["ben", "empty_store", "own_store", "person", "players", "serve", "served"]
