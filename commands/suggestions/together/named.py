"""The people on Discord whom the asker names: chosen one by one, or mentioned in a text."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
import discord

from commands.core.replies.deferral import wait_or_defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.rounds import MOST_SEATS
from localization.markdown import Markdown, escape, shorten
from localization.translations import Translations

log = logging.getLogger(__name__)

# How a client writes somebody who is mentioned; the form with ! is of older ones.
_MENTION: Final = re.compile(r"<@!?([0-9]{1,19})>")
# Discord's ids have 63 bits.
_IDS: Final = range(1, 2**63)
_SEPARATORS: Final = ", \t\n"
_MOST_SHOWN: Final = 60
# Discord's codes for whoever is not on a server, and for an id that nobody has.
_NOT_HERE: Final = (10007, 10013)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody on Discord, with what a round asks of that.

    Attributes:
        id: The Discord id.
        is_bot: Whether it is a program; False, too, where Discord does not tell.
        is_member: Whether Discord says that the person is on the server where the round is.
    """

    id: int
    is_bot: bool = False
    is_member: bool = False

    @classmethod
    def of(cls, user: discord.User | discord.Member) -> "NamedPerson":
        """Return somebody whose data came with the command."""
        return cls(user.id, user.bot, isinstance(user, discord.Member))


def too_many(translations: Translations) -> CommandError:
    """Return the refusal of more people than can play together."""
    return CommandError(translations.gettext("Eight can play together at most, you among them."))


async def named_people(
    ctx: Context, chosen: Sequence[discord.User | discord.Member], mentions: str
) -> tuple[NamedPerson, ...]:
    """Return those who were chosen and those whom a text mentions, each once.

    Raises:
        CommandError: The text has something else than mentions, mentions more than can play, or somebody
            who is not on the server.
    """
    people = {user.id: NamedPerson.of(user) for user in chosen}
    others = [one for one in _mentioned(mentions, ctx.translations) if one not in people]
    if len(people) + len(others) > MOST_SEATS:
        raise too_many(ctx.translations)
    found = await wait_or_defer(ctx, _look_up_all(ctx, others), ephemeral=False) if others else ()
    return (*people.values(), *found)


def _mentioned(text: str, translations: Translations) -> Sequence[int]:
    """Return the Discord ids that a text mentions, each once. Raises CommandError for anything else in it."""
    ids = [int(found) for found in _MENTION.findall(text)]
    rest = _MENTION.sub(" ", text).strip(_SEPARATORS)
    if not all(found in _IDS for found in ids):
        rest = text
    if rest:
        raise CommandError(
            translations.gettext(
                "“{text}” mentions nobody; type @ and choose each friend from the list that Discord shows.",
                text=escape(shorten(rest, _MOST_SHOWN)),
            )
        )
    return tuple(dict.fromkeys(ids))


async def _look_up_all(ctx: Context, discord_ids: Sequence[int]) -> Sequence[NamedPerson]:
    return await asyncio.gather(*(_look_up(ctx, discord_id) for discord_id in discord_ids))


async def _look_up(ctx: Context, discord_id: int) -> NamedPerson:
    """Ask Discord whether somebody is on the server; where it does not tell, nobody is taken to be."""
    guild = ctx.interaction.guild
    if guild is None:
        return NamedPerson(discord_id)
    try:
        return NamedPerson.of(await guild.fetch_member(discord_id))
    except discord.NotFound as error:
        if error.code in _NOT_HERE:
            raise CommandError(
                ctx.translations.gettext(
                    "{person} is not on this server.", person=Markdown(f"<@{discord_id}>")
                )
            ) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.info("Discord does not tell about a member just now: %s", error)
    return NamedPerson(discord_id)
