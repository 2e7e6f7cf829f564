"""Proof that a Discord user has a Steam account, from the page that begins it to what is done at the end."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.sign_in.pages import end_page, start_page
from bot.sign_in.pending import GOOD_FOR_SECONDS, PendingSignIn, PendingSignIns
from bot.steam_options import SignInOptions
from commands.core.services.sign_ins import Finished, SignInDeclined
from localization.markdown import Markdown
from localization.translations import Locales, Translations
from steam.openid import FRESH_FOR, Assertion, Provider, Refusal, SignInRefused, require_confirmed
from store.errors import StoreError

log = logging.getLogger(__name__)

START, RETURN = "/sign-in/start", "/sign-in/return"
COOKIE = "nextplay_sign_in"

_TIMEOUT = aiohttp.ClientTimeout(total=10.0, sock_connect=4.0)
_MOST_BYTES = 4_096
_SECONDS_TO_SECOND_TRY = 0.5


@dataclass(slots=True)
class _Nonces:
    """The assertions that were seen as long as they are fresh, so that none is believed twice."""

    seen: dict[str, datetime] = field(default_factory=dict)

    def take(self, nonce: str, now: datetime) -> None:
        """Note one. Raises SignInRefused if it was seen before."""
        self.seen = {one: until for one, until in self.seen.items() if until > now}
        if nonce in self.seen:
            raise SignInRefused(Refusal.STALE, "it was used before")
        self.seen[nonce] = now + 2 * FRESH_FOR + timedelta(minutes=1)


class SteamSignIns:
    """Serves the pages of sign-ins; see `commands.core.services.sign_ins.SignIns`."""

    def __init__(
        self,
        options: SignInOptions,
        locales: Locales,
        *,
        pending: PendingSignIns | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Prepare to serve; nothing is opened yet."""
        self._options = options
        self._provider = Provider(options.community)
        self._locales = locales
        self._pending = pending or PendingSignIns()
        self._clock = clock
        self._nonces = _Nonces()
        self._public_url = options.public_url
        self._going_on: set[asyncio.Future[None]] = set()

    def begin(self, discord_id: int, name: str, translations: Translations, finished: Finished) -> str:
        """Return the address at which a Discord user can sign in once, within ten minutes."""
        state = self._pending.begin(discord_id, name, translations, finished)
        return f"{self._public_url}{START}?{urlencode({'state': state})}"

    def forget(self, discord_id: int) -> None:
        """Invalidate the address that a Discord user got."""
        self._pending.forget(discord_id)

    def clear(self) -> None:
        """Invalidate every address."""
        self._pending.clear()

    def reached_at(self, address: str) -> None:
        """Send people to the address that is listened at, where no public one is set."""
        self._public_url = self._public_url or address

    async def close(self) -> None:
        """Give up what still goes on after somebody signed in."""
        for going_on in self._going_on:
            going_on.cancel()
        await asyncio.gather(*self._going_on, return_exceptions=True)

    def application(self) -> web.Application:
        """Return the pages, to be served."""
        app = web.Application(client_max_size=0)
        app.router.add_get(START, self._start, allow_head=False)
        app.router.add_get(RETURN, self._return, allow_head=False)
        return app

    async def _start(self, request: web.Request) -> web.Response:
        state = request.query.get("state", "")
        pending = self._pending.find(state)
        if pending is None:
            return self._expired(request)
        login = self._provider.login_address(self._return_to(state), f"{self._public_url}/")
        response = start_page(pending.name, login, pending.translations)
        response.set_cookie(
            COOKIE,
            pending.open_in_browser(),
            max_age=int(GOOD_FOR_SECONDS),
            httponly=True,
            secure=self._public_url.startswith("https:"),
            samesite="Lax",
        )
        return response

    async def _return(self, request: web.Request) -> web.Response:
        query = list(request.query.items())
        states = [value for name, value in query if name == "state"]
        pending = self._pending.find(states[0]) if len(states) == 1 else None
        if pending is None:
            return self._expired(request)
        if not pending.is_of_browser(request.cookies.get(COOKIE, "")):
            sentence = pending.translations.gettext(
                "This did not begin in this browser. Press “Sign in through Steam” in Discord, and stay in"
                " the browser that it opens."
            )
            return end_page(sentence, pending.translations, status=403)
        # Spent before the first await, so that a state cannot be used twice at once.
        self._pending.spend(states[0])
        try:
            assertion = self._provider.read(query, return_to=self._return_to(states[0]), now=self._clock())
            self._nonces.take(assertion.nonce, self._clock())
            await self._confirm(assertion)
        except SignInRefused as refused:
            return _refused(refused, pending.translations)
        return await self._finish(pending, assertion.steam_id)

    async def _finish(self, pending: PendingSignIn, steam_id: int) -> web.Response:
        translations = pending.translations
        try:
            done = await pending.finished(steam_id)
        except SignInDeclined as declined:
            return end_page(declined.sentence, translations, status=409)
        except StoreError as error:
            log.error("Somebody signed in through Steam, which could not be stored: %s", error)
            sentence = translations.gettext(
                "What you did is right, and could not be stored. Ask for {command} in Discord again.",
                command=_link(translations),
            )
            return end_page(sentence, translations, status=503)
        going_on = asyncio.ensure_future(done.go_on())
        self._going_on.add(going_on)
        going_on.add_done_callback(self._going_on.discard)
        return end_page(done.sentence, translations)

    async def _confirm(self, assertion: Assertion) -> None:
        """Ask Steam whether an assertion is its own, twice where it is in trouble. Raises SignInRefused."""
        try:
            await self._ask(assertion)
        except SignInRefused as refused:
            if refused.refusal is not Refusal.UNAVAILABLE:
                raise
            await asyncio.sleep(_SECONDS_TO_SECOND_TRY)
            await self._ask(assertion)

    async def _ask(self, assertion: Assertion) -> None:
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True) as session,
                session.post(
                    self._provider.endpoint, data=assertion.question(), allow_redirects=False
                ) as answer,
            ):
                body = await _beginning_of(answer)
                require_confirmed(answer.status, body.decode("utf-8", "replace"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SignInRefused(Refusal.UNAVAILABLE, type(error).__name__) from error

    def _return_to(self, state: str) -> str:
        return f"{self._public_url}{RETURN}?{urlencode({'state': state})}"

    def _expired(self, request: web.Request) -> web.Response:
        wanted = [
            part.split(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")
        ]
        translations = self._locales.translations(*wanted)
        sentence = translations.gettext(
            "This link was used already, or its ten minutes are over. Ask for {command} in Discord again.",
            command=_link(translations),
        )
        return end_page(sentence, translations, status=410)


async def _beginning_of(answer: aiohttp.ClientResponse) -> bytes:
    """Return as much of a body as an answer of Steam's has; it may come in any number of pieces."""
    body = bytearray()
    async for piece in answer.content.iter_chunked(_MOST_BYTES):
        body += piece
        if len(body) >= _MOST_BYTES:
            break
    return bytes(body[:_MOST_BYTES])


def _refused(refused: SignInRefused, translations: Translations) -> web.Response:
    if refused.refusal is Refusal.CANCELLED:
        return end_page(
            translations.gettext(
                "You did not sign in; nothing was stored. Ask for {command} in Discord to try again.",
                command=_link(translations),
            ),
            translations,
            status=400,
        )
    log.warning("A sign-in through Steam was refused: %s", refused)
    if refused.refusal is Refusal.UNAVAILABLE:
        sentence = translations.gettext(
            "Steam could not confirm it just now. Ask for {command} in Discord again in a few minutes.",
            command=_link(translations),
        )
        return end_page(sentence, translations, status=503)
    sentence = translations.gettext(
        "What came back is not what Steam sends; nothing was stored. Ask for {command} in Discord again.",
        command=_link(translations),
    )
    return end_page(sentence, translations, status=403)


def _link(translations: Translations) -> Markdown:
    return Markdown(f"/{translations.command_name('link')}")
