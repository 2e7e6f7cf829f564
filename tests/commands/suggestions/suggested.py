"""Asking for suggestions, and reading what a reply shows of them."""

import re

from playground import Reply, SimulatedUser
from store import Database, user_data

GAME = re.compile(r"^\*\*\d+\.\*\* \[(.+?)\]\(https://store\.steampowered\.com/app/(\d+)/\)", re.MULTILINE)
PLACE = re.compile(r"^\*\*(\d+)\.\*\* ", re.MULTILINE)
LIKE, HIDE = "More like which game?", "Which games are not for you?"
WAYS = ("game", "games", "player", "own", "group")


def games(reply: Reply) -> list[int]:
    """The app ids on show, in their order."""
    (embed,) = reply.embeds
    return [int(app_id) for _, app_id in GAME.findall(embed["description"])]


def places(reply: Reply) -> list[int]:
    """The places that the games on show have, in their order."""
    (embed,) = reply.embeds
    return [int(place) for place in PLACE.findall(embed["description"])]


def labels(reply: Reply) -> list[str]:
    """What can be pressed or opened."""
    return [
        part.get("label") or part["placeholder"] for row in reply.components for part in row["components"]
    ]


def hidden_from(store: Database, person: SimulatedUser) -> frozenset[int]:
    with store.user_data.reader() as session:
        return user_data.hidden_games(session, person.user.id)


async def hide(person: SimulatedUser, reply: Reply, *app_ids: int) -> Reply:
    await person.click(reply, "Not for me")
    return await person.select(reply, *map(str, app_ids), menu=HIDE)


async def ask(person: SimulatedUser, what: str, players: list[str], **options: object) -> Reply:
    """Ask for suggestions in one of the ways that there are."""
    if what == "own":
        await person.ask("/link", player=players[0])
        return await person.ask("/recommend", **options)
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "game": ("/recommend", {"game": "Portal 2"}),
        "games": ("/recommend", {"games": "Portal 2, Terraria"}),
        "player": ("/recommend", {"player": players[0]}),
        "group": ("/play-together", {"player1": players[0], "player2": players[1]}),
    }
    command, given = asked[what]
    return await person.ask(command, **given, **options)
