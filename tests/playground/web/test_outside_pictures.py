"""Pictures from elsewhere come through the page's server, and nothing else does."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from playground.web.outside_pictures import OutsidePictures

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest_asyncio.fixture
async def elsewhere() -> AsyncIterator[str]:
    """A server of pictures, of a page, of a redirect, and of a picture without end."""

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=PNG, content_type="image/png")

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<script>", content_type="text/html")

    async def drawing(_: web.Request) -> web.Response:
        return web.Response(text="<svg/>", content_type="image/svg+xml")

    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("/picture.png")

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        for _ in range(200):
            await response.write(bytes(2**16))
        return response

    app = web.Application()
    for path, handler in (
        ("/picture.png", picture),
        ("/page", page),
        ("/drawing.svg", drawing),
        ("/moved", moved),
        ("/endless.png", endless),
    ):
        app.router.add_get(path, handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture
async def pictures() -> AsyncIterator[OutsidePictures]:
    found = OutsidePictures("/media/secret/outside")
    yield found
    await found.close()


def key(address: str) -> str:
    return address.rpartition("/")[2]


async def test_a_picture_of_a_message_is_fetched(pictures: OutsidePictures, elsewhere: str) -> None:
    address = pictures.readdress(f"{elsewhere}/picture.png")
    assert address.startswith("/media/secret/outside/")
    assert address == pictures.readdress(f"{elsewhere}/picture.png")
    found = await pictures.fetch(key(address))
    assert found is not None
    assert (found.data, found.content_type) == (PNG, "image/png")


@pytest.mark.parametrize("path", ["page", "drawing.svg", "moved", "endless.png", "missing.png"])
async def test_what_is_no_picture_or_too_large_is_not_handed_on(
    pictures: OutsidePictures, elsewhere: str, path: str
) -> None:
    assert await pictures.fetch(key(pictures.readdress(f"{elsewhere}/{path}"))) is None


async def test_nothing_but_what_a_message_shows_can_be_asked_for(
    pictures: OutsidePictures, elsewhere: str
) -> None:
    pictures.readdress(f"{elsewhere}/picture.png")
    for guess in ("", "guess", f"{elsewhere}/picture.png", "../picture.png"):
        assert await pictures.fetch(guess) is None


@pytest.mark.parametrize("address", ["attachment://a.png", "file:///etc/hostname", "data:image/png,x", ""])
def test_an_address_that_is_none_of_the_web_stays_as_it_is(address: str) -> None:
    assert OutsidePictures("/outside").readdress(address) == address
