"""Every command answers a person on Discord with what the query layer says, in words fit for them."""

import asyncio
import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from localization.markdown import escape_title
from playground import Reply, WrongOption
from playground.world.model import Json
from store import Database, queries
from store.models import NameKind, Player, PlayerStats, YearBasis
from store.results import GameRef
from tests.bot.conftest import Serve, Served

YEAR = 2014


@pytest.fixture
async def served(serve: Serve, sample_store: Database) -> Served:
    return await serve(sample_store)


@pytest.fixture(scope="session")
def player(sample_store: Database) -> str:
    """A player with a library and reviews."""
    with sample_store.reader() as session:
        names = [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 25)]
        return next(name for name in names if queries.userdata(session, name).reviews)


def embed(reply: Reply) -> Json:
    """The one embed of a public answer."""
    assert not reply.ephemeral, reply.text
    (only,) = reply.embeds
    return only


def titled(game: GameRef) -> str:
    """Return a game's title as a reply shows it, without the backslashes."""
    return escape_title(game.title).replace("\\", "")


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in the text one after the other."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


async def test_developer_shows_each_year_and_its_share_of_free_games(
    served: Served, sample_store: Database
) -> None:
    shown = embed(await served.member.ask("/developer", name="valve"))
    with sample_store.reader() as session:
        report = queries.developer(session, "Valve")
    assert shown["title"] == "Valve"
    for entry in report.years:
        plural = "" if entry.items == 1 else "s"
        year = "unknown year" if entry.year is None else entry.year
        line = f"\xa0· {entry.items}\xa0release{plural}"
        if entry.unpriced_items < entry.items:
            line += f"\xa0· {entry.free_percent:.3g}% free"
        lines = shown["description"].splitlines()
        assert any(shown_line.startswith(f"**{year}") and line in shown_line for shown_line in lines), lines


async def test_every_answer_says_that_the_data_are_generated_and_where_they_end(served: Served) -> None:
    shown = embed(await served.member.ask("/developer", name="valve"))
    assert re.search(r"From generated sample data as of \w+\s\d{4}$", shown["footer"]["text"])


async def test_recommend_shows_games_like_a_game_in_the_order_of_the_query(
    served: Served, sample_store: Database
) -> None:
    shown = embed(await served.member.ask("/recommend", game="portal 2"))
    with sample_store.reader() as session:
        titles = [titled(entry.game) for entry in queries.recommend_game(session, "Portal 2", 5)]
    assert shown["title"] == "Games like Portal\xa02"
    assert shown["url"] == "https://store.steampowered.com/app/620/"
    assert len(titles) == 5
    assert in_order(shown["description"], *(f"**{rank}.** [" for rank in range(1, 6)))
    assert in_order(shown["description"].replace("\\", ""), *(f"[{title}](" for title in titles))


async def test_recommend_gives_a_player_games_that_are_not_owned_and_says_why(
    served: Served, sample_store: Database, player: str
) -> None:
    shown = embed(await served.member.ask("/recommend", player=player, limit=3))
    with sample_store.reader() as session:
        found = queries.recommend_user(session, player, 3)
    assert len(found) == 3
    assert in_order(shown["description"].replace("\\", ""), *(f"[{titled(entry.game)}](" for entry in found))
    explained = [titled(entry.because.games[0].game) for entry in found if entry.because.games]
    why = explained or ["All of them fit the library as a whole."]
    assert all(reason in shown["description"].replace("\\", "") for reason in why)


async def test_recommend_goes_by_a_game_or_games_or_a_player_but_not_by_two_of_them(served: Served) -> None:
    reply = await served.member.ask("/recommend", game="Portal 2", player="x")
    assert (reply.content, reply.ephemeral) == ("Give only one of game, games and player.", True)


