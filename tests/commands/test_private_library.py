"""A hostile member learns nothing of another's library, by no command, suggestion, file, log or metric."""

import pytest
from prometheus_client import generate_latest

from bot.telemetry.interactions import InteractionRecord
from bot.telemetry.logs import log_interaction
from bot.telemetry.metrics import Metrics
from playground import DriverError, SimulatedUser
from store import Database, user_data
from store.user_data import Sharing
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, commands
from tests.commands.own_library import PERSONA, STEAM_ID, give_library, library_of

pytestmark = pytest.mark.slow

# Ways in which somebody might name the person's account.
WAYS = (PERSONA, PERSONA.upper(), str(STEAM_ID), f"https://steamcommunity.com/profiles/{STEAM_ID}/")
# Options in which a player is named.
NAMING = ("player", "player1", "first", "name")
# An app that nobody else owns, and how long it was played.
APP_ID, MINUTES = 1_876_543_219, 87_654_321


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def served(serve: Serve, own_store: Database, metrics: Metrics) -> Served:
    def observe(interaction: InteractionRecord) -> None:
        log_interaction(interaction)
        metrics.record_interaction(interaction)

    return await serve(own_store, observer=observe)


@pytest.fixture
def private_person(served: Served, own_store: Database, players: list[str]) -> SimulatedUser:
    """A member with an own library that is shared with nobody, and with family to whom it is lent."""
    give_library(own_store, served.member, library_of(own_store, players[0]) | {APP_ID: MINUTES})
    return served.member


def secrets(person: SimulatedUser) -> tuple[str, ...]:
    return (PERSONA, str(STEAM_ID), str(APP_ID), f"{MINUTES // 60:,}", str(person.user.id))


async def test_no_command_shows_it(
    served: Served, private_person: SimulatedUser, ben: SimulatedUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await ben.ready_commands()
    asking = Asking(served)
    for command in commands(served):
        name = f"/{command.qualified_name}"
        options = asking.required(command)
        if "member" in options:
            options["member"] = served.admin.user  # whoever is named is named in the reply
        named = [option.name for option in command.parameters if option.name in NAMING]
        for way in WAYS if named else ("",):
            try:
                reply = await ben.ask(name, **options | dict.fromkeys(named, way))
            except DriverError:
                continue  # for admins alone
            shown = reply.plain_text.replace(way, "") if way else reply.plain_text
            # What was typed may be said back.
            for secret in (one for one in secrets(private_person) if one not in way):
                assert secret not in shown, f"{name}: {shown}"
                assert not any(secret.encode() in file.data for file in reply.files), name
    # discord.py says at this level what was typed.
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("discord")]
    assert not [line for line in ours for secret in secrets(private_person) if secret in line]


@pytest.mark.usefixtures("private_person")
async def test_no_suggestion_while_typing_names_it(served: Served, ben: SimulatedUser) -> None:
    await ben.ready_commands()
    for command in commands(served):
        for option in command.parameters:
            if not option.autocomplete:
                continue
            for way in (PERSONA[:4], str(STEAM_ID)[:9], str(APP_ID)):
                try:
                    choices = await ben.autocomplete(f"/{command.qualified_name}", option.name, way)
                except DriverError:
                    continue
                assert not any(secret in str(choices) for secret in (PERSONA, str(STEAM_ID)))


async def test_no_file_but_that_of_user_data_has_it_and_no_metric(
    served: Served, private_person: SimulatedUser, metrics: Metrics
) -> None:
    for command in ("/recommend", "/surprise", "/me", "/privacy"):
        options = {"sharing": "groups"} if command == "/privacy" else {}
        await private_person.ask(command, **options)
    text = generate_latest(metrics.registry).decode()
    assert not any(secret in text for secret in secrets(private_person))
    store = served.database.file
    for file in store.parent.iterdir():
        if file.is_file() and not file.name.startswith(served.database.user_data_file.file.name):
            content = file.read_bytes()
            assert PERSONA.encode() not in content, file
            assert STEAM_ID.to_bytes(8, "big") not in content, file


@pytest.mark.parametrize("sharing", [Sharing.PRIVATE, Sharing.GROUPS])
async def test_the_persons_own_replies_are_seen_by_nobody_else(
    own_store: Database, private_person: SimulatedUser, ben: SimulatedUser, sharing: Sharing
) -> None:
    with own_store.user_data.writer() as session:
        user_data.set_sharing(session, private_person.user.id, sharing)
    for command in ("/recommend", "/surprise", "/me", "/unlink"):
        assert (await private_person.ask(command)).ephemeral
    assert not [message for message in ben.messages if PERSONA in str(message.to_json())]
