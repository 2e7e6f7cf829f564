"""Pictures of the page, taken with an installed Chromium through Playwright."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.async_api import Page

LAUNCH_ARGUMENTS = (
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


def find_browser() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


async def take(
    url: str,
    out: Path,
    *,
    width: int = 1280,
    height: int = 800,
    theme: Literal["dark", "light"] = "dark",
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
    # Only developers take pictures, so the package is not needed to serve the page.
    from playwright.async_api import async_playwright  # noqa: PLC0415

    browser_path = find_browser()
    if browser_path is None:
        raise RuntimeError(f"no browser found to take pictures with; install one of: {', '.join(_NAMES)}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=list(LAUNCH_ARGUMENTS))
        page = await browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            device_scale_factor=2,
            reduced_motion="reduce",
        )
        if locale is not None:
            await page.add_init_script(f"sessionStorage.setItem('locale', {json.dumps(locale)})")
        await page.goto(url)
        await page.locator("#people input:checked").wait_for(state="attached")
        for command in commands:
            await _send(page, command)
        if typed:
            await page.locator("#search").fill(typed)
            await page.locator("#suggestions [role=option]").first.wait_for()
        await page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
        await page.screenshot(path=out)
        await browser.close()


async def _send(page: "Page", command: str) -> None:
    """Send a command line and wait until its answer is there, however long the bot "thinks"."""
    before = await page.locator(".message").count()
    await page.locator("#search").fill(command + " ")
    await page.locator("#send").click()
    answer = page.locator(".message").nth(before).locator(".message-content")
    await answer.locator(":scope > :not(.thinking, .problem:empty)").first.wait_for()
