"""The page in a real browser: drawn, filtered, narrowed and saved from the file, without a network."""

import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from playground.web import find_browser, open_browser
from report import write_report
from report.writing import FILE_NAME
from store import Database
from tests.report.small_data import HOSTILE, hostile_store
from tests.store.builder import SmallStore

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# The contrast of two colours, as WCAG 2 defines it.
CONTRAST = """
(selectors) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = parts(colour).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return Object.fromEntries(selectors.map((selector) => {
    const element = document.querySelector(selector);
    const colours = [getComputedStyle(element).color, ground(element)];
    const [one, other] = colours.map(light).sort((a, b) => b - a);
    return [selector, (one + 0.05) / (other + 0.05)];
  }));
}
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """An installed Chromium."""
    if find_browser() is None:
        pytest.skip("needs Chromium; install the package chromium")
    async with open_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def page_file(sample_store: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(sample_store, tmp_path_factory.mktemp("report"))


@asynccontextmanager
async def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
) -> AsyncIterator[tuple[Page, list[str]]]:
    """Yield the page in a window, and what it complained of or asked for so far."""
    context = await browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script
    )
    window = await context.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    window.on(
        "request",
        lambda request: None if request.url.startswith(("data:", "blob:")) else said.append(request.url),
    )
    await window.goto(file.as_uri())
    yield window, said
    await context.close()


async def draw_everything(window: Page) -> None:
    """Come near every plot, and wait until all are drawn."""
    for plot in await window.locator(".drawing").all():
        await plot.scroll_into_view_if_needed()
    await window.wait_for_selector(".canvas:not([data-drawn])", state="detached")


async def rows_of(window: Page, name: str) -> list[list[str]]:
    """Return the cells of the table beside a plot."""
    found: list[list[str]] = await window.evaluate(
        "name => [...document.querySelectorAll(`#${name} tbody tr`)]"
        ".map(row => [...row.children].map(cell => cell.textContent))",
        name,
    )
    return found


async def file_of(window: Page, name: str) -> list[list[str]]:
    """Return the cells of the file behind a plot."""
    async with window.expect_download() as started:
        await window.locator(f"#{name} button.file").click()
    download = await started.value
    assert download.suggested_filename == f"{name}.csv"
    return cells(await download.path())


def cells(file: Path) -> list[list[str]]:
    """Return the cells of a file of comma-separated values."""
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_all_is_drawn_without_complaint_outside_request_or_sideways_scrolling(
    browser: Browser, page_file: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    async with opened(browser, page_file, width=width, scheme=scheme) as (window, said):
        await draw_everything(window)

        # A violation of the page's policy would be among what was said.
        assert said == [page_file.as_uri()]
        assert await window.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_its_ground(
    browser: Browser, page_file: Path, scheme: Literal["light", "dark"]
) -> None:
    selectors = ["body", "a", ".caption", ".kicker", "thead th", "button.file", ".matching", "dt", ".notice"]
    async with opened(browser, page_file, scheme=scheme) as (window, _):
        contrasts: dict[str, float] = await window.evaluate(CONTRAST, selectors)

    assert {name: value for name, value in contrasts.items() if value < 4.5} == {}


async def test_without_script_there_are_sentences_and_tables(browser: Browser, page_file: Path) -> None:
    async with opened(browser, page_file, script=False) as (window, _):
        assert await window.locator("#most-owned tbody tr").first.is_visible()
        assert await window.locator("#most-owned .summary").is_visible()
        assert not await window.locator("#filters").is_visible()
        assert not await window.locator("button").first.is_visible()
        assert not await window.locator("#most-owned .drawing").is_visible()
        assert await window.locator("noscript").first.inner_text() != ""


async def test_what_is_pointed_at_is_named_with_its_figures(browser: Browser, page_file: Path) -> None:
    async with opened(browser, page_file) as (window, _):
        plot = window.locator("#most-owned .canvas")
        await plot.scroll_into_view_if_needed()
        await window.wait_for_selector("#most-owned [data-drawn]")
        (first, *_) = await rows_of(window, "most-owned")

        await plot.get_by_text(first[0], exact=True).hover()

        shown = await window.locator("#tooltip").inner_text()
        assert first[0] in shown
        assert first[1] in shown


async def test_the_page_derives_what_the_report_did(browser: Browser, page_file: Path) -> None:
    """A filter that lets everything through leaves every table as it was written."""
    async with opened(browser, page_file) as (window, _):
        names: list[str] = await window.evaluate(
            "[...document.querySelectorAll('.follows-filters')].map(plot => plot.id)"
        )
        written = {name: await rows_of(window, name) for name in names}

        await window.locator("#year-from").fill("1900")
        await window.wait_for_selector(".is-filtered")

        assert len(names) >= 12
        assert {name: await rows_of(window, name) for name in names} == written


async def test_filters_by_genre_and_year_reach_plots_tables_and_files(
    browser: Browser, page_file: Path
) -> None:
    async with opened(browser, page_file) as (window, _):
        games: dict[str, list[Any]] = await window.evaluate(
            "JSON.parse(document.getElementById('report-data').textContent).games"
        )
        genre = games["genres_names"].index("Indie")
        wanted = {
            title
            for title, year, genres in zip(games["title"], games["year"], games["genres"], strict=True)
            if genre in genres and year is not None and 2012 <= year <= 2014
        }

        await window.locator("#genre").select_option(label="Indie")
        await window.locator("#year-from").fill("2012")
        await window.locator("#year-to").fill("2014")
        await window.locator("#unknown-years").uncheck()
        await window.locator("#matching", has_text=f"{len(wanted)} games pass the filters.").wait_for()

        listed = await rows_of(window, "most-owned")
        assert listed
        assert {row[0] for row in listed} <= wanted
        _, *saved = await file_of(window, "most-owned")
        assert [row[0] for row in saved] == [row[0] for row in listed]

        await window.locator("#filters button[type=reset]").click()
        await window.wait_for_selector("#most-owned:not(.is-filtered)")


async def test_where_nothing_passes_the_filters_that_is_said(browser: Browser, page_file: Path) -> None:
    async with opened(browser, page_file) as (window, said):
        await window.locator("#year-from").fill("2099")
        await window.locator("#unknown-years").uncheck()
        await window.locator("#most-owned .status", has_text="No game passes").wait_for()

        assert await rows_of(window, "most-owned") == []
        assert said == [page_file.as_uri()]


async def test_tables_sort_by_any_column_with_what_is_unknown_last(browser: Browser, page_file: Path) -> None:
    async with opened(browser, page_file) as (window, _):
        await window.locator("#developers-played details summary").click()
        head = window.locator("#developers-played thead th").nth(2)

        await head.locator("button").press("Enter")
        falling = [int(row[2]) for row in await rows_of(window, "developers-played")]
        assert await head.get_attribute("aria-sort") == "descending"
        await head.locator("button").press("Enter")
        rising = [int(row[2]) for row in await rows_of(window, "developers-played")]

    assert falling == sorted(falling, reverse=True)
    assert rising == sorted(rising)


async def test_axes_are_narrowed_by_keys_buttons_and_a_drawn_rectangle(
    browser: Browser, page_file: Path
) -> None:
    async with opened(browser, page_file) as (window, _):
        plot = window.locator("#playtime-lorenz")
        drawing = plot.locator(".drawing")
        await drawing.scroll_into_view_if_needed()
        await window.wait_for_selector("#playtime-lorenz [data-drawn]")

        async def axis() -> tuple[str, ...]:
            await window.wait_for_timeout(100)
            # A label that comes back stands behind those that stayed.
            return tuple(sorted((await plot.locator(".canvas").inner_text()).split("\n")))

        whole = await axis()
        await drawing.focus()
        await window.keyboard.press("+")
        by_key = await axis()
        await window.keyboard.press("ArrowRight")
        moved = await axis()
        await window.keyboard.press("0")
        assert await axis() == whole
        await plot.get_by_role("button", name="Zoom in").click()
        assert await axis() == by_key
        await plot.get_by_role("button", name="Show all").click()
        box = await drawing.bounding_box()
        assert box is not None
        await window.mouse.move(box["x"] + 150, box["y"] + 60)
        await window.mouse.down()
        await window.mouse.move(box["x"] + 250, box["y"] + 160, steps=4)
        await window.mouse.up()

        assert len({whole, by_key, moved, await axis()}) == 4


async def test_every_control_is_reached_by_the_tab_key(browser: Browser, page_file: Path) -> None:
    async with opened(browser, page_file) as (window, _):
        unreachable = await window.evaluate(
            "[...document.querySelectorAll('button, select, input, summary, a[href]')]"
            ".filter(control => control.tabIndex < 0).length"
        )
        unnamed = await window.evaluate(
            "[...document.querySelectorAll('button, select, input')].filter(control =>"
            " !(control.textContent.trim() || control.getAttribute('aria-label') || control.labels?.length))"
            ".length"
        )
        await window.keyboard.press("Tab")
        first = await window.evaluate("document.activeElement.className")

    assert (unreachable, unnamed, first) == (0, 0, "skip")


async def test_names_from_data_run_nowhere_and_are_no_formulas(
    browser: Browser, store: SmallStore, tmp_path: Path
) -> None:
    with store.fill() as b:
        hostile_store(b)
    file = write_report(store.database, tmp_path / "hostile")

    async with opened(browser, file) as (window, said):
        title = await window.title()
        await draw_everything(window)
        for name in ("most-owned", "dearest", "developers-played"):
            for text in await window.locator(f"#{name} .canvas text").all():
                await text.hover(force=True)
        await window.locator("#genre").select_option(index=2)
        await window.wait_for_selector("#dearest.is-filtered")
        await window.locator("#filters button[type=reset]").click()
        await window.wait_for_selector("#dearest:not(.is-filtered)")
        _, *saved = await file_of(window, "dearest")

        assert said == [file.as_uri()]
        assert await window.title() == title
        assert await window.locator("img:not([src^='data:']), script:not([src]) + img").count() == 0

    assert len(saved) == len(HOSTILE)
    assert [row[0] for row in saved if row[0][:1] in "=+-@\uff1d"] == []
    assert "'+1+1" in {row[0] for row in saved}


async def test_no_task_keeps_the_page_busy_while_it_is_drawn(browser: Browser, page_file: Path) -> None:
    """Plots come one after the other, with pauses in which keys are heard."""
    async with opened(browser, page_file) as (window, _):
        await window.evaluate(
            "window.turns = 0; const turn = () => { window.turns += 1; setTimeout(turn); }; turn()"
        )
        before = await window.evaluate("window.turns")
        await draw_everything(window)
        after = await window.evaluate("window.turns")
        plots = await window.locator(".canvas").count()

    assert after - before > plots


async def test_in_spanish_axes_and_tables_write_numbers_alike(
    browser: Browser, sample_store: Database, tmp_path: Path
) -> None:
    file = write_report(sample_store, tmp_path, language="es")

    async with opened(browser, file) as (window, said):
        written = await rows_of(window, "most-played")
        await window.locator("#year-from").fill("1900")
        await window.wait_for_selector(".is-filtered")

        assert await rows_of(window, "most-played") == written
        assert await window.evaluate("document.documentElement.lang") == "es"
        assert said == [file.as_uri()]
        data = await window.locator("#report-data").text_content()
    assert json.loads(data or "")["numbers"]["thousands"] == "."
    assert file.name == FILE_NAME
