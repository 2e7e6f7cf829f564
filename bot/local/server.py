"""The bot on the loopback Discord: for trying it without a token, and for single questions."""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.client import NextplayBot
from bot.options import BotOptions
from bot.steam_options import SteamPeopleOptions
from commands.core.services.cooldowns import Cooldowns
from commands.core.services.refresher import Refresher
from playground import DriverError, LocalDiscord, Reply, SimulatedUser, point_client
from playground.person.commandline import CommandLine, parse
from playground.world.model import Guild, Member
from store import Database
from store.backup import copy_as_it_is
from store.database import UserDataServer
from store.user_data.transfer import copy_user_data

_ADMINISTRATOR = 1 << 3


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A Discord server on this machine where the bot answers a member, and an admin who owns the bot.

    `trial` is what the bot serves: the store, with user data that are thrown away at the end.
    """

    trial: Database
    discord: LocalDiscord
    guild: Guild
    member: SimulatedUser
    admin: SimulatedUser

    @property
    def people(self) -> list[Member]:
        """Everybody there, in the order in which a page offers them."""
        return [person.member for person in (self.member, self.admin) if person.member is not None]


@asynccontextmanager
async def local_server(
    database: Database,
    refresher: Refresher,
    *,
    port: int = 0,
    steam: SteamPeopleOptions | None = None,
) -> AsyncIterator[LocalServer]:
    """Start the loopback Discord on `port` and the real client against it, until the block is left.

    The people there never return: what they store goes into a copy of the user data, which goes at the end.

    Args:
        database: What the bot serves.
        refresher: What refreshes it when an admin asks.
        port: Where the loopback Discord listens; 0 is any port that is free.
        steam: How people's accounts are asked for; None not at all.

    Yields:
        The server, once the bot has registered its commands there.

    Raises:
        playground.DriverError: The bot does not come up.
    """
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        trial = _trial_of(database, Path(folder))
        async with LocalDiscord(port=port) as discord:
            owner = discord.world.add_user("Admin")
            application = discord.add_application("Nextplay", owner=owner)
            guild = discord.add_guild("Your server")
            discord.install(application, guild)
            server = LocalServer(
                trial,
                discord,
                guild,
                member=discord.person(guild.add_member("Member")),
                admin=discord.person(guild.add_member("Admin", permissions=_ADMINISTRATOR, user=owner)),
            )
            # This Discord starts empty each time, so commands synced to an earlier one do not count.
            options = BotOptions(
                sync_record=Path(folder) / "synced",
                cooldowns=Cooldowns.none(),
                steam=steam or SteamPeopleOptions(),
            )
            bot = NextplayBot(trial, refresher, options)
            with point_client(discord):
                async with bot:
                    running = asyncio.create_task(bot.start(application.token), name="bot")
                    await _until_ready(running, server.admin)
                    yield server
                await running
        trial.close()


async def _until_ready(running: asyncio.Task[None], person: SimulatedUser) -> None:
    """Wait until a person has the bot's commands. Raises what ends the bot before."""
    ready = asyncio.create_task(person.ready_commands(), name="ready")
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        ready.cancel()
        running.result()
    await ready


def _trial_of(database: Database, folder: Path) -> Database:
    """Return the same store with a copy of its user data in `folder`.

    Who is private in the store is so in the copy; where the user data are lost or damaged, so is the copy.

    Raises:
        DatabaseUnavailable: They are on a server and cannot be read there.
    """
    trial = database.for_trial(folder / "people.sqlite3")
    if isinstance(database.user_data, UserDataServer):
        copy_user_data(database.user_data, trial.user_data_file)
    elif database.user_data_file.file.is_file():
        copy_as_it_is(database.user_data_file, trial.user_data_file.file)
    trial.upgrade()
    return trial


# A refresh that has said nothing for longer is not waited for any more.
_LONGEST_SILENCE_SECONDS = 120.0


async def type_line(person: SimulatedUser, line: str) -> Reply:
    """Type a command line such as `/recommend game:Portal 2` as `person`, and wait for the answer.

    A line in another language that the commands have is that of the person from then on. People are named as
    a client shows them, such as `@Admin`. A refresh is waited for to its end: its reply has a button for as
    long as it is under way.

    Raises:
        playground.DriverError: Discord would not let the person send it; says why in one sentence.
    """
    typed = _read(person, line)
    options = {name: _with_mentions(person, value) for name, value in typed.options.items()}
    reply = await person.ask(typed.name, **options)
    while typed.name == "admin refresh" and reply.components:
        await reply.changed(_LONGEST_SILENCE_SECONDS)
    return reply


def asker_of(server: LocalServer, line: str) -> SimulatedUser:
    """Return who asks a line: the member, or the admin if the member does not have the command."""
    try:
        _read(server.member, line)
    except DriverError:
        return server.admin
    return server.member


def _with_mentions(person: SimulatedUser, text: str) -> str:
    """Return what a client makes of a typed text: the names of people after an @ are mentions."""
    guild = person.channel.guild
    for member in guild.members.values() if guild is not None else ():
        text = re.sub(
            rf"@{re.escape(member.nick or member.user.display_name)}\b",
            f"<@{member.id}>",
            text,
            flags=re.IGNORECASE,
        )
    return text


def _read(person: SimulatedUser, line: str) -> CommandLine:
    commands = list({offer.command["id"]: offer.command for offer in person.commands}.values())
    try:
        return parse(line, commands, locale=person.user.locale)
    except DriverError:
        named_in = {locale for command in commands for locale in command.get("name_localizations") or ()}
        for locale in sorted(named_in):
            try:
                typed = parse(line, commands, locale=locale)
            except DriverError:
                continue
            person.user.locale = locale
            return typed
        raise
