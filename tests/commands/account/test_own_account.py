"""A person's own Steam account: every way to name it, every state of a library, and suggestions at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from playground import Reply
from playground.steam import LocalSteam, Mood
from playground.steam.people import ANA, BRUNO, CHLOE, DMITRI, EMEKA, FIRST_STEAMID
from store import Database, user_data
from store.user_data import LibraryState, Sharing
from store.user_data.models import Account
from tests.bot.conftest import Serve, Served
from tests.commands.account.conftest import GAEL, options_for, own
from tests.commands.suggestions import suggested
from tests.postgres import IN_A_FILE

FETCH = "Fetch again"


def stored(served: Served) -> user_data.SteamAccount | None:
    with served.database.user_data.reader() as session:
        return user_data.steam_account(session, served.member.user.id)


def library(served: Served) -> user_data.OwnLibrary | None:
    with served.database.user_data.reader() as session:
        return user_data.own_library(session, served.member.user.id)


def text(reply: Reply) -> str:
    """All that the embeds of a reply say above their fields."""
    return "\n".join([reply.content or "", *(embed.get("description", "") for embed in reply.embeds)]).strip()


def asked(steam: LocalSteam) -> int:
    return len(steam.world.calls.of("GetOwnedGames"))


@pytest.mark.parametrize(
    "named",
    [
        str(GAEL),
        str(GAEL - FIRST_STEAMID),
        "gael",
        f"https://steamcommunity.com/profiles/{GAEL}/",
        "steamcommunity.com/id/Gael/games/?tab=all",
        f"  {GAEL}  ",
    ],
)
async def test_an_account_is_linked_by_every_name_that_steam_has_for_it(
    linked_up: Served, games: dict[int, int | None], named: str
) -> None:
    reply = await linked_up.member.ask("/link", player=named)
    assert reply.ephemeral
    assert reply.embeds[0]["title"] == "You are linked to Gael"
    account = stored(linked_up)
    assert account is not None
    assert (account.steam_id, account.proven, account.state) == (GAEL, False, LibraryState.OPEN)
    found = library(linked_up)
    assert found is not None
    assert set(found.games) == set(games)


@pytest.mark.usefixtures("games")
async def test_the_reply_to_the_link_has_suggestions_and_their_buttons(linked_up: Served) -> None:
    reply = await linked_up.member.ask("/link", player="gael")
    linked, suggestions = reply.embeds
    assert "**Not proven**" in linked["description"]
    assert "**Private**" in linked["description"]
    assert suggestions["title"] == "Games for Gael"
    first = suggested.GAME.findall(suggestions["description"])
    assert len(first) == 5
    another = await linked_up.member.click(reply, "Another 5")
    assert not {app for _, app in first} & {str(app) for app in suggested.games(another)}


@pytest.mark.parametrize(
    ("steam_id", "state", "said"),
    [
        (BRUNO, LibraryState.PROFILE_CLOSED, "Set “My profile” and “Game details” to Public"),
        (CHLOE, LibraryState.GAMES_CLOSED, "Your Steam profile is public, but its games are not"),
        (DMITRI, LibraryState.HOURS_HIDDEN, "untick “Always keep my total playtime private”"),
        (EMEKA, LibraryState.EMPTY, "is public and has no games in it"),
    ],
)
async def test_each_state_of_a_library_has_its_sentence_and_remedy(
    linked_up: Served, steam_id: int, state: LibraryState, said: str
) -> None:
    reply = await linked_up.member.ask("/link", player=str(steam_id))
    assert said in text(reply)
    account = stored(linked_up)
    assert account is not None
    assert account.state is state
    found = library(linked_up)
    assert (found is not None) is state.has_games
    if found is not None:
        assert set(found.games.values()) == {None}


@pytest.mark.usefixtures("games")
@pytest.mark.parametrize("mood", [Mood.SERVER_ERROR, Mood.TOO_MANY_NULL, Mood.EMPTY_RESULT_BUSY])
async def test_a_failing_steam_is_no_closed_library_and_is_asked_again_when_it_is_back(
    linked_up: Served, steam: LocalSteam, mood: Mood
) -> None:
    with steam.mood(mood, method="GetOwnedGames", times=2):
        reply = await linked_up.member.ask("/link", player=str(GAEL))
    assert "Steam does not answer just now; nothing is wrong with your account" in text(reply)
    account = stored(linked_up)
    assert account is not None
    assert account.state is LibraryState.FAILED
    assert suggested.labels(reply) == [FETCH]


async def test_who_has_an_account_without_a_library_is_told_where_that_is_explained(
    linked_up: Served,
) -> None:
    await linked_up.member.ask("/link", player=str(BRUNO))
    said = text(await linked_up.member.ask("/recommend"))
    assert said.startswith("Your Steam account is linked, but no library of it is stored; `/me` says why")


async def test_five_states_are_five_different_sentences(linked_up: Served, steam: LocalSteam) -> None:
    said = set()
    for steam_id in (BRUNO, CHLOE, DMITRI, EMEKA):
        said.add(text(await linked_up.member.ask("/link", player=str(steam_id))).splitlines()[0])
    with steam.mood(Mood.SERVER_ERROR, method="GetOwnedGames", times=2):
        said.add(text(await linked_up.member.ask("/link", player=str(ANA))).splitlines()[0])
    assert len(said) == 5


async def test_a_state_is_said_in_spanish_too(linked_up: Served) -> None:
    linked_up.member.user.locale = "es-ES"
    assert "Tu perfil de Steam es privado" in text(await linked_up.member.ask("/link", player=str(BRUNO)))


@pytest.mark.usefixtures("games")
async def test_an_answer_that_is_empty_by_mistake_is_asked_for_again_at_once(
    linked_up: Served, steam: LocalSteam
) -> None:
    with steam.mood(Mood.LIBRARY_GLITCH, times=1):
        await linked_up.member.ask("/link", player="gael")
    account = stored(linked_up)
    assert account is not None
    assert account.state is LibraryState.OPEN


async def test_who_is_unknown_to_steam_and_to_the_data_is_told_which_names_count(linked_up: Served) -> None:
    for named in ("nobody-there", str(FIRST_STEAMID + 77), "not a name!", "１２３"):
        reply = await linked_up.member.ask("/link", player=named)
        assert "Steam has no such account" in reply.content
    assert stored(linked_up) is None


async def test_a_player_of_the_data_who_is_unknown_to_steam_is_linked_as_without_a_key(
    linked_up: Served, players: list[str]
) -> None:
    reply = await linked_up.member.ask("/link", player=players[0])
    assert "The bot stores your Discord id, the player's name" in text(reply)


async def test_nothing_is_stored_where_steam_does_not_say_which_account_is_meant(
    linked_up: Served, steam: LocalSteam
) -> None:
    with steam.mood(Mood.TOO_MANY, method="ResolveVanityURL", times=1):
        reply = await linked_up.member.ask("/link", player="ana-plays")
    assert "nobody can tell which account is meant" in reply.content
    assert stored(linked_up) is None


async def test_a_key_that_steam_does_not_take_is_told_the_admin_and_not_the_person(
    serve: Serve, own_store: Database, steam: LocalSteam, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "F" * 32
    served = await serve(own_store, steam=options_for(steam, key=wrong))
    reply = await served.member.ask("/link", player=str(ANA))
    assert "Steam does not answer just now" in text(reply)
    assert "STEAM_API_KEY" in caplog.text
    assert wrong not in caplog.text


@pytest.mark.usefixtures("games")
async def test_neither_key_nor_account_is_ever_in_the_log(
    linked_up: Served, steam: LocalSteam, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with steam.mood(Mood.SERVER_ERROR, times=2):
        await linked_up.member.ask("/link", player=str(GAEL))
    await linked_up.member.ask("/link", player="gael")
    # discord.py says at this level what Discord sends, which whoever asks for it means to read.
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("discord")]
    for secret in (steam.key, str(GAEL), "Gael", "gael"):
        assert not [line for line in ours if secret in line]


@pytest.mark.usefixtures("games")
async def test_a_library_that_came_is_not_asked_for_again_within_15_minutes(
    linked_up: Served, steam: LocalSteam
) -> None:
    await linked_up.member.ask("/link", player="gael")
    before = asked(steam)
    reply = await linked_up.member.click(await linked_up.member.ask("/me"), FETCH)
    assert "Steam is asked again" in text(reply)
    assert "Steam is asked again" in text(await linked_up.member.ask("/link", player="gael"))
    assert asked(steam) == before
    with linked_up.database.user_data.writer() as session:
        session.execute(update(Account).values(asked_at=datetime.now(UTC) - timedelta(minutes=16)))
    own(steam, {620: 10})
    await linked_up.member.click(await linked_up.member.ask("/me"), FETCH)
    found = library(linked_up)
    assert found is not None
    assert dict(found.games) == {620: 10}


async def test_a_library_that_was_closed_is_asked_for_again_as_soon_as_its_person_opened_it(
    linked_up: Served, steam: LocalSteam, games: dict[int, int | None]
) -> None:
    with steam.mood(Mood.LIBRARY_CLOSED):
        reply = await linked_up.member.ask("/link", player="gael")
    fetched = await linked_up.member.click(reply, FETCH)
    assert len(fetched.embeds) == 2
    found = library(linked_up)
    assert found is not None
    assert set(found.games) == set(games)


@pytest.mark.usefixtures("games")
async def test_me_shows_the_own_library_and_what_is_stored_unless_it_is_shared(linked_up: Served) -> None:
    await linked_up.member.ask("/link", player="gael")
    alone = await linked_up.member.ask("/me")
    assert alone.ephemeral
    fields = {field["name"]: field["value"] for field in alone.embeds[0]["fields"]}
    assert {"Library", "Played", "Most played", "Stored about you"} <= fields.keys()
    assert "**Not proven**" in fields["Stored about you"]
    shared = await linked_up.member.ask("/me", share=True)
    assert not shared.ephemeral
    assert "Stored about you" not in {field["name"] for field in shared.embeds[0]["fields"]}


@pytest.mark.usefixtures("games")
async def test_who_else_sees_it_is_set_at_the_link_or_later(linked_up: Served) -> None:
    await linked_up.member.ask("/link", player="gael", sharing="groups")
    assert "**In groups**" in (await linked_up.member.ask("/me")).embeds[0]["fields"][-1]["value"]
    assert (await linked_up.member.ask("/recommend")).ephemeral
    assert "**Public**" in (await linked_up.member.ask("/privacy", sharing="public")).content
    assert not (await linked_up.member.ask("/recommend")).ephemeral
    with linked_up.database.user_data.reader() as session:
        assert user_data.sharing_of(session, linked_up.member.user.id) is Sharing.PUBLIC


@pytest.mark.usefixtures("games")
async def test_unlinking_erases_the_account_and_the_library(linked_up: Served) -> None:
    await linked_up.member.ask("/link", player="gael")
    assert "So is your library" in (await linked_up.member.ask("/unlink")).content
    assert stored(linked_up) is None
    assert library(linked_up) is None


@IN_A_FILE
@pytest.mark.usefixtures("games")
async def test_what_is_forgotten_of_an_account_cannot_be_read_from_the_raw_files(
    linked_up: Served, steam: LocalSteam
) -> None:
    own(steam, {1_234_567_891: 7_654_321}, name="Quixoticaaa")
    await linked_up.member.ask("/link", player=str(GAEL), sharing="groups")
    marks = [
        b"Quixoticaaa",
        GAEL.to_bytes(8, "big"),
        (1_234_567_891).to_bytes(4, "little"),
        (7_654_321).to_bytes(4, "little"),
    ]
    assert all(mark in raw(linked_up) for mark in marks)
    await linked_up.member.click(await linked_up.member.ask("/forget-me"), "Erase everything")
    assert not any(mark in raw(linked_up) for mark in marks)


def raw(served: Served) -> bytes:
    file = served.database.user_data_file.file
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))
