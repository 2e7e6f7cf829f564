"""A hostile member of the same server learns nothing of a private person, by whatever answers anybody."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from typing import Any

import httpx
import pytest

from api.operations import OPERATIONS
from api.options import ApiOptions
from api.server import served as api_served
from bot.steam_options import SteamPeopleOptions
from bot.telemetry.interactions import InteractionRecord
from bot.telemetry.logs import JsonFormatter, RedactingFormatter, log_interaction
from bot.telemetry.metrics import Metrics
from charts.rendering import ChartRenderer
from charts.specs import Spec
from commands import registry
from commands.core.services.late_charts import LateCharts, PendingChart
from playground import DriverError, Reply, SimulatedUser
from playground.steam import LocalSteam
from playground.steam.people import Person, Wish
from playground.validation.commands import STRING, USER
from store import Database, user_data
from store.user_data import Sharing
from tests.api.asking import request
from tests.bot.conftest import MANAGE_GUILD, Serve, Served
from tests.commands.asking import Asking, Command, commands
from tests.commands.own_library import PERSONA, STEAM_ID
from tests.commands.private_person import NAME, OWNED, WISHED, Traces, content, store_everything
from tests.waiting import until

pytestmark = pytest.mark.slow

_BUTTON, _MENU = 2, 3
# Ways to name the person's account in a text; the first is not the whole name, so that it says nothing back.
WAYS = (PERSONA[:-1], f"https://steamcommunity.com/profiles/{STEAM_ID}/", str(OWNED))


class NotDrawn(LateCharts):
    """Keeps what would be drawn, which has every word of a picture and of its description."""

    def __init__(self) -> None:
        super().__init__(ChartRenderer())
        self.specs: list[Spec] = []

    async def begin(self, spec: Spec) -> PendingChart:
        self.specs.append(spec)
        drawn: PendingChart = asyncio.get_running_loop().create_future()
        drawn.set_result(None)
        return drawn


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def charts() -> NotDrawn:
    return NotDrawn()


@pytest.fixture
async def served(
    serve: Serve, own_store: Database, steam: LocalSteam, metrics: Metrics, charts: NotDrawn
) -> Served:
    def observe(interaction: InteractionRecord) -> None:
        log_interaction(interaction)
        metrics.record_interaction(interaction)

    people = SteamPeopleOptions(api_host=steam.api)
    return await serve(own_store, observer=observe, charts=charts, steam=people)


def member(served: Served, name: str, **options: Any) -> SimulatedUser:
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member(name, **options))


@pytest.fixture
def private(served: Served, own_store: Database, steam: LocalSteam, players: list[str]) -> SimulatedUser:
    """A member of whom all there can be is stored, and nothing shared; two others are family."""
    person = member(served, NAME)
    steam.world.put(Person(STEAM_ID, PERSONA, wishlist=(Wish(WISHED, 1, 1_700_000_000),)))
    arrange(own_store, served, person, players, Sharing.PRIVATE)
    return person


def arrange(
    store: Database, served: Served, person: SimulatedUser, players: list[str], sharing: Sharing
) -> None:
    family = {"lender": served.admin.user.id, "borrower": served.member.user.id}
    store_everything(store, person.user.id, like=players[0], sharing=sharing, **family)


@pytest.fixture
def hostile(served: Served) -> SimulatedUser:
    """A member who administers the server, and may so ask for everything there."""
    return member(served, "Ginés", permissions=MANAGE_GUILD)


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """All that a bot logs that is to log everything, as it writes it."""
    monkeypatch.setattr(caplog.handler, "formatter", RedactingFormatter(JsonFormatter(), ()))
    caplog.set_level("DEBUG")
    for tester in ("httpx", "httpcore", "hypothesis", "discord"):
        caplog.set_level("INFO" if tester == "discord" else "WARNING", tester)
    return caplog


async def use_everything(private: SimulatedUser, host: SimulatedUser) -> None:
    """Have a person ask by all that is stored, and join, vote and decide in the round of another."""
    for command in ("/recommend", "/surprise", "/me", "/wishlist", "/taste", "/hidden"):
        assert (await private.ask(command)).ephemeral, command
    await host.ask("/taste", like="Portal 2")
    question = await host.ask("/play-together")
    for person, button in ((host, "Join"), (private, "Join"), (private, "Show the games")):
        await person.click(question, button)
    vote = next(part for part in parts_of(question) if part.get("label", "").startswith("1. "))
    await private.click(question, vote["custom_id"])


def parts_of(reply: Reply) -> list[Any]:
    return [part for row in reply.components for part in row.get("components", ())]


async def press_all(
    person: SimulatedUser, reply: Reply, pressed: set[str]
) -> AsyncIterator[tuple[str, Reply]]:
    """Press the buttons and choose from the menus under a reply, as far as earlier presses leave them.

    Those whose like is among the `pressed` are left out, and the others are put there.
    """
    for part in parts_of(reply):
        name = part.get("custom_id")
        kind = str(name).rstrip("0123456789")
        if kind in pressed:
            continue
        pressed.add(kind)
        with suppress(DriverError):
            if part["type"] == _BUTTON and name is not None:
                yield name, await (await person.click(reply, name)).settled()
            elif part["type"] == _MENU and part.get("options"):
                chosen = part["options"][0]["value"]
                yield name, await (await person.select(reply, chosen, menu=name)).settled()


def questions(
    command: Command, asking: Asking, named: SimulatedUser
) -> Iterator[tuple[dict[str, Any], Sequence[object]]]:
    """Yield the options to ask a command with, with what they tell of the person who is `named`.

    The example in help comes first. Of options that are called alike but for a number, one is enough.
    """
    told = (named.user.id, NAME)
    people = {option.name: named.user for option in command.parameters if option.type.value == USER}
    example, required = (
        options | {name: people[name] for name in people.keys() & options.keys()}
        for options in (asking.example(command), asking.required(command))
    )
    for options in (example, required):
        yield options, told if named.user in options.values() else ()
    alike = {option.name.rstrip("0123456789"): option for option in reversed(command.parameters)}
    for option in alike.values():
        if option.name in people and option.name not in required:
            yield required | {option.name: named.user}, told
        if option.type.value == STRING and not option.choices:
            for way in WAYS:
                yield required | {option.name: way}, (*told, way, STEAM_ID)


async def commands_tell(served: Served, hostile: SimulatedUser, private: SimulatedUser) -> list[str]:
    """Ask every command in every way, and press every kind of button once."""
    traces, asking, found = Traces(private.user.id), Asking(served), []
    pressed: set[str] = set()
    for command in commands(served):
        name = f"/{command.qualified_name}"
        for options, told in questions(command, asking, private):
            with suppress(DriverError):  # what Discord offers only to others, or does not let through
                reply = await hostile.ask(name, **options)
                if traces.in_reply(reply, told=told):
                    found.append(f"{name} {options}: {reply.text}")
                async for button, answer in press_all(hostile, reply, pressed):
                    if traces.in_reply(answer, told=told):
                        found.append(f"{name} {options}, {button}: {answer.text}")
    return found


async def menus_tell(served: Served, hostile: SimulatedUser, private: SimulatedUser) -> list[str]:
    """Choose every command of a message's menu."""
    message = served.member.say(f"https://store.steampowered.com/app/620/ {PERSONA} {STEAM_ID}")
    names = [menu.name for menu in registry.collect().context_menus]
    replies = [(name, await (await hostile.use_on(name, message)).settled()) for name in names]
    return [f"{name}: {reply.text}" for name, reply in replies if Traces(private.user.id).in_reply(reply)]


