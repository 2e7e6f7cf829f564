"""A browser for the pages of a sign-in: it keeps cookies, and follows nothing by itself."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from playground.steam import LocalSteam

_LOGIN = re.compile(r'href="([^"]+/openid/login\?[^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def login(self) -> str:
        """Where its button leads."""
        found = _LOGIN.search(self.text)
        assert found is not None, self.text
        return html.unescape(found[1])


@dataclass(frozen=True, slots=True)
class Browser:
    """One person's browser."""

    session: aiohttp.ClientSession

    async def open(self, address: str) -> Page:
        """Open an address."""
        async with self.session.get(address, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), dict(answer.headers))

    async def sign_in(self, steam: LocalSteam, address: str, steam_id: int) -> Page:
        """Go through a sign-in from its first page to its last."""
        return await self.open(steam.sign_in((await self.open(address)).login, steam_id))


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Open a browser without any cookie."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session)