async def test_recommend_takes_several_games_of_somebody_who_is_not_in_the_data(served: Served) -> None:
    shown = embed(await served.member.ask("/recommend", games="Portal 2, Hades, Celeste", limit=3))
    assert shown["title"] == "Games for those who like Portal\xa02, Hades, and Celeste"
    suggested = [line for line in shown["description"].splitlines() if line.startswith("**")]
    assert len(suggested) == 3
    assert not any(
        f"[{owned}](" in line for line in suggested for owned in ("Portal\xa02", "Hades", "Celeste")
    )


async def test_recommend_goes_by_the_other_games_of_a_list_where_the_data_lack_one(served: Served) -> None:
    shown = embed(await served.member.ask("/recommend", games="Portal 2, Minecraft", limit=3))
    assert shown["title"] == "Games for those who like Portal\xa02"
    assert shown["description"].startswith("Not in these data: Minecraft\n")


async def test_recommend_filters_compose(served: Served) -> None:
    shown = embed(await served.member.ask("/recommend", game="Portal 2", genre="Action", free=True, limit=2))
    lines = [line for line in shown["description"].splitlines() if line.startswith("**")]
    assert lines
    assert all(line.endswith("free") for line in lines)


async def test_recommend_says_where_the_data_end(served: Served) -> None:
    reply = await served.member.ask("/recommend", game="Portal 2", since=2049)
    assert re.fullmatch(r"These data end in \w+\s\d{4}; they know nothing of 2049\.", reply.content)
    assert reply.ephemeral


async def test_play_together_shows_what_all_own_and_what_none_owns(
    served: Served, sample_store: Database
) -> None:
    with sample_store.reader() as session:
        players = _with_games(session, 3)
        found = queries.recommend_group(session, players, 3)
    asked = {f"player{number}": name for number, name in enumerate(players, start=1)}
    shown = embed(await served.member.ask("/play-together", **asked))
    text = shown["description"].replace("\\", "")
    assert in_order(text, *(f"[{titled(entry.game)}](" for entry in (*found.play_now, *found.to_buy)))


async def test_play_together_wants_different_players(served: Served, player: str) -> None:
    reply = await served.member.ask("/play-together", player1=player, player2=player)
    assert (reply.content, reply.ephemeral) == (
        "Name different players; one of them is named twice.",
        True,
    )


def _with_games(session: Session, count: int) -> list[str]:
    owning = (
        select(Player.user_id)
        .join(PlayerStats, PlayerStats.player_id == Player.id)
        .where(PlayerStats.owned >= 40)
        .order_by(Player.id)
        .limit(count)
    )
    return list(session.scalars(owning))


async def test_recommend_takes_no_more_than_ten(served: Served) -> None:
    with pytest.raises(WrongOption):
        await served.member.ask("/recommend", game="Portal 2", limit=11)


async def test_game_shows_what_it_is_what_it_costs_and_what_people_say(
    served: Served, sample_store: Database
) -> None:
    shown = embed(await served.member.ask("/game", name="portal 2"))
    with sample_store.reader() as session:
        card = queries.game(session, "Portal 2")
    fields = {field["name"]: field["value"] for field in shown["fields"]}
    assert shown["title"] == "Portal\xa02"
    assert card.release_date == date(2011, 4, 18)
    assert shown["description"].startswith("April 18, 2011\xa0· ")
    assert card.game.price is not None
    assert f"${card.game.price:.2f}" in shown["description"]
    assert fields["Developer"] == "Valve"
    assert str(card.owners) in fields["Owned by"]
    assert f"of {card.decided}\xa0review" in fields["Reviews"]
    assert "Similar games" in fields


