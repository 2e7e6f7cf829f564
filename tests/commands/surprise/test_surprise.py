"""`/surprise` shows one game, with a reason, and another at each press."""

from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.core.request.profile import Profile
from commands.surprise.draw import draw
from store import Database
from store.errors import NothingLeft
from store.models import Game
from store.queries import Filters
from store.user_data import Sharing
from tests.bot.conftest import Serve, Served


async def test_one_game_is_shown_with_a_reason(served: Served) -> None:
    reply = await served.member.ask("/surprise")
    assert len(reply.embeds) == 1
    assert "Recommended in " in reply.embeds[0]["description"]
    labels = [part["label"] for row in reply.components for part in row["components"]]
    assert labels == ["Another one", "Open in Steam", "More like this", "Compare", "👍", "👎"]


async def test_another_one_is_another_one(served: Served) -> None:
    reply = await served.member.ask("/surprise")
    seen = {reply.embeds[0]["title"]}
    for _ in range(5):
        reply = await served.member.click(reply, "Another one")
        seen.add(reply.embeds[0]["title"])
    assert len(seen) == 6


async def test_a_linked_player_gets_a_game_for_what_that_player_likes(
    served: Served, players: list[str]
) -> None:
    await served.member.ask("/link", player=players[0])
    reply = await served.member.ask("/surprise")
    assert reply.ephemeral
    assert reply.embeds[0]["description"].startswith(("Because you like ", "It fits your taste."))


async def test_the_games_buttons_work_beside_the_personal_one(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, button_timeout=0.3)
    reply = await served.member.ask("/surprise")
    title = reply.embeds[0]["title"]
    await reply.changed()  # its own button is off
    like = await served.admin.click(reply, "More like this")
    assert title in like.text or like.content


async def test_a_genre_limits_what_is_drawn(served: Served) -> None:
    assert (
        "No genre or tag is called" in (await served.member.ask("/surprise", genre="No such genre")).content
    )


def test_hidden_games_are_never_drawn_and_seen_ones_only_when_no_other_is_left(
    sample_store: Database,
) -> None:
    nothing, few = Profile(None, None, Sharing.PRIVATE), Filters(released_until=2007)

    def drawn(session: Session, hidden: set[int], seen: set[int]) -> int:
        return draw(session, nothing, few, hidden=hidden, seen=seen, rng=Random(1)).ref.id

    with sample_store.reader() as session:
        every: set[int] = set()
        while (fresh := drawn(session, set(), every)) not in every:
            every.add(fresh)
        keep = min(every)
        assert drawn(session, every - {keep}, {keep}) == keep
        with pytest.raises(NothingLeft):
            drawn(session, set(session.scalars(select(Game.id))), set())
