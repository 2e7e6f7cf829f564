"""What a browser shows of a sign-in through Steam: the pages that `python -m tools.pictures --all` takes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from playwright.async_api import Browser, Page

from bot.sign_in.server import served
from bot.sign_in.service import SteamSignIns
from bot.steam_options import SignInOptions
from commands.core.services.sign_ins import SignedIn, SignInDeclined
from localization.markdown import Markdown
from localization.translations import Locales, Translations
from playground.steam import LocalSteam, Mood
from store.errors import DatabaseUnavailable

_HEIGHT: Final = 800
_ASKER: Final = 1
_NAME: Final = "ana.who-plays"


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser that is sent to sign in, the address that it got, and the Steam behind it."""

    page: Page
    address: str
    steam: LocalSteam

    async def begin(self) -> None:
        """Open the first page."""
        await self.page.goto(self.address)

    async def go_to_steam(self) -> None:
        """Press the button of the first page."""
        await self.begin()
        await self.page.locator("a").click()

    async def sign_in(self) -> None:
        """Pick the first account there is."""
        await self.go_to_steam()
        await self.page.locator("button").first.click()

    async def cancel(self) -> None:
        """Sign in as nobody."""
        await self.go_to_steam()
        await self.page.locator("button").last.click()

    async def come_back_twice(self) -> None:
        """Sign in, and open the last address again."""
        await self.sign_in()
        await self.page.reload()

    async def come_back_elsewhere(self) -> None:
        """Sign in at Steam, and come back without what the first page left in the browser."""
        await self.go_to_steam()
        await self.page.context.clear_cookies()
        await self.page.locator("button").first.click()

    async def be_forged(self) -> None:
        """Come back with what Steam does not confirm."""
        with self.steam.mood(Mood.SIGN_IN_INVALID):
            await self.sign_in()

    async def find_steam_in_trouble(self) -> None:
        """Come back when Steam answers neither the question nor a second one."""
        with self.steam.mood(Mood.SIGN_IN_503, times=2):
            await self.sign_in()


async def _succeed(translations: Translations) -> SignedIn:
    async def go_on() -> None:
        """Do nothing: the page is all that is looked at."""

    sentence = translations.gettext(
        "This Steam account is yours here now. Go back to Discord: your library comes there."
    )
    return SignedIn(sentence, go_on)


async def _decline(translations: Translations) -> SignedIn:
    raise SignInDeclined(
        translations.gettext(
            "Another Discord user has signed in through Steam with this account and so has it here. If that"
            " is you, use {command} there first.",
            command=Markdown(f"/{translations.command_name('unlink')}"),
        )
    )


async def _fail(translations: Translations) -> SignedIn:
    raise DatabaseUnavailable("The disk is full.")


End: TypeAlias = Callable[[Translations], Awaitable[SignedIn]]


@dataclass(frozen=True, slots=True)
class SignInScene:
    """What a browser does, and what becomes of a sign-in that Steam has confirmed."""

    name: str
    act: Callable[[Visit], Awaitable[None]]
    end: End = _succeed


SCENES: Final = (
    SignInScene("sign-in", Visit.begin),
    SignInScene("sign-in-steam", Visit.go_to_steam),
    SignInScene("sign-in-done", Visit.sign_in),
    SignInScene("sign-in-cancelled", Visit.cancel),
    SignInScene("sign-in-twice", Visit.come_back_twice),
    SignInScene("sign-in-elsewhere", Visit.come_back_elsewhere),
    SignInScene("sign-in-forged", Visit.be_forged),
    SignInScene("sign-in-steam-down", Visit.find_steam_in_trouble),
    SignInScene("sign-in-taken", Visit.sign_in, _decline),
    SignInScene("sign-in-not-stored", Visit.sign_in, _fail),
)


async def take_sign_in(browser: Browser, scene: SignInScene, locale: str, outs: Mapping[int, Path]) -> None:
    """Play a scene once for each width, in a window without cookies, and take its last page."""
    translations = Locales().translations(locale)
    with LocalSteam() as steam:
        options = SignInOptions(public_url="", port=0, community=steam.community)
        sign_ins = SteamSignIns(options, Locales())
        async with served(sign_ins, options):
            for width, out in outs.items():
                window = await browser.new_context(
                    viewport={"width": width, "height": _HEIGHT}, device_scale_factor=2, locale=locale
                )
                address = sign_ins.begin(_ASKER, _NAME, translations, lambda _: scene.end(translations))
                page = await window.new_page()
                await scene.act(Visit(page, address, steam))
                await page.screenshot(path=out)
                await window.close()
