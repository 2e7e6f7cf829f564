"""What cannot be answered gets one sentence in the person's language, never a trace or an empty embed."""

import pytest
from sqlalchemy import select

from playground import SimulatedUser
from store import Database, queries
from store.dialect import rebuild_name_search
from store.models import Game, Name, NameKind, Player
from store.names.search_key import search_key
from tests.bot.conftest import Serve, Served
from tests.commands.asking import forget_where_the_data_end
from tests.store.builder import own_library

NEWCOMER, HOARDER = "newcomer", "hoarder"
FIRST_ID = 10**6


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    """The sample with a player who owns nothing and one who owns everything."""
    with own_store.writer() as session:
        for place, name in enumerate((NEWCOMER, HOARDER)):
            player = FIRST_ID + place
            session.add(Player(id=player, user_id=name))
            kind = NameKind.PLAYER
            session.add(
                Name(
                    id=Name.make_id(kind, player),
                    kind=kind,
                    key=search_key(name),
                    label=name,
                    rank=player,
                )
            )
        session.flush()
        own_library(session, FIRST_ID + 1, dict.fromkeys(session.scalars(select(Game.id)), 60))
        rebuild_name_search(session.connection())
    forget_where_the_data_end(own_store)
    return await serve(own_store)


@pytest.fixture
def spaniard(served: Served) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member("Eva", locale="es-ES"))


@pytest.fixture(scope="session")
def somebody(sample_store: Database) -> str:
    with sample_store.reader() as session:
        return queries.complete(session, NameKind.PLAYER, "", 1)[0].value


CONTRADICTION = {"free": True, "since": 2049}
NOTHING_KNOWN = (
    "These data have neither a game that “newcomer” owns nor a review in which “newcomer” recommends one; "
    "name a game instead."
)
ALL_OWNED = "All games that come close are owned or reviewed already; try another game."
LOOSEN = "These filters leave no game to suggest; loosen or drop one of them."
ON_DISCORD = "Players go by their Steam name here; "
NO_YEAR = "No game was released in 2016 or later and yet in 2010 or earlier; swap the years."
UNKNOWN_ID = "No game is called “999999999”."


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("/recommend", {"player": NEWCOMER}, NOTHING_KNOWN),
        ("/recommend", {"player": "<@1576007143509102596>"}, ON_DISCORD),
        ("/userdata", {"player": "@Ana"}, ON_DISCORD),
        ("/recommend", {"player": HOARDER}, ALL_OWNED),
        ("/recommend", {"player": HOARDER, "genre": "Action"}, ALL_OWNED),
        ("/recommend", {"game": "Portal 2", **CONTRADICTION}, LOOSEN),
        ("/recommend", {"games": "Portal 2, Terraria", **CONTRADICTION}, LOOSEN),
        ("/recommend", {"game": "Portal 2", "since": 2016, "until": 2010}, NO_YEAR),
        ("/top", {"since": 2016, "until": 2010}, NO_YEAR),
        ("/recommend", {"game": "999999999"}, UNKNOWN_ID),
        ("/recommend", {"games": "Portal 2, 999999999"}, UNKNOWN_ID),
        ("/play-together", {"player1": NEWCOMER, "player2": "somebody"}, NOTHING_KNOWN),
        ("/play-together", {"player1": HOARDER, "player2": "somebody", **CONTRADICTION}, ALL_OWNED),
    ],
)
async def test_it_is_told_in_a_sentence_that_only_the_person_sees(
    served: Served,
    spaniard: SimulatedUser,
    somebody: str,
    caplog: pytest.LogCaptureFixture,
    command: str,
    options: dict[str, object],
    sentence: str,
) -> None:
    given = {name: somebody if value == "somebody" else value for name, value in options.items()}
    reply = await served.member.ask(command, **given)
    assert (reply.content[: len(sentence)], reply.ephemeral, reply.embeds) == (sentence, True, [])
    spanish = await spaniard.ask(command, **given)
    assert spanish.content
    assert spanish.content != reply.content
    assert (spanish.ephemeral, spanish.embeds) == (True, [])
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


async def test_somebody_who_owns_everything_plays_with_others_what_both_own(
    served: Served, somebody: str
) -> None:
    reply = await served.member.ask("/play-together", player1=HOARDER, player2=somebody)
    description = reply.embeds[0]["description"]
    assert description.startswith("**You can all play now**\n**1.** [")
    assert description.endswith("**None of you owns these yet**\nNothing to suggest here.")
