"""The buttons under a game lead on from it, for everybody, and for as long as the message is there."""

import pytest

from store import Database
from tests.bot.conftest import Serve, Served

WHICH = "With which game? Title or Steam app id"


def labels(components: list[dict[str, object]]) -> list[object]:
    return [part.get("label") for row in components for part in row["components"]]  # type: ignore[attr-defined]


async def test_a_game_leads_to_its_store_page_to_games_like_it_and_to_a_comparison(served: Served) -> None:
    reply = await served.member.ask("/game", name="Portal 2")
    assert labels(reply.components) == ["Open in Steam", "More like this", "Compare", "👍", "👎"]
    assert reply.components[0]["components"][0]["url"] == "https://store.steampowered.com/app/620/"


async def test_anybody_gets_games_like_it_in_a_message_of_their_own(served: Served) -> None:
    reply = await served.member.ask("/game", name="Portal 2")
    for person in (served.member, served.admin):
        like = await person.click(reply, "More like this")
        assert like.ephemeral
        assert like.embeds[0]["title"] == "Games like Portal\xa02"
    assert reply.embeds[0]["title"] == "Portal\xa02"


async def test_slow_games_like_it_come_in_a_message_of_their_own_too(
    serve: Serve, sample_store: Database
) -> None:
    served = await serve(sample_store, defer_after=0.0)
    shown = await served.member.ask("/game", name="Portal 2")
    like = await (await served.member.click(shown, "More like this")).settled()
    assert like.embeds[0]["title"] == "Games like Portal\xa02"
    assert shown.embeds[0]["title"] == "Portal\xa02"


async def test_a_form_asks_which_game_it_is_compared_with(served: Served) -> None:
    reply = await served.member.ask("/game", name="Portal 2")
    asked = await served.member.click(reply, "Compare")
    assert asked.modal is not None
    compared = await served.member.submit(asked.modal, **{WHICH: "Terraria"})
    assert compared.ephemeral
    assert compared.embeds[0]["title"] == "Portal\xa02 and Terraria"


@pytest.mark.parametrize(
    ("other", "said"), [("No such game", "No game is called"), ("Portal 2", "Both names mean the same")]
)
async def test_a_game_that_cannot_be_compared_is_a_sentence(served: Served, other: str, said: str) -> None:
    reply = await served.member.ask("/game", name="Portal 2")
    asked = await served.member.click(reply, "Compare")
    assert asked.modal is not None
    refused = await served.member.submit(asked.modal, **{WHICH: other})
    assert refused.ephemeral
    assert said in refused.content


async def test_the_buttons_work_after_a_restart(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store)
    reply = await served.member.ask("/game", name="Portal 2")
    await served.bot.close()
    served = await serve(own_store, restarting=served)
    like = await served.member.click(reply, "More like this")
    assert like.embeds[0]["title"] == "Games like Portal\xa02"


async def test_how_explains_the_figures_to_whoever_asks(served: Served) -> None:
    reply = await served.member.ask("/top")
    for _ in range(2):
        told = await served.admin.click(reply, "How?")
        assert told.ephemeral
        assert "95% Wilson interval" in told.content
