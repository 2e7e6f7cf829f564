"""Pictures of the page, taken with an installed Chromium through Playwright."""

import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Theme: TypeAlias = Literal["dark", "light"]

_LAUNCH_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


# A window in which every reply is whole, in CSS pixels.
_TALL = 2_400
_PHONE = 390


@dataclass(frozen=True, slots=True)
class Shot:
    """What a person does, and the pictures of the last reply that is there then.

    Attributes:
        outs: the files to write, by the width of the window in CSS pixels; a picture has twice as many, less
            the list of people where that stands beside. None at all where other people go on from here.
        commands: command lines to send first, each answered before the next.
        presses: the beginnings of the labels of the buttons of the last reply that are pressed then.
        form: what is filled into the lines of the form that the last press opened.
        person: who it is, whoever is offered first if None.
        has_picture: waits for a picture in the reply.
    """

    outs: Mapping[int, Path]
    commands: tuple[str, ...]
    theme: Theme = "dark"
    locale: str | None = None
    person: int | None = None
    has_picture: bool = False
    presses: tuple[str, ...] = ()
    form: tuple[str, ...] = ()


def find_browser() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


async def take(
    url: str,
    out: Path,
    *,
    width: int = 1280,
    height: int = 800,
    theme: Theme = "dark",
    locale: str | None = None,
    commands: Sequence[str] = (),
    typed: str = "",
) -> None:
    """Save a picture of a page as PNG.

    Args:
        url: the address of the page, token included.
        out: the file to write.
        width: of the window, in CSS pixels; the picture has twice as many.
        height: of the window, in CSS pixels.
        theme: the colours that the system asks for.
        locale: the language to choose, e.g. "es-ES"; the person's own if None.
        commands: command lines to send first, each answered before the next, e.g. "/recommend game:Portal 2".
        typed: what to type at the end, so that the picture shows suggestions, e.g. "/recommend game:por".

    Raises:
        RuntimeError: if no Chromium is installed.
    """
    async with open_browser() as browser:
        page = await _open(browser, url, width=width, height=height, theme=theme, locale=locale)
        for command in commands:
            await _send(page, command)
        if typed:
            await page.locator("#search").fill(typed)
            await page.locator("#suggestions [role=option]").first.wait_for()
        await _load_pictures(page)
        await page.screenshot(path=out)


async def take_replies(url: str, shots: Sequence[Shot]) -> None:
    """Save pictures of replies, one shot after the other.

    Args:
        url: the address of the page, token included.
        shots: what is done, and where each picture goes.

    Raises:
        RuntimeError: if no Chromium is installed.
    """
    async with open_browser() as browser:
        for shot in shots:
            page = await _open(
                browser,
                url,
                width=next(iter(shot.outs), _PHONE),
                height=_TALL,
                theme=shot.theme,
                locale=shot.locale,
                person=shot.person,
            )
            await _act(page, shot)
            await _take_reply(page, shot)
            await page.close()


async def _act(page: "Page", shot: Shot) -> None:
    for command in shot.commands:
        await _send(page, command)
    for label in shot.presses:
        await _press(page, label)
    if shot.form:
        await _fill_in(page, shot.form)


async def _take_reply(page: "Page", shot: Shot) -> None:
    reply = page.locator(".message").last
    if shot.has_picture:
        await reply.locator("img[src*='/media/']").first.wait_for()
    await _load_pictures(page)
    # The ring around what has the focus would reach into the picture.
    await page.evaluate("document.activeElement?.blur()")
    for width, out in shot.outs.items():
        await page.set_viewport_size({"width": width, "height": _TALL})
        await reply.screenshot(path=out)


@asynccontextmanager
async def open_browser() -> AsyncIterator["Browser"]:
    """Start an installed Chromium without a window, and close it at the end.

    Raises:
        RuntimeError: None is installed.
    """
    # Only developers take pictures, so the package is not needed to serve the page.
    from playwright.async_api import async_playwright  # noqa: PLC0415

    browser_path = find_browser()
    if browser_path is None:
        raise RuntimeError(f"no browser found to take pictures with; install one of: {', '.join(_NAMES)}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=list(_LAUNCH_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def _open(
    browser: "Browser",
    url: str,
    *,
    width: int,
    height: int,
    theme: Theme,
    locale: str | None,
    person: int | None = None,
) -> "Page":
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    for key, value in (("locale", locale), ("person", person and str(person))):
        if value is not None:
            await page.add_init_script(f"sessionStorage.setItem({json.dumps(key)}, {json.dumps(value)})")
    await page.goto(url)
    await page.locator("#people input:checked").wait_for(state="attached")
    return page


async def _press(page: "Page", label: str) -> None:
    """Press a button of the last reply, and wait until a form is open or any reply is another one."""
    shown = await page.locator("#messages").inner_text()
    beginning = re.compile(f"^{re.escape(label)}")
    await page.locator(".message").last.get_by_role("button", name=beginning).first.click()
    while not await page.locator("dialog[open]").count() and await _still_shows(page, shown):
        await page.wait_for_timeout(50)


async def _fill_in(page: "Page", lines: tuple[str, ...]) -> None:
    """Fill in the form that is open and send it, and wait until any reply is another one."""
    shown = await page.locator("#messages").inner_text()
    fields = page.locator("dialog[open] :is(input[type=text], textarea)")
    for place, line in enumerate(lines):
        await fields.nth(place).fill(line)
    await page.locator("dialog[open] [type=submit]").click()
    while await _still_shows(page, shown):
        await page.wait_for_timeout(50)


async def _still_shows(page: "Page", shown: str) -> bool:
    return await page.locator("#messages").inner_text() == shown


async def _load_pictures(page: "Page") -> None:
    await page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => null)))")


async def _send(page: "Page", command: str) -> None:
    """Send a command line and wait until its answer is there, however long the bot "thinks"."""
    before = await page.locator(".message").count()
    await page.locator("#search").fill(command + " ")
    await page.locator("#send").click()
    answer = page.locator(".message").nth(before).locator(".message-content")
    await answer.locator(":scope > :not(.thinking, .problem:empty)").first.wait_for()
