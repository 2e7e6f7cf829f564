"""A game for adults is shown only in age-restricted channels, whatever is asked and however it is named."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from playground import SimulatedUser
from playground.person.reply import Reply
from store import Database
from store.models import Game, GameKind, GameStats, Maturity
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, Command, commands


@pytest.fixture
def adult(own_store: Database) -> frozenset[str]:
    """The titles of the games for adults: every other one, so that all lists would be full of them."""
    with own_store.writer() as session:
        known = session.execute(
            select(Game.id, Game.title)
            .join(GameStats, GameStats.game_id == Game.id)
            .where(Game.kind == GameKind.GAME, Game.title.is_not(None))
            .order_by(GameStats.owners.desc(), Game.id)
        ).all()
        others = [str(title) for _, title in known[1::2]]
        titles = {app: str(title) for app, title in known[::2] if not _is_part_of_another(str(title), others)}
        session.execute(update(Game).where(Game.id.in_(titles)).values(maturity=Maturity.EXPLICIT))
    return frozenset(titles.values())


def _is_part_of_another(title: str, others: list[str]) -> bool:
    return any(title in other for other in others)


def shown(reply: Reply, titles: frozenset[str]) -> set[str]:
    """Return which of the titles stand anywhere in a reply."""
    return {title for title in titles if title in reply.text}


def places(reply: Reply) -> list[str]:
    """Return the numbers of the places of a list."""
    return re.findall(r"\*\*(\d+)\.\*\*", reply.text)


def askings(served: Served, adult: frozenset[str]) -> Iterator[tuple[Command, dict[str, object]]]:
    """Every command, as help has it, and of each option that names a game one for adults."""
    asking = Asking(served)
    for command in commands(served):
        if (command.root_parent or command).name in ("admin", "settings", "forget-me", "unlink"):
            continue
        yield command, asking.example(command)
        for option in command.parameters:
            if option.name in ("game", "games", "first", "second", "name"):
                yield command, asking.required(command) | {option.name: min(adult)}


async def test_no_reply_in_an_ordinary_channel_names_one(
    serve: Serve, own_store: Database, adult: frozenset[str]
) -> None:
    served = await serve(own_store)
    for command, options in askings(served, adult):
        reply = await served.member.slash(command.qualified_name, **options)
        assert not reply.failed
        # A refusal repeats what was typed, and no more.
        typed = {str(value) for value in options.values()} if not reply.embeds else set()
        assert shown(reply, adult) <= typed, f"/{command.qualified_name} {options}"


async def test_an_age_restricted_channel_shows_them(
    serve: Serve, own_store: Database, adult: frozenset[str]
) -> None:
    served = await serve(own_store)
    reply = await _in_restricted_channel(served).ask("/top")
    assert shown(reply, adult)


async def test_admins_may_hide_them_there_too(
    serve: Serve, own_store: Database, adult: frozenset[str]
) -> None:
    served = await serve(own_store)
    reply = await served.admin.ask("/settings adult-games", hidden=True)
    assert "no channel" in reply.text
    assert not shown(await _in_restricted_channel(served).ask("/top"), adult)


async def test_lists_are_as_long_without_them(
    serve: Serve, own_store: Database, adult: frozenset[str]
) -> None:
    served = await serve(own_store)
    everyone = await served.member.ask("/top")
    adults = await _in_restricted_channel(served).ask("/top")
    assert len(places(everyone)) == len(places(adults)) == 20


async def test_nothing_that_is_suggested_while_typing_is_one(
    serve: Serve, own_store: Database, adult: frozenset[str]
) -> None:
    served = await serve(own_store)
    for title in sorted(adult)[:20]:
        for typed in (title, title[:5]):
            choices = await served.member.autocomplete("/game", "name", typed)
            assert adult.isdisjoint(choice.name for choice in choices)


def _in_restricted_channel(served: Served) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    channel = guild.add_channel("after-dark", nsfw=True)
    return served.discord.person(guild.members[served.member.user.id], channel)