async def test_best_developers_ranks_by_year_of_review_or_of_release(
    served: Served, sample_store: Database
) -> None:
    for basis, title in (
        (YearBasis.REVIEWED, f"Best developers of {YEAR}: reviews posted then"),
        (YearBasis.RELEASED, f"Best developers of {YEAR}: games released then"),
    ):
        shown = embed(await served.member.ask("/best-developers", year=YEAR, basis=basis.value))
        with sample_store.reader() as session:
            ranking = queries.best_developer_year(session, YEAR, basis)
        assert shown["title"] == title
        fields = {field["name"]: field["value"].replace("\\", "") for field in shown["fields"]}
        assert in_order(
            fields["Most recommended, by number"],
            *(
                f"**{entry.rank}.** {entry.developer}\xa0· {entry.recommendations}\xa0rev"
                for entry in ranking
            ),
        )


async def test_best_developers_goes_by_reviews_unless_told(served: Served) -> None:
    shown = embed(await served.member.ask("/best-developers", year=YEAR))
    assert shown["title"] == f"Best developers of {YEAR}: reviews posted then"


async def test_genre_shows_its_best_games_the_year_played_most_and_the_record(
    served: Served, sample_store: Database
) -> None:
    shown = embed(await served.member.ask("/genre", name="ACTION"))
    with sample_store.reader() as session:
        champion = queries.user_for_genre(session, "Action")
        top = queries.play_time_genre(session, "Action")
        best = queries.top_games(session, genre="Action", limit=5).games
    description = shown["description"].replace("\\", "")
    assert shown["title"] == "Action"
    most = max(champion.by_release_year, key=lambda entry: entry.hours)
    assert in_order(
        description,
        *(f"[{entry.game.title}](" for entry in best),
        f"Most played: games of **{top.year}**",
        f"Record: **{champion.hours:,.0f}\xa0h**, by {champion.user_id}",
        f"Mostly in games of {most.year}: ",
    )


async def test_userdata_shows_library_worth_and_recommendations(
    served: Served, sample_store: Database, player: str
) -> None:
    shown = embed(await served.member.ask("/userdata", player=player.upper()))
    with sample_store.reader() as session:
        data = queries.userdata(session, player)
    fields = {field["name"]: field["value"] for field in shown["fields"]}
    assert shown["title"].replace("\\", "") == data.user_id
    assert fields["Library"] == f"{data.items}\xa0game{'' if data.items == 1 else 's'}"
    assert data.money_spent is not None
    assert data.money_spent >= 0
    assert fields["Spent, at list prices"] == f"${data.money_spent:,.2f}"
    assert f" of {data.reviews}\xa0review" in fields["Recommends"]


@pytest.mark.parametrize(
    ("option", "value", "title"),
    [
        ("developer", "VALVE", "Reviews of Valve"),
        ("game", "portal 2", "Reviews of Portal\xa02"),
        ("year", YEAR, f"Reviews posted in {YEAR}"),
    ],
)
async def test_reviews_counts_the_tone_of_a_developer_a_game_or_a_year(
    served: Served, sample_store: Database, option: str, value: str | int, title: str
) -> None:
    shown = embed(await served.member.ask("/reviews", **{option: value}))
    with sample_store.reader() as session:
        counts = {
            "developer": lambda: queries.developer_reviews_analysis(session, "Valve"),
            "game": lambda: queries.game(session, "Portal 2").reviews,
            "year": lambda: queries.sentiment_analysis(session, YEAR),
        }[option]().judged
    numbers = {field["name"]: field["value"].split()[0] for field in shown["fields"]}
    assert shown["title"] == title
    assert numbers == {
        "Positive tone": str(counts.positive),
        "Neutral tone": str(counts.neutral),
        "Negative tone": str(counts.negative),
    }


@pytest.mark.parametrize("options", [{}, {"developer": "Valve", "year": YEAR}])
async def test_reviews_wants_one_of_its_options(served: Served, options: dict[str, str | int]) -> None:
    reply = await served.member.ask("/reviews", **options)
    assert (reply.content, reply.ephemeral) == ("Give exactly one of developer, game and year.", True)


