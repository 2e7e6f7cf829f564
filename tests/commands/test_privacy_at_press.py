"""Every button, menu and page turn looks again whether the player on show may still be shown."""

from collections.abc import Awaitable, Callable

import pytest
from discord import app_commands

from commands import registry
from commands.core.buttons import paged_games
from commands.core.buttons.did_you_mean import BUTTON_IDS
from commands.core.replies.card import Card
from commands.core.replies.embeds import PAGE_ROWS
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.suggestions.together import view as rounds
from localization.markdown import Markdown
from playground import Reply, SimulatedUser
from store import Database, user_data
from tests.bot.conftest import Serve
from tests.commands.suggestions.suggested import HIDE, LIKE, games, hide

PRIVATE = "are private: that player is linked to somebody else. If it is you, `/link` says so."

# Brings a reply about a player to where a component can be pressed, and returns how to press it.
Old = Callable[[SimulatedUser, list[str]], Awaitable[Callable[[], Awaitable[Reply]]]]


def button(label: str, *before: str) -> Old:
    async def prepare(person: SimulatedUser, players: list[str]) -> Callable[[], Awaitable[Reply]]:
        reply = await person.ask("/recommend", player=players[0])
        for pressed in before:
            reply = await person.click(reply, pressed)
        return lambda: person.click(reply, label)

    return prepare


def menu(opened_by: str, placeholder: str) -> Old:
    async def prepare(person: SimulatedUser, players: list[str]) -> Callable[[], Awaitable[Reply]]:
        reply = await person.ask("/recommend", player=players[0])
        first = games(reply)[0]
        await person.click(reply, opened_by)
        return lambda: person.select(reply, str(first), menu=placeholder)

    return prepare


async def undo(person: SimulatedUser, players: list[str]) -> Callable[[], Awaitable[Reply]]:
    reply = await person.ask("/recommend", player=players[0])
    reply = await hide(person, reply, games(reply)[0])
    return lambda: person.click(reply, "Undo")


async def back_to_the_player(person: SimulatedUser, players: list[str]) -> Callable[[], Awaitable[Reply]]:
    reply = await person.ask("/recommend", player=players[0])
    first = games(reply)[0]
    await person.click(reply, "More like this")
    reply = await person.select(reply, str(first), menu=LIKE)
    return lambda: person.click(reply, "Back")


async def of_a_group(person: SimulatedUser, players: list[str]) -> Callable[[], Awaitable[Reply]]:
    reply = await person.ask("/play-together", player1=players[1], player2=players[0])
    return lambda: person.click(reply, "Another 3")


COMPONENTS = {
    "games:another": button("Another 5"),
    "games:another of a group": of_a_group,
    "games:like": button("More like this"),
    "games:like-which": menu("More like this", LIKE),
    "games:hide": button("Not for me"),
    "games:hide-which": menu("Not for me", HIDE),
    "games:undo": undo,
    "games:back": button("Back", "Another 5"),
    "games:back to the player": back_to_the_player,
    "games:cancel": button("Cancel", "More like this"),
}
# Of one's own data, or of no player; the pages and a surprise have tests of their own.
OF_NO_PLAYER = {
    "surprise:another",
    "forget:yes",
    "forget:no",
    *paged_games.BUTTON_IDS,
    *paged_games.MENU_IDS,
    *rounds.BUTTON_IDS,  # tests/commands/suggestions/test_rounds.py
    "taste:paste",
    "refresh:stop",
    "library:fetch",
    "family:agree",
    "family:decline",
    *BUTTON_IDS,
}
PAGES = {"page:back", "page:on"}


def test_every_button_and_menu_is_tried() -> None:
    found = registry.collect()
    tried = {name.split(" ")[0] for name in COMPONENTS}
    assert {*found.button_ids, *found.menu_ids} == tried | OF_NO_PLAYER | PAGES


@pytest.mark.parametrize("component", COMPONENTS)
async def test_an_old_button_shows_no_more_of_a_player_who_became_private(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, players: list[str], component: str
) -> None:
    press = await COMPONENTS[component](ben, players)
    shown = ben.messages[-1].to_json()
    hidden = stored_by(own_store, ben)
    await person.ask("/link", player=players[0])
    refused = await press()
    assert refused.content.endswith(PRIVATE)
    assert refused.ephemeral
    assert [message.to_json() for message in ben.messages if message.id == int(shown["id"])] == [shown]
    assert stored_by(own_store, ben) == hidden


@pytest.mark.parametrize("component", COMPONENTS)
async def test_an_old_button_shows_no_more_once_nobody_can_tell_who_is_private(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database, players: list[str], component: str
) -> None:
    await person.ask("/link", player=players[2])
    press = await COMPONENTS[component](ben, players)
    shown = ben.messages[-1].to_json()
    for part in own_store.user_data_file.file.parent.glob(f"{own_store.user_data_file.file.name}*"):
        part.unlink()
    refused = await press()
    assert refused.content.startswith("No player is shown just now")
    assert [message.to_json() for message in ben.messages if message.id == int(shown["id"])] == [shown]


async def test_an_own_player_who_became_private_is_shown_no_further_in_public(
    person: SimulatedUser, players: list[str]
) -> None:
    for component, prepare in COMPONENTS.items():
        await person.ask("/link", player=players[0], sharing="public")
        press = await prepare(person, players)
        await person.ask("/link", player=players[0])
        refused = await press()
        assert refused.content.startswith("Your player is private now and this reply is not"), component


def stored_by(database: Database, person: SimulatedUser) -> frozenset[int]:
    with database.user_data.reader() as session:
        return user_data.hidden_games(session, person.user.id)


async def test_another_surprise_is_not_drawn_in_public_once_the_own_player_is_private(
    person: SimulatedUser, players: list[str]
) -> None:
    await person.ask("/link", player=players[0], sharing="public")
    reply = await person.ask("/surprise")
    assert not reply.ephemeral
    await person.ask("/link", player=players[0])
    before = reply.text
    refused = await person.click(reply, "Another one")
    assert refused.content.startswith("Your player is private now and this reply is not")
    assert reply.text == before


async def test_pages_about_a_player_who_became_private_are_not_turned(
    serve: Serve, own_store: Database, players: list[str]
) -> None:
    rows = tuple(Markdown(f"row {number}") for number in range(3 * PAGE_ROWS))

    @app_commands.command(description="Show pages about a player")
    async def pages(interaction: Interaction) -> None:
        await respond(
            Context.of(interaction),
            lambda _: players[0],
            lambda *_: Card(Markdown("Pages"), rows=rows),
            players=lambda player: [player],
        )

    served = await serve(own_store, prepare=lambda bot: bot.tree.add_command(pages))
    reply = await served.admin.ask("/pages")
    reply = await served.admin.click(reply, "Next")
    before = reply.text
    await served.member.ask("/link", player=players[0])
    refused = await served.admin.click(reply, "Next")
    assert refused.content.endswith(PRIVATE)
    assert reply.text == before
