"""A faithful Discord on loopback, for trying a bot without a token and for testing it.

It knows nothing of the bot: any discord.py client can log in.

    async with LocalDiscord() as discord:
        app = discord.add_application("Example")
        guild = discord.add_guild("Sample server")
        discord.install(app, guild)
        with point_client(discord):
            ...  # start a client with app.token
            person = guild.add_member("Ana").open()
            await person.ready_commands()
            reply = await person.ask("/hello", name="Ana")
"""

from .client import point_client
from .driver import Person
from .driver_errors import (
    CommandNotFound,
    CommandNotPermitted,
    ComponentNotFound,
    DriverError,
    NothingHappened,
    WrongOption,
)
from .events import Event
from .reply import Choice, Followup, Modal, Reply
from .server import LocalDiscord

__all__ = [
    "Choice",
    "CommandNotFound",
    "CommandNotPermitted",
    "ComponentNotFound",
    "DriverError",
    "Event",
    "Followup",
    "LocalDiscord",
    "Modal",
    "NothingHappened",
    "Person",
    "Reply",
    "WrongOption",
    "point_client",
]