async def test_year_shows_what_its_reviews_praise_and_pan(served: Served, sample_store: Database) -> None:
    shown = embed(await served.member.ask("/year", year=YEAR))
    with sample_store.reader() as session:
        best = queries.users_recommend(session, YEAR)
        least = queries.users_not_recommend(session, YEAR)
        worst = queries.users_worst_developer(session, YEAR)
    fields = {field["name"]: field["value"].replace("\\", "") for field in shown["fields"]}
    assert in_order(fields["Most recommended, by number"], *(entry.game.title for entry in best))
    assert in_order(fields["Least recommended, by number"], *(entry.game.title for entry in least))
    assert in_order(fields["Least recommended developers, by number"], *(entry.developer for entry in worst))


@pytest.mark.parametrize(
    ("command", "options", "beginning", "hint"),
    [
        ("/developer", {"name": "Vavle"}, "No developer is called “Vavle”.", "“Valve”"),
        ("/game", {"name": "Portl 22"}, "No game is called “Portl 22”.", "[Portal 2]"),
        ("/genre", {"name": "Actoin"}, "No genre or tag is called “Actoin”.", "[Action]"),
        ("/recommend", {"game": "Portl 22"}, "No game is called “Portl 22”.", "[Portal 2]"),
        ("/recommend", {"player": "nobody at all"}, "No player is called “nobody at all”.", ""),
        ("/userdata", {"player": "nobody at all"}, "No player is called “nobody at all”.", ""),
        ("/reviews", {"developer": "Vavle"}, "No developer is called “Vavle”.", "“Valve”"),
        (
            "/best-developers",
            {"year": 1971},
            "No reviews were posted in 1971.",
            "The nearest years with reviews: ",
        ),
        ("/year", {"year": 1971}, "No reviews were posted in 1971.", "The nearest years with reviews"),
    ],
)
async def test_a_wrong_name_is_refused_in_private_with_what_comes_close(
    served: Served, command: str, options: dict[str, str | int], beginning: str, hint: str
) -> None:
    reply = await served.member.ask(command, **options)
    assert reply.ephemeral
    assert reply.content.startswith(beginning)
    assert hint in reply.text


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("/game", "name", "porta", "Portal"),
        ("/recommend", "game", "portal 2", "Portal 2"),
        ("/developer", "name", "valv", "Valve"),
        ("/genre", "name", "acti", "Action"),
        ("/reviews", "developer", "valv", "Valve"),
    ],
)
async def test_names_complete_as_they_are_typed_and_what_is_picked_is_found(
    served: Served, command: str, option: str, typed: str, first: str
) -> None:
    choices = await served.member.autocomplete(command, option, typed)
    assert choices[0].name.startswith(first)
    assert len(choices) <= 25
    picked = await served.member.ask(command, **{option: choices[0].value})
    assert escape_title(first) in embed(picked)["title"]


async def test_players_complete(served: Served, player: str) -> None:
    choices = await served.member.autocomplete("/userdata", "player", player[:-1])
    assert player in {choice.value for choice in choices}


async def test_an_empty_box_already_offers_names(served: Served) -> None:
    assert len(await served.member.autocomplete("/game", "name", "")) == 25


async def test_a_slow_answer_is_announced_and_then_given(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store, defer_after=0.0)
    reply = await served.member.slash("/developer", name="Valve")
    assert embed(await reply.settled())["title"] == "Valve"
    refused = await served.member.ask("/developer", name="Vavle")
    told = await refused.followup() if not refused.followups else refused.followups[0]
    assert told.ephemeral
    assert "Valve" in told.content


async def test_fifty_people_at_once_are_each_answered_once(served: Served) -> None:
    guild = served.member.channel.guild
    assert guild is not None
    people = [served.discord.person(guild.add_member(f"Person {number}")) for number in range(50)]
    replies = await asyncio.gather(*(person.ask("/developer", name="Valve") for person in people))
    assert [embed(reply)["title"] for reply in replies] == ["Valve"] * 50
    assert not any(reply.followups for reply in replies)
