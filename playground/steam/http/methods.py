"""A method of the Web API, as the families of endpoints declare them."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from playground.steam.http.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name with interface and version, what answers it, and whether it needs a key."""

    name: str
    answer: Callable[[Parameters], web.Response]
    needs_key: bool = False
    version: int = 1
