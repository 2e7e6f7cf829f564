"""What people stored lies in a file, and on a server."""

from tests.postgres import own_store

__all__ = ["own_store"]
