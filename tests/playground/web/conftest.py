"""The page in a real browser. One browser serves all tests; each has a Discord and windows of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from playground import LocalDiscord, point_client
from playground.web import PageAddress, attach_page, find_browser, open_browser
from playground.world.model import Guild, Member
from playground.world.permissions import ADMINISTRATOR
from tests.playground.web.bot import make_bot


@dataclass(frozen=True, slots=True)
class Place:
    """A server with the test bot in it, a member, an admin, and the address of its page."""

    discord: LocalDiscord
    guild: Guild
    ana: Member
    root: Member
    address: PageAddress

    async def until(self, kind: str, action: Awaitable[Any]) -> None:
        """Do something and wait until an event of this kind was published."""
        with self.discord.events.subscribe() as events:
            await action
            while (await events.next()).kind != kind:
                pass

    async def unanswered(self, action: Awaitable[Any]) -> None:
        """Do something that sends an interaction, and let its three seconds pass."""
        await self.until("interaction_sent", action)
        self.discord.clock.advance(3.1)


@dataclass
class Window:
    """A browser window on the page, with what went wrong in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings; violations of the content security policy are among them.

        That a picture from elsewhere cannot be had is none: the page shows a link instead.
        """
        if message.type in ("error", "warning") and "/outside/" not in message.location["url"]:
            self.complaints.append(message.text)

    def note_request(self, origin: str, request: Request) -> None:
        """Keep requests that leave the page's origin."""
        if not request.url.startswith((origin, origin.replace("http", "ws"), "data:", "blob:")):
            self.complaints.append(f"asked for {request.url}")

    async def type(self, text: str, *keys: str) -> None:
        """Type where the focus is, then press keys."""
        await self.page.keyboard.type(text)
        for key in keys:
            await self.page.keyboard.press(key)

    async def send(self, line: str) -> None:
        """Fill in a whole command line and send it as it stands."""
        await self.page.locator("#search").fill(line)
        await self.page.locator("#send").click()

    @property
    def last(self) -> Any:
        """The newest message."""
        return self.page.locator("#messages > .message").last

    async def offered(self) -> list[str]:
        """The titles of the suggestions, once there are any."""
        titles = self.page.locator("#suggestions [role=option] .suggestion-title")
        await titles.first.wait_for()
        return await titles.all_text_contents()


OpenWindow = Callable[..., Awaitable[Window]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """An installed Chromium."""
    if find_browser() is None:
        pytest.skip("needs Chromium; install the package chromium")
    async with open_browser() as chromium:
        expect.set_options(timeout=10_000)
        yield chromium


@asynccontextmanager
async def a_place() -> AsyncIterator[Place]:
    """Run a Discord with the test bot connected, and its page."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(LocalDiscord())
        stack.enter_context(point_client(discord))
        application = discord.add_application("Sample bot")
        guild = discord.add_guild("Sample server")
        ana = guild.add_member("Ana")
        root = guild.add_member("Root", permissions=ADMINISTRATOR)
        discord.install(application, guild)
        client = make_bot()
        running = asyncio.create_task(client.start(application.token))
        await discord.person(ana).ready_commands()
        address = await stack.enter_async_context(attach_page(discord, guild))
        yield Place(discord, guild, ana, root, address)
        await client.close()
        await running


@pytest_asyncio.fixture(loop_scope="session")
async def place() -> AsyncIterator[Place]:
    """A Discord with the test bot connected, and its page."""
    async with a_place() as place:
        yield place


@asynccontextmanager
async def windows_on(place: Place, browser: Browser) -> AsyncIterator[OpenWindow]:
    """Give what opens windows on the page, each with a storage of its own. None may have complained."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []

    async def open_one(
        person: Member | None = None, address: PageAddress | None = None, **settings: Any
    ) -> Window:
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **settings})
        contexts.append(context)
        window = Window(await context.new_page())
        windows.append(window)
        window.page.on("console", window.note_console)
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        where = address or place.address
        window.page.on("request", lambda request: window.note_request(where.origin, request))
        await window.page.goto(where.url)
        await window.page.locator("#people input:checked").wait_for(state="attached")
        if person is not None:
            await be(window, person)
        return window

    yield open_one
    for context in contexts:
        await context.close()
    assert [complaint for window in windows for complaint in window.complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(place: Place, browser: Browser) -> AsyncIterator[OpenWindow]:
    """Opens windows on the page."""
    async with windows_on(place, browser) as open_one:
        yield open_one


@pytest_asyncio.fixture(loop_scope="session")
async def window(open_window: OpenWindow) -> Window:
    """A window of desktop size, where Ana sits."""
    return await open_window()


async def be(window: Window, person: Member) -> None:
    """Switch to another person."""
    await window.page.locator(f'.person:has(input[value="{person.id}"])').click()
    await expect(window.page.locator("#people input:checked")).to_have_value(str(person.id))
    await expect(window.page.locator("#search")).to_be_visible()
