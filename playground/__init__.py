"""A faithful Discord on loopback, for trying a bot without a token and for testing it.

It knows nothing of the bot: any discord.py client can log in.

    async with LocalDiscord() as discord:
        app = discord.add_application("Example")
        guild = discord.add_guild("Sample server")
        discord.install(app, guild)
        with point_client(discord):
            ...  # start a client with app.token
            person = discord.person(guild.add_member("Ana"))
            await person.ready_commands()
            reply = await person.ask("/hello", name="Ana")
"""

from playground.client import point_client
from playground.person.driver import SimulatedUser
from playground.person.errors import (
    CommandNotFound,
    CommandNotPermitted,
    ComponentNotFound,
    DriverError,
    NothingHappened,
    WrongOption,
)
from playground.person.reply import Choice, Followup, Modal, Reply
from playground.server import LocalDiscord
from playground.world.events import Event

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
    "Reply",
    "SimulatedUser",
    "WrongOption",
    "point_client",
]