async def suggestions_tell(served: Served, hostile: SimulatedUser, private: SimulatedUser) -> list[str]:
    """Type the beginning of all that names the person into every option that completes it."""
    found = []
    for command in commands(served):
        for option in (one for one in command.parameters if one.autocomplete):
            for typed in (PERSONA[:4], str(STEAM_ID)[:9], str(OWNED)[:5], NAME[:4]):
                with suppress(DriverError):
                    choices = await hostile.autocomplete(f"/{command.qualified_name}", option.name, typed)
                    if Traces(private.user.id).in_text(str(choices)):
                        found.append(f"/{command.qualified_name} {option.name}:{typed}: {choices}")
    return found


def addresses_tell(database: Database, metrics: Metrics, private: SimulatedUser) -> list[str]:
    """Ask every operation over HTTP of the person, and read all else that is served."""
    traces, found = Traces(private.user.id), []
    with (
        api_served(database, ApiOptions(port=0, rate_limit=None), metrics.registry) as port,
        metrics.served("127.0.0.1", 0) as metrics_port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        for operation in OPERATIONS:
            for way in WAYS:
                answer = request(client, operation, way)
                if traces.in_text(f"{answer.headers}{answer.text}", told=(way, STEAM_ID)):
                    found.append(f"{answer.url}: {answer.text}")
        for page in ("/healthz", "/readyz", "/openapi.json", "/metrics", f":{metrics_port}/metrics"):
            address = f"http://127.0.0.1{page}" if page.startswith(":") else page
            answer = client.get(address)
            assert answer.status_code == httpx.codes.OK, page
            if traces.in_text(answer.text):
                found.append(f"{page}: {answer.text}")
    return found


def files_tell(database: Database, private: SimulatedUser) -> list[str]:
    """Read every file beside the store but that of user data."""
    people = database.user_data_file.file.name
    files = [file for file in database.file.parent.rglob("*") if file.is_file()]
    others = [file for file in files if not file.name.startswith(people)]
    return [file.name for file in others if Traces(private.user.id).in_bytes(file.read_bytes())]


async def test_nothing_of_a_private_person_is_anywhere(
    served: Served,
    private: SimulatedUser,
    hostile: SimulatedUser,
    metrics: Metrics,
    charts: NotDrawn,
    said: pytest.LogCaptureFixture,
) -> None:
    await hostile.ready_commands()
    await use_everything(private, served.member)
    charts.specs.clear()
    tell = [
        *await suggestions_tell(served, hostile, private),
        *await menus_tell(served, hostile, private),
        *await commands_tell(served, hostile, private),
        *await asyncio.to_thread(addresses_tell, served.database, metrics, private),
        *files_tell(served.database, private),
    ]
    assert charts.specs, "no picture was made"
    tell += [str(spec) for spec in charts.specs if Traces(private.user.id).in_text(str(spec))]
    assert said.text, "nothing was logged"
    tell += [line for line in said.text.splitlines() if Traces(private.user.id).in_text(line)]
    assert not tell, "\n".join(tell)


async def test_naming_the_person_shows_what_naming_nobody_shows(
    served: Served, private: SimulatedUser, hostile: SimulatedUser
) -> None:
    await hostile.ready_commands()
    asking, nobody, tried = Asking(served), member(served, "Nobody"), 0
    for command in commands(served):
        seen = []
        for named in (private, nobody):
            naming = (options for options, _ in questions(command, asking, named))
            asked = [options for options in naming if named.user in options.values()]
            replies = [await hostile.ask(f"/{command.qualified_name}", **options) for options in asked]
            seen.append([without_names(reply, named) for reply in replies])
        tried += len(seen[0])
        assert seen[0] == seen[1], command.qualified_name
    assert tried > 1


def without_names(reply: Reply, named: SimulatedUser) -> str:
    return reply.text.replace(named.user.display_name, "NAMED").replace(str(named.user.id), "NAMED")


async def test_others_see_of_a_private_persons_replies_no_more_than_of_anybodys(
    served: Served, private: SimulatedUser, own_store: Database, players: list[str]
) -> None:
    await private.ready_commands()
    asking, nobody = Asking(served), member(served, "Nobody")
    for command in commands(served):
        if not is_arranged(own_store, private, Sharing.PRIVATE):  # by the command before
            arrange(own_store, served, private, players, Sharing.PRIVATE)
        name, options = f"/{command.qualified_name}", asking.example(command)
        seen = [await seen_by_others(person, name, options) for person in (private, nobody)]
        assert seen[0] in ("", seen[1]), name


async def seen_by_others(person: SimulatedUser, command: str, options: dict[str, Any]) -> str:
    with suppress(DriverError):
        reply = await person.ask(command, **options)
        return "" if reply.ephemeral else without_names(reply, person)
    return ""


async def test_others_see_of_the_persons_own_replies_what_the_person_set(
    served: Served,
    private: SimulatedUser,
    hostile: SimulatedUser,
    own_store: Database,
    players: list[str],
) -> None:
    await private.ready_commands()
    asking, traces = Asking(served), Traces(private.user.id)
    own = {NAME, private.user.id}  # Discord itself says who asked
    for sharing, shows in ((Sharing.PRIVATE, set()), (Sharing.GROUPS, set()), (Sharing.PUBLIC, {PERSONA})):
        before = {message.id for message in hostile.messages}
        for command in commands(served):
            if not is_arranged(own_store, private, sharing):  # by the command before
                arrange(own_store, served, private, players, sharing)
            with suppress(DriverError):
                await private.ask(f"/{command.qualified_name}", **asking.required(command))
        seen = "\n".join(content(message) for message in hostile.messages if message.id not in before)
        assert traces.in_text(seen, told=own) == {one.casefold() for one in shows}, sharing


def is_arranged(store: Database, person: SimulatedUser, sharing: Sharing) -> bool:
    with store.user_data.reader() as session:
        return (
            user_data.own_library(session, person.user.id) is not None
            and user_data.sharing_of(session, person.user.id) is sharing
        )


async def test_once_forgotten_the_person_is_in_no_file(
    served: Served, private: SimulatedUser, own_store: Database
) -> None:
    await private.ready_commands()
    await use_everything(private, served.member)
    data, traces = own_store.user_data_file.file, Traces(private.user.id)

    def stored() -> set[str]:
        parts = data.parent.glob(f"{data.name}*")
        return traces.in_bytes(b"".join(part.read_bytes() for part in parts))

    assert len(stored()) > 5, "what is looked for is not how it is stored"
    await private.click(await private.ask("/forget-me"), "Erase everything")
    # Readers may put it off for two seconds.
    await until(lambda: not own_store.user_data.has_traces)
    assert not stored()
    assert not files_tell(own_store, private)
