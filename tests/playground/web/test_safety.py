"""Who may use the page, and what a bot's text cannot do there."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from playground import LocalDiscord
from playground.web import PageAddress, attach_page
from tests.playground.web.bot import ELSEWHERE, HOSTILE
from tests.playground.web.conftest import OpenWindow, Place, Window


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[LocalDiscord]:
    """A Discord without a bot."""
    async with LocalDiscord() as server:
        yield server


@pytest_asyncio.fixture
async def address(discord: LocalDiscord) -> AsyncIterator[PageAddress]:
    """The page of a server with one member."""
    guild = discord.add_guild("Sample server")
    guild.add_member("Ana")
    async with attach_page(discord, guild) as found:
        yield found


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Plain requests, as any program or another site's script could send them."""
    async with aiohttp.ClientSession() as session:
        yield session


async def enter(
    http: aiohttp.ClientSession, address: PageAddress, first: object, **headers: str
) -> tuple[Any, int | None]:
    """What the socket answers to a first message, and the code it closes with."""
    async with http.ws_connect(
        address.origin + "/socket", headers={"Origin": address.origin} | headers
    ) as socket:
        await socket.send_str(first if isinstance(first, str) else json.dumps(first))
        answer = await socket.receive()
        return (None, socket.close_code) if answer.type is aiohttp.WSMsgType.CLOSE else (answer.json(), None)


async def test_the_token_opens_the_socket(http: aiohttp.ClientSession, address: PageAddress) -> None:
    answer, _ = await enter(http, address, {"id": 1, "do": "enter", "token": address.token})
    assert answer["re"] == 1
    assert [person["name"] for person in answer["ok"]["people"]] == ["Ana"]


@pytest.mark.parametrize(
    "first",
    [
        {"id": 1, "do": "enter", "token": "guessed"},
        {"id": 1, "do": "enter", "token": ""},
        {"id": 1, "do": "enter"},
        {"id": 1, "do": "open"},
        {"id": 1, "do": "slash", "command": "/greet", "options": {}},
        "no JSON",
    ],
)
async def test_nothing_else_does(http: aiohttp.ClientSession, address: PageAddress, first: object) -> None:
    assert await enter(http, address, first) == (None, 4001)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost.evil.example",
        "null",
    ],
)
async def test_other_sites_are_refused_even_with_the_token(
    http: aiohttp.ClientSession, address: PageAddress, origin: str
) -> None:
    for path in ("/", "/static/js/app.js", "/socket"):
        async with http.get(address.origin + path, headers={"Origin": origin}) as response:
            assert response.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await enter(http, address, {"id": 1, "do": "enter", "token": address.token}, Origin=origin)


async def test_a_socket_without_an_origin_is_refused(
    http: aiohttp.ClientSession, address: PageAddress
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(address.origin + "/socket")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example"])
async def test_names_that_were_made_to_lead_here_are_refused(
    http: aiohttp.ClientSession, address: PageAddress, host: str
) -> None:
    for path in ("/", "/socket", "/media/x/1/2/a.png"):
        async with http.get(address.origin + path, headers={"Host": host}) as response:
            assert response.status == 421


async def test_nothing_may_be_loaded_from_elsewhere(
    http: aiohttp.ClientSession, address: PageAddress
) -> None:
    async with http.get(address.origin) as response:
        policy = response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        body = await response.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert address.token not in body


@pytest.mark.parametrize(
    "path", ["/static/../page.py", "/static/%2e%2e/page.py", "/static/", "/media/1/2/a.png"]
)
async def test_only_the_page_s_own_files_are_served(
    http: aiohttp.ClientSession, address: PageAddress, path: str
) -> None:
    async with http.get(address.origin + path) as response:
        assert response.status == 404


async def test_the_token_is_new_every_time_and_not_in_a_representation(discord: LocalDiscord) -> None:
    guild = discord.add_guild("Sample server")
    async with attach_page(discord, guild) as first:
        pass
    async with attach_page(discord, guild) as second:
        pass
    assert first.token != second.token
    assert first.token not in repr(first)
    assert first.token in first.url


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
class TestInTheBrowser:
    """What a browser makes of it."""

    async def test_without_the_token_the_page_says_what_to_open(self, browser: Browser, place: Place) -> None:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(place.address.origin)
        await expect(page.locator("#notice")).to_contain_text("needs the full address")
        await expect(page.locator("#people input")).to_have_count(0)
        await context.close()

    async def test_the_token_does_not_stay_in_the_address(self, window: Window, place: Place) -> None:
        assert window.page.url == place.address.origin + "/"
        await window.page.reload()
        await expect(window.page.locator("#people input:checked")).to_have_count(1)

    async def test_another_page_of_this_browser_cannot_connect(
        self, browser: Browser, place: Place, window: Window
    ) -> None:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto("data:text/html,<title>Another site</title>")
        outcome = await page.evaluate(
            """(address) => new Promise((resolve) => {
                const socket = new WebSocket(address);
                socket.onopen = () => resolve("open");
                socket.onerror = () => resolve("refused");
            })""",
            place.address.origin.replace("http", "ws") + "/socket",
        )
        await context.close()
        assert outcome == "refused"

    async def test_hostile_text_stays_text(self, window: Window) -> None:
        await window.send("/hostile ")
        message = window.last
        await expect(message.locator(".text")).to_contain_text("<img src=x onerror=")
        await expect(message.locator(".text")).to_contain_text("[a](javascript:alert(1))")
        assert await message.locator("img, script, iframe, b").count() == 0
        links = await message.locator("a").evaluate_all("links => links.map(link => link.protocol)")
        assert set(links) <= {"https:", "http:"}
        assert await window.page.title() == "#general · Sample server"
        assert HOSTILE.strip().startswith((await message.locator(".text").inner_text())[:100])

    async def test_pictures_come_from_here_or_not_at_all(self, window: Window, place: Place) -> None:
        await window.send("/picture ")
        image = window.last.locator(".embed-image img")
        await expect(image).to_have_js_property("naturalWidth", 400)
        source = await image.get_attribute("src")
        assert source is not None
        assert source.startswith(place.address.origin + "/media/")
        elsewhere = window.last.locator(".embed-thumbnail")
        await expect(elsewhere.locator("img")).to_have_count(0)
        await expect(elsewhere).to_have_attribute("href", ELSEWHERE)

    async def test_files_that_are_no_pictures_are_only_ever_downloaded(
        self, open_window: OpenWindow, place: Place
    ) -> None:
        window = await open_window()
        await window.send("/script ")
        source = await window.last.locator(".file a").get_attribute("href")
        assert source is not None
        async with aiohttp.ClientSession() as http, http.get(source) as response:
            assert response.headers["Content-Type"] == "application/octet-stream"
            assert response.headers["Content-Disposition"] == "attachment"
            assert "sandbox" in response.headers["Content-Security-Policy"]

    async def test_setting_html_is_impossible_in_the_page(self, window: Window) -> None:
        failure = await window.page.evaluate(
            """() => {
                try { document.body.innerHTML = "<p>"; return "";
                } catch (error) { return error.name; }
            }"""
        )
        assert failure == "TypeError"
        assert any("TrustedHTML" in complaint for complaint in window.complaints)
        window.complaints.clear()
