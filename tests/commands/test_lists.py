"""Games ranked, and two things side by side."""

import re

import pytest

from localization.markdown import escape_title
from playground import Reply, SimulatedUser
from store import Database, queries
from store.models import NameKind
from store.queries import Filters, PlayMode
from tests.bot.conftest import Serve, Served


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    return await serve(own_store)


@pytest.fixture(scope="session")
def two_players(sample_store: Database) -> list[str]:
    with sample_store.reader() as session:
        return [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 2)]


def sides(reply: Reply) -> dict[str, str]:
    (shown,) = reply.embeds
    assert [field["inline"] for field in shown["fields"]] == [True, True]
    return {field["name"].replace("\\", ""): field["value"] for field in shown["fields"]}


async def test_top_lists_games_in_the_order_of_the_query(served: Served, own_store: Database) -> None:
    reply = await served.member.ask("/top")
    with own_store.reader() as session:
        games = queries.top_games(session).games
    lines = reply.embeds[0]["description"].replace("\\", "").splitlines()
    assert len(lines) == 20
    for line, entry in zip(lines, games, strict=False):
        assert line.startswith(f"**{entry.rank}.** [{escape_title(entry.game.title)}](")
        assert f"\xa0of\xa0{entry.reviews:,}\xa0review" in line
    told = await served.member.click(reply, "How?")
    assert "lower end of its 95% Wilson interval" in told.content
    following = await served.member.click(reply, "Next")
    assert following.embeds[0]["description"].startswith("**21.** ")


@pytest.mark.parametrize(
    ("by", "title"),
    [
        ("gems", "Hidden gems"),
        ("hours", "Games played most"),
        ("owners", "Most owned games"),
        ("recommended", "Most recommended games"),
    ],
)
async def test_top_goes_by_what_is_asked_in_a_genre_and_a_year(served: Served, by: str, title: str) -> None:
    shown = (await served.member.ask("/top", by=by, genre="ACTION", year=2011)).embeds[0]
    assert shown["title"] == title
    assert shown["description"].startswith("Action\xa0· released in 2011\n")


async def test_top_takes_tags_and_limits_in_the_words_of_the_reader(
    served: Served, own_store: Database
) -> None:
    guild = served.member.channel.guild
    assert guild is not None
    person = served.discord.person(guild.add_member("Reader", locale="es-ES"))
    tag = (await person.autocomplete("/top", "genre", "rompec"))[0]
    assert tag.name == "Puzles"
    reply = await person.ask("/top", genre=tag.value, without="acción", until=2015, mode="alone")
    head, _, *lines = reply.embeds[0]["description"].splitlines()
    assert head == "Puzles\xa0· lanzados hasta 2015\xa0· sin Acción\xa0· para jugar a solas"
    filters = Filters(
        described=("Puzzle",), without=("Action",), released_until=2015, play_mode=PlayMode.ALONE
    )
    with own_store.reader() as session:
        games = queries.top_games(session, filters=filters).games
    assert len(lines) == min(len(games), len(lines))
    for line, entry in zip(lines, games, strict=False):
        assert f"/app/{entry.game.id}/" in line


async def test_genres_said_in_a_row_are_one_suggestion(served: Served) -> None:
    first = (await served.member.autocomplete("/top", "genre", "indie action"))[0]
    assert (first.name, first.value) == ("Indie, Action", "Indie, Action")
    shown = (await served.member.ask("/top", genre="indie action")).embeds[0]
    assert shown["description"].startswith("Indie\xa0· Action\n")


async def test_genre_takes_a_tag_and_shows_its_best_games_and_those_played_most(
    served: Served, own_store: Database
) -> None:
    shown = (await served.member.ask("/genre", name="puzle")).embeds[0]
    assert shown["title"] == "Puzzle"
    filters = Filters(described=("Puzzle",))
    with own_store.reader() as session:
        best = queries.top_games(session, filters=filters, limit=5).games
        played = queries.top_games(session, "hours", filters=filters, limit=5).games
    named = re.findall(r"/app/(\d+)/", shown["description"])
    assert named == [str(entry.game.id) for entry in (*best, *played)]


async def test_top_says_where_no_game_meets_what_is_asked(served: Served) -> None:
    shown = (await served.member.ask("/top", year=1971)).embeds[0]
    remedy = "No game fits all of this; loosen or drop one of the filters."
    assert shown["description"] == f"released in 1971\n\n{remedy}"


async def test_two_games_are_shown_with_the_same_lines(served: Served, own_store: Database) -> None:
    reply = await served.member.ask("/compare games", first="portal 2", second="team fortress 2")
    shown = sides(reply)
    assert list(shown) == ["Portal\xa02", "Team Fortress\xa02"]
    labels = [[line.split(":")[0] for line in value.splitlines()] for value in shown.values()]
    assert (
        labels[0]
        == labels[1]
        == [
            "Released",
            "Price",
            "Owned by",
            "Typical time played",
            "Recommended in",
            "Positive in tone",
        ]
    )
    with own_store.reader() as session:
        owners = [queries.game(session, name).owners for name in ("Portal 2", "Team Fortress 2")]
    leader = max(range(2), key=lambda side: owners[side])
    assert f"Owned by: **{owners[leader]}\xa0players**" in list(shown.values())[leader]
    assert f"Owned by: {owners[1 - leader]}\xa0players" in list(shown.values())[1 - leader]


async def test_two_developers_are_shown_side_by_side(served: Served) -> None:
    shown = sides(await served.member.ask("/compare developers", first="valve", second="klei entertainment"))
    assert list(shown) == ["Valve", "Klei Entertainment"]
    assert "Years: 1998 to 2020" in shown["Valve"]


async def test_two_players_are_shown_with_what_they_share(
    served: Served, own_store: Database, two_players: list[str]
) -> None:
    reply = await served.member.ask("/compare players", first=two_players[0], second=two_players[1])
    assert list(sides(reply)) == two_players
    with own_store.reader() as session:
        pair = queries.compare_players(session, *two_players)
    assert f"{pair.shared_games}\xa0games in both libraries" in reply.embeds[0]["description"]
    assert not reply.ephemeral


@pytest.mark.parametrize(
    ("command", "name"),
    [("/compare games", "Portal 2"), ("/compare developers", "Valve")],
)
async def test_a_thing_is_not_compared_with_itself(served: Served, command: str, name: str) -> None:
    reply = await served.member.ask(command, first=name, second=name.lower())
    assert reply.content == "Both names mean the same; give two different ones."


async def test_a_private_player_is_compared_by_the_owner_alone(
    served: Served, two_players: list[str]
) -> None:
    guild = served.member.channel.guild
    assert guild is not None
    ben: SimulatedUser = served.discord.person(guild.add_member("Ben"))
    await served.member.ask("/link", player=two_players[1])
    names = {"first": two_players[0], "second": two_players[1]}
    assert (await served.member.ask("/compare players", **names)).ephemeral
    assert "are private" in (await ben.ask("/compare players", **names)).content
