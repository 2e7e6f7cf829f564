"""A person's own player: linked, shown, kept private, and forgotten without a trace."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from playground import SimulatedUser
from store import Database, queries, user_data
from store.dialect import rebuild_name_search
from store.models import Name, NameKind, Player
from store.names.search_key import search_key
from store.names.steam_ids import FIRST_STEAM_ID
from tests.bot.conftest import Serve, Served
from tests.postgres import IN_A_FILE


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    return await serve(own_store)


@pytest.fixture(scope="session")
def player(sample_store: Database) -> str:
    """A player of the data."""
    with sample_store.reader() as session:
        return queries.complete(session, NameKind.PLAYER, "", 1)[0].value


@pytest.fixture
def ben(served: Served) -> SimulatedUser:
    """Another member."""
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member("Ben"))


async def test_a_player_can_be_named_in_every_way_that_steam_has(served: Served, own_store: Database) -> None:
    account = 4_294_967_000  # no account of Steam has come near this number
    with own_store.writer() as session:
        session.add(Player(id=10**6, user_id="made_up", steam_id=str(FIRST_STEAM_ID + account)))
        session.add(
            Name(
                id=Name.make_id(NameKind.PLAYER, 10**6),
                kind=NameKind.PLAYER,
                key=search_key("made_up"),
                label="made_up",
                rank=10**6,
            )
        )
        session.flush()
        rebuild_name_search(session.connection())
    for named in (
        "made_up",
        "MADE_UP",
        str(FIRST_STEAM_ID + account),
        str(account),
        "https://steamcommunity.com/id/made_up",
        "steamcommunity.com/id/Made_Up/",
        f"https://steamcommunity.com/profiles/{FIRST_STEAM_ID + account}?xml=1",
    ):
        reply = await served.member.ask("/link", player=named)
        assert reply.ephemeral, named
        assert reply.embeds[0]["title"] == "You are linked to made\\_up", named


async def test_linking_says_what_is_stored_and_that_it_is_private_unless_asked(
    served: Served, player: str
) -> None:
    private = (await served.member.ask("/link", player=player)).embeds[0]["description"]
    assert "**Not proven**: anybody can claim to be this player" in private
    assert "**Private**: through this bot only you see this player's data, and whoever else claims" in private
    assert "The bot stores your Discord id, the player's name" in private
    public = (await served.member.ask("/link", player=player, sharing="public")).embeds[0]["description"]
    assert "**Public**: everybody may see" in public


async def test_me_shows_ones_own_player_to_oneself_unless_asked_to_share(served: Served, player: str) -> None:
    await served.member.ask("/link", player=player)
    alone = await served.member.ask("/me")
    assert alone.ephemeral
    fields = {field["name"]: field["value"] for field in alone.embeds[0]["fields"]}
    assert "Linked <t:" in fields["Stored about you"]
    shared = await served.member.ask("/me", share=True)
    assert not shared.ephemeral
    assert shared.embeds[0]["title"].replace("\\", "") == player
    assert "Stored about you" not in {field["name"] for field in shared.embeds[0]["fields"]}


async def test_without_a_link_there_is_nothing_to_show(served: Served) -> None:
    for command in ("/me", "/userdata"):
        reply = await served.member.ask(command)
        assert (reply.content, reply.ephemeral) == ("You have not linked a player; `/link` does that.", True)


async def test_userdata_is_of_oneself_where_nobody_is_named(served: Served, player: str) -> None:
    await served.member.ask("/link", player=player, sharing="public")
    reply = await served.member.ask("/userdata")
    assert reply.ephemeral
    assert reply.embeds[0]["title"].replace("\\", "") == player


async def test_what_is_private_is_shown_to_its_owner_alone(
    served: Served, ben: SimulatedUser, player: str
) -> None:
    await served.member.ask("/link", player=player)
    for command in ("/userdata", "/recommend"):
        assert (await served.member.ask(command, player=player)).ephemeral
        refused = await ben.ask(command, player=player)
        assert refused.ephemeral
        assert not refused.embeds
        assert "are private: that player is linked to somebody else." in refused.content


async def test_what_is_public_is_shown_to_all(served: Served, ben: SimulatedUser, player: str) -> None:
    await served.member.ask("/link", player=player, sharing="public")
    for person in (served.member, ben):
        reply = await person.ask("/userdata", player=player)
        assert not reply.ephemeral
        assert reply.embeds


async def test_a_private_player_is_neither_offered_nor_suggested_to_others(
    served: Served, ben: SimulatedUser, player: str
) -> None:
    await served.member.ask("/link", player=player)
    assert player in {choice.value for choice in await served.member.autocomplete("/userdata", "player", "")}
    assert len(await ben.autocomplete("/userdata", "player", "")) == 25
    for typed in ("", player, player[:-1]):
        offered = await ben.autocomplete("/userdata", "player", typed)
        assert player not in {choice.value for choice in offered}
    misspelt = player + "x"
    assert f"[{player}]" in (await served.member.ask("/userdata", player=misspelt)).text
    assert f"[{player}]" not in (await ben.ask("/userdata", player=misspelt)).text


@pytest.mark.parametrize("sharing", ["private", "groups", "public"])
async def test_a_claim_keeps_nobody_else_from_the_player_and_tells_nobody_of_the_other(
    served: Served, ben: SimulatedUser, own_store: Database, player: str, sharing: str
) -> None:
    mine = (await served.member.ask("/link", player=player)).embeds[0]
    theirs = (await ben.ask("/link", player=player.upper(), sharing=sharing)).embeds[0]
    if sharing != "public":
        assert theirs["description"] == mine["description"], "the card is the same as without another link"
    for person in (served.member, ben):
        for command in ("/me", "/userdata", "/recommend"):
            reply = await person.ask(command)
            assert reply.embeds, (command, reply.content)
            assert reply.ephemeral, "one of the two keeps the player private"
    with own_store.user_data.reader() as session:
        assert user_data.linked_players(session) == (player,)


async def test_two_who_say_to_be_one_player_are_counted_as_two_and_learn_nothing_of_that(
    served: Served, ben: SimulatedUser, player: str
) -> None:
    for person in (served.member, ben):
        await person.ask("/link", player=player)
    question = await served.member.ask("/play-together")
    for person in (served.member, ben):
        await person.click(question, "Join")
    await ben.click(question, "Show the games")
    assert "Too little is known" not in question.text
    assert player not in question.text.replace("\\", "")


async def test_a_link_that_was_public_first_is_for_oneself_alone_once_the_player_is_private_to_another(
    served: Served, ben: SimulatedUser, player: str
) -> None:
    await ben.ask("/link", player=player, sharing="public")
    assert not (await ben.ask("/recommend")).ephemeral
    await served.member.ask("/link", player=player)
    assert (await ben.ask("/recommend")).ephemeral
    await served.member.ask("/unlink")
    assert not (await ben.ask("/recommend")).ephemeral


async def test_a_genre_does_not_name_a_champion_who_is_private(served: Served, own_store: Database) -> None:
    with own_store.reader() as session:
        champion = queries.user_for_genre(session, "Action").user_id
    await served.member.ask("/link", player=champion)
    reply = await served.member.ask("/genre", name="Action")
    assert not reply.ephemeral
    assert champion not in reply.text.replace("\\", "")
    assert "Whoever has played most keeps that private." in reply.text


async def test_unlinking_erases_the_link(served: Served, own_store: Database, player: str) -> None:
    await served.member.ask("/link", player=player)
    reply = await served.member.ask("/unlink")
    assert (reply.ephemeral, reply.content[:19]) == (True, "The link is erased.")
    with own_store.user_data.reader() as session:
        assert user_data.linked_player(session, served.member.user.id) is None
    assert (await served.member.ask("/unlink")).content == (
        "You were not linked to a player; nothing was stored."
    )


async def test_keeping_everything_erases_nothing(served: Served, player: str) -> None:
    await served.member.ask("/link", player=player)
    kept = await served.member.click(await served.member.ask("/forget-me"), "Keep it")
    assert (kept.content, kept.components) == ("Nothing was erased.", [])
    assert (await served.member.ask("/me")).embeds


@IN_A_FILE
async def test_being_forgotten_leaves_no_trace_in_either_file(
    served: Served, own_store: Database, player: str
) -> None:
    person = served.admin.user.id
    await served.admin.ask("/link", player=player)
    await served.admin.slash("/admin refresh")
    with own_store.user_data.writer() as session:
        user_data.hide_game(session, person, 620)
        user_data.add_audit_line(session, discord_id=person, action="refresh", guild_id=1)
    reply = await served.admin.ask("/forget-me")
    assert reply.ephemeral
    erased = await served.admin.click(reply, "Erase everything")
    assert erased.embeds[0]["title"] == "You are forgotten"
    assert "- 1\xa0link to a player\n- 1\xa0hidden game" in erased.embeds[0]["description"]
    assert erased.components == []
    assert rows_that_name(own_store.user_data_file.file, str(person), player) == []
    assert rows_that_name(own_store.file, str(person)) == []
    # Nor is it left in places of the file that no row uses, or in the log beside it.
    for part in own_store.user_data_file.file.parent.glob(f"{own_store.user_data_file.file.name}*"):
        assert player.encode() not in part.read_bytes(), part.name


def rows_that_name(file: Path, *names: str) -> list[str]:
    """Return every table and value of a database that contains one of the names."""
    found = []
    with closing(connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                found += [f"{table}: {value}" for value in row if any(name in str(value) for name in names)]
    return found


async def test_pressing_twice_and_after_a_restart_is_answered(
    serve: Serve, served: Served, own_store: Database, player: str
) -> None:
    await served.member.ask("/link", player=player)
    reply = await served.member.ask("/forget-me")
    await served.bot.close()
    again = await serve(own_store, restarting=served)
    pressed = await again.member.click(reply, "Erase everything")
    assert "These buttons are switched off" in pressed.text
    assert (await again.member.ask("/me")).embeds


async def test_recommend_without_a_game_or_a_player_goes_by_the_persons_own(
    served: Served, player: str
) -> None:
    assert "Name a game, several games or a player" in (await served.member.ask("/recommend")).content
    await served.member.ask("/link", player=player)
    reply = await served.member.ask("/recommend")
    assert reply.ephemeral
    assert player in reply.embeds[0]["title"].replace("\\", "")


@IN_A_FILE
async def test_what_goes_wrong_under_a_button_is_told_and_erases_nothing(
    served: Served, own_store: Database, player: str, caplog: pytest.LogCaptureFixture
) -> None:
    await served.member.ask("/link", player=player)
    reply = await served.member.ask("/forget-me")
    own_store.user_data.close()
    file = own_store.user_data_file.file
    away = file.rename(file.with_name("away"))
    pressed = await served.member.click(reply, "Erase everything")
    assert "What people stored can be neither read nor changed" in pressed.text
    assert "The button 'forget:yes'" in caplog.text
    away.rename(file)
    assert (await served.member.ask("/me")).embeds
