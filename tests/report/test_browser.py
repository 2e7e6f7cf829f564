"""The page in a real browser: drawn in full, without a complaint, from the file alone."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from playground.web.screenshots import LAUNCH_ARGUMENTS, find_browser
from report import write_report
from store import Database

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LARGEST_GAP = "Math.max(...[...document.images].map(image => Math.abs(image.naturalWidth - 1200)))"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """An installed Chromium."""
    path = find_browser()
    if path is None:
        pytest.skip("needs Chromium; install the package chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest.fixture(scope="module")
def page_file(sample_store: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(sample_store, tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_it_renders_without_complaint_or_outside_request(
    browser: Browser, page_file: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    window = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    window.on("request", lambda request: asked.append(request.url))

    await window.goto(page_file.as_uri(), wait_until="networkidle")

    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert await window.evaluate("document.images.length") >= 14
    assert await window.evaluate(LARGEST_GAP) == 0  # every chart was decoded
    assert await window.evaluate("document.documentElement.scrollWidth") == width  # nothing hangs out
    shown = await window.evaluate("document.images[0].currentSrc === document.images[0].src")
    assert shown is (scheme == "light")
    background = await window.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(26, 35, 48)"}[scheme]
    await window.close()
