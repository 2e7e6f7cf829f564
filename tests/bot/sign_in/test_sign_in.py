"""Signing in through Steam, over real sockets: right, forged in every known way, late, twice, elsewhere."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sign_in.pending import GOOD_FOR_SECONDS, PendingSignIns
from bot.sign_in.server import SignInPortTaken, served
from bot.sign_in.service import SteamSignIns
from bot.steam_options import SignInOptions
from commands.core.services.sign_ins import SignedIn, SignInDeclined
from localization.translations import Locales
from playground.steam import LocalSteam, Mood
from playground.steam.people import ANA, FATIMA
from steam.openid import NAMESPACE, Provider, SignInRefused
from store.errors import DatabaseUnavailable
from tests.bot.sign_in.browser import Browser, browsing

ANNE, BEN = 111, 222


@dataclass
class Site:
    """The pages, and who proved to have which account."""

    sign_ins: SteamSignIns
    steam: LocalSteam
    time: list[float]
    proven: list[tuple[int, int]] = field(default_factory=list)
    error: Exception | None = None

    def begin(self, person: int = ANNE, name: str = "anne", language: str = "en") -> str:
        async def finished(steam_id: int) -> SignedIn:
            if self.error is not None:
                raise self.error
            self.proven.append((person, steam_id))
            return SignedIn("Go back to Discord.", self._nothing)

        return self.sign_ins.begin(person, name, Locales().translations(language), finished)

    async def _nothing(self) -> None:
        pass


@pytest.fixture
async def site(steam: LocalSteam) -> AsyncIterator[Site]:
    time = [0.0]
    options = SignInOptions(public_url="", port=0, community=steam.community)
    sign_ins = SteamSignIns(
        options,
        Locales(),
        pending=PendingSignIns(lambda: time[0]),
        clock=lambda: datetime.fromtimestamp(steam.world.now, UTC),
    )
    async with served(sign_ins, options):
        yield Site(sign_ins, steam, time)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as opened:
        yield opened


async def test_who_signs_in_has_proven_the_account_and_is_sent_back_to_discord(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    page = await browser.sign_in(steam, site.begin(), ANA)
    assert page.status == 200
    assert "Go back to Discord." in page.text
    assert site.proven == [(ANNE, ANA)]


async def test_a_confirmation_that_comes_in_pieces_is_read_whole(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    steam.world.slow_seconds = 0.05
    with steam.mood(Mood.SLOW_BODY, times=10):
        page = await browser.sign_in(steam, site.begin(), ANA)
    assert page.status == 200
    assert site.proven == [(ANNE, ANA)]


async def test_the_first_page_says_whose_account_it_will_be(site: Site, browser: Browser) -> None:
    page = await browser.open(site.begin(name="mallory<script>"))
    assert "Discord user mallory&lt;script&gt;" in page.text
    assert "If that is not you, close this page" in page.text


async def test_the_pages_speak_the_language_of_the_person(site: Site, browser: Browser) -> None:
    assert "Iniciar sesión con Steam" in (await browser.open(site.begin(language="es-ES"))).text


async def test_a_page_loads_nothing_and_tells_nobody_its_address(site: Site, browser: Browser) -> None:
    headers = (await browser.open(site.begin())).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "mood",
    [
        Mood.FORGED_ENDPOINT,
        Mood.FORGED_IDENTITY,
        Mood.FOREIGN_CLAIMED_ID,
        Mood.FOREIGN_RETURN_TO,
        Mood.UNSIGNED_IDENTITY,
        Mood.REPEATED_FIELD,
        Mood.STALE_NONCE,
        Mood.SIGN_IN_INVALID,
        Mood.SIGN_IN_CANCELLED,
    ],
)
async def test_nobody_is_believed_who_comes_back_with(
    site: Site, steam: LocalSteam, browser: Browser, mood: Mood
) -> None:
    with steam.mood(mood):
        page = await browser.sign_in(steam, site.begin(), ANA)
    assert page.status in {400, 403}
    assert "nothing was stored" in page.text
    assert site.proven == []


@pytest.mark.parametrize(
    "mood", [Mood.FORGED_ENDPOINT, Mood.FORGED_IDENTITY, Mood.FOREIGN_CLAIMED_ID, Mood.UNSIGNED_IDENTITY]
)
async def test_what_is_forged_is_never_asked_about_elsewhere(
    site: Site, steam: LocalSteam, browser: Browser, mood: Mood
) -> None:
    with steam.mood(mood):
        landing = steam.sign_in((await browser.open(site.begin())).login, ANA)
    before = len(steam.world.calls.of("openid"))
    await browser.open(landing)
    assert len(steam.world.calls.of("openid")) == before


async def test_an_assertion_is_good_once(site: Site, steam: LocalSteam, browser: Browser) -> None:
    landing = steam.sign_in((await browser.open(site.begin())).login, ANA)
    assert (await browser.open(landing)).status == 200
    assert (await browser.open(landing)).status == 410
    assert site.proven == [(ANNE, ANA)]


async def test_an_assertion_of_an_earlier_sign_in_is_none_of_a_new_one(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    await browser.sign_in(steam, site.begin(), ANA)
    with steam.mood(Mood.REPLAY):
        page = await browser.sign_in(steam, site.begin(), FATIMA)
    assert page.status in {403, 410}
    assert site.proven == [(ANNE, ANA)]


async def test_an_assertion_made_for_one_state_is_none_for_another(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    of_ben = site.begin(BEN, "ben")
    landing = urlsplit(steam.sign_in((await browser.open(site.begin())).login, ANA))
    await browser.open(of_ben)
    state = dict(parse_qsl(urlsplit(of_ben).query))["state"]
    query = [(name, state if name == "state" else value) for name, value in parse_qsl(landing.query)]
    page = await browser.open(urlunsplit(landing._replace(query=urlencode(query))))
    assert page.status == 403
    assert site.proven == []


async def test_two_states_in_one_address_are_none(site: Site, steam: LocalSteam, browser: Browser) -> None:
    of_ben = site.begin(BEN, "ben")
    landing = steam.sign_in((await browser.open(site.begin())).login, ANA)
    state = dict(parse_qsl(urlsplit(of_ben).query))["state"]
    assert (await browser.open(f"{landing}&state={state}")).status == 410
    assert site.proven == []


async def test_a_link_is_good_for_ten_minutes(site: Site, steam: LocalSteam, browser: Browser) -> None:
    address = site.begin()
    login = (await browser.open(address)).login
    site.time[0] = GOOD_FOR_SECONDS - 1
    assert (await browser.open(address)).status == 200
    site.time[0] = GOOD_FOR_SECONDS + 1
    assert (await browser.open(address)).status == 410
    assert (await browser.open(steam.sign_in(login, ANA))).status == 410
    assert site.proven == []


async def test_a_new_link_of_a_person_takes_the_place_of_the_one_before(site: Site, browser: Browser) -> None:
    first, of_ben, second = site.begin(), site.begin(BEN, "ben"), site.begin()
    assert (await browser.open(first)).status == 410
    assert (await browser.open(second)).status == 200
    assert (await browser.open(of_ben)).status == 200


async def test_who_was_sent_past_the_first_page_cannot_come_back(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    login = (await browser.open(site.begin(name="mallory"))).login
    async with browsing() as of_the_victim:
        page = await of_the_victim.open(steam.sign_in(login, ANA))
    assert page.status == 403
    assert "did not begin in this browser" in page.text
    assert site.proven == []


async def test_who_was_forgotten_cannot_sign_in_by_the_link_from_before(site: Site, browser: Browser) -> None:
    address = site.begin()
    site.sign_ins.forget(ANNE)
    assert (await browser.open(address)).status == 410


async def test_steam_in_trouble_is_asked_once_more(site: Site, steam: LocalSteam, browser: Browser) -> None:
    with steam.mood(Mood.SIGN_IN_503, times=1):
        assert (await browser.sign_in(steam, site.begin(), ANA)).status == 200
    with steam.mood(Mood.SIGN_IN_503, times=2):
        page = await browser.sign_in(steam, site.begin(BEN, "ben"), ANA)
    assert page.status == 503
    assert "could not confirm it just now" in page.text
    assert site.proven == [(ANNE, ANA)]


async def test_an_account_that_cannot_be_the_persons_is_declined_with_the_reason(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    site.error = SignInDeclined("Another has it.")
    page = await browser.sign_in(steam, site.begin(), ANA)
    assert page.status == 409
    assert "Another has it." in page.text
    assert "You are signed in" not in page.text


async def test_what_cannot_be_stored_is_said_on_the_page(
    site: Site, steam: LocalSteam, browser: Browser
) -> None:
    site.error = DatabaseUnavailable("The disk is full.")
    page = await browser.sign_in(steam, site.begin(), ANA)
    assert page.status == 503
    assert "could not be stored" in page.text
    assert "disk" not in page.text


async def test_other_addresses_and_methods_are_nothing(site: Site, browser: Browser) -> None:
    address = site.begin()
    for path in ("/", "/sign-in", "/sign-in/return/x", "/metrics"):
        split = urlsplit(address)
        assert (await browser.open(f"{split.scheme}://{split.netloc}{path}")).status == 404
    async with browser.session.post(address) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    "spoilt", [b"X: \x00\r\n", b"X: " + b"a" * 100_000 + b"\r\n"], ids=["nul", "too long"]
)
async def test_a_request_that_is_none_is_not_logged_with_its_state(
    site: Site, spoilt: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    address = urlsplit(site.begin())
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(f"GET {address.path}?{address.query} HTTP/1.1\r\nHost: x\r\n".encode() + spoilt + b"\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert b" 400 " in answer.splitlines()[0]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_port_that_is_taken_is_told_with_the_setting(steam: LocalSteam) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        options = SignInOptions("https://bot.example.org", port=taken.getsockname()[1])
        with pytest.raises(SignInPortTaken, match="NEXTPLAY_SIGN_IN_PORT"):
            async with served(SteamSignIns(options, Locales()), options):
                pass


@pytest.fixture(scope="module")
def assertion() -> Iterator[tuple[Provider, list[tuple[str, str]], str, datetime]]:
    """A right assertion, whom it is of, for where, and when."""
    with ExitStack() as stack:
        steam = stack.enter_context(LocalSteam(games=60))
        provider = Provider(steam.community)
        return_to = "https://bot.example.org/sign-in/return?state=s"
        landing = steam.sign_in(provider.login_address(return_to, "https://bot.example.org/"), ANA)
        query = parse_qsl(urlsplit(landing).query, keep_blank_values=True)
        yield provider, query, return_to, datetime.fromtimestamp(steam.world.now, UTC)


def test_the_login_address_asks_steam_whom_the_person_chooses(steam: LocalSteam) -> None:
    asked = dict(
        parse_qsl(urlsplit(Provider(steam.community).login_address("https://a/b", "https://a/")).query)
    )
    assert asked["openid.claimed_id"] == asked["openid.identity"] == f"{NAMESPACE}/identifier_select"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_an_assertion_makes_it_another_persons(
    assertion: tuple[Provider, list[tuple[str, str]], str, datetime], data: st.DataObject
) -> None:
    provider, query, return_to, now = assertion
    place = data.draw(st.integers(0, len(query) - 1))
    name, value = query[place]
    another = data.draw(
        st.one_of(
            st.text(),
            st.sampled_from(
                [value + "\n", value + "/", " " + value, value.upper(), value[:-1], "https://x/"]
            ),
        ).filter(lambda text: text != value)
    )
    changed = [*query[:place], (name, another), *query[place + 1 :]]
    try:
        read = provider.read(changed, return_to=return_to, now=now)
    except SignInRefused:
        return
    # What is left over is for Steam to judge by its signature; the account is the one that was signed.
    assert read.steam_id == ANA


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_assertion_is_fresh_for_five_minutes(
    assertion: tuple[Provider, list[tuple[str, str]], str, datetime], minutes: int
) -> None:
    provider, query, return_to, now = assertion
    with pytest.raises(SignInRefused):
        provider.read(query, return_to=return_to, now=now + timedelta(minutes=minutes))
    assert provider.read(query, return_to=return_to, now=now).steam_id == ANA
