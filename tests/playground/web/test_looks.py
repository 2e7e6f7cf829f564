"""How messages are drawn, in every size and colour."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import expect

from playground.services.images import pixel_size
from playground.web import take
from tests.playground.web.conftest import OpenWindow, Place, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_an_embed_shows_all_its_parts(window: Window) -> None:
    await window.send("/pages ")
    embed = window.last.locator(".embed")
    await expect(embed).to_have_css("border-left-color", "rgb(59, 130, 246)")
    await expect(embed.locator(".embed-author")).to_have_text("The colour book")
    await expect(embed.get_by_role("link", name="Colours of the world, page 1")).to_have_attribute(
        "href", "https://example.org/colours"
    )
    await expect(embed.locator("strong", has_text="Bold")).to_have_count(1)
    await expect(embed.locator("li")).to_have_text(["first", "second"])
    await expect(embed.locator("dt")).to_have_text(["Red", "Green", "Blue", "Note"])
    boxes = [await field.bounding_box() for field in await embed.locator(".embed-field").all()]
    tops = [round(box["y"]) for box in boxes if box]
    assert tops[0] == tops[1] == tops[2] < tops[3]
    await expect(embed.get_by_role("link", name="the table")).to_have_attribute("rel", "noopener noreferrer")
    await expect(embed.locator(".embed-footer")).to_have_text("Page 1 of 3")


async def test_a_spoiler_is_covered_until_somebody_asks(window: Window) -> None:
    await window.send("/pages ")
    spoiler = window.last.locator(".spoiler")
    await expect(spoiler.locator(".spoiler-inside")).to_have_css("opacity", "0")
    await spoiler.focus()
    await window.type("", "Enter")
    await expect(spoiler.locator(".spoiler-inside")).to_have_css("opacity", "1")


async def test_components_without_an_embed_are_laid_out(window: Window) -> None:
    await window.send("/layout ")
    container = window.last.locator(".container")
    await expect(container.get_by_role("heading", name="Portal 2")).to_be_visible()
    await expect(container.get_by_role("link", name="Details")).to_have_attribute(
        "href", "https://example.org/details"
    )
    await expect(container.locator("small")).to_have_text("Shown with components only")
    await expect(container.locator("img")).to_have_js_property("naturalWidth", 320)


@pytest.mark.parametrize("width", [360, 390, 1280])
async def test_nothing_is_wider_than_the_window(open_window: OpenWindow, width: int) -> None:
    window = await open_window(viewport={"width": width, "height": 800})
    for command in ("/pages ", "/hostile ", "/layout ", "/picture ", "/menus ", "/greet name:" + "wide" * 90):
        await window.send(command)
        await expect(window.last.locator(".message-header")).to_be_visible()
    await window.page.locator("#search").fill("/greet name:" + "wide" * 90)
    for selector in ("html", "#scroller", "#composer-box"):
        inside, outside = await window.page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert inside <= outside, selector


async def test_on_a_phone_people_and_settings_are_in_a_drawer(open_window: OpenWindow, place: Place) -> None:
    window = await open_window(viewport={"width": 360, "height": 740})
    people = window.page.get_by_role("radio", name="Root")
    await expect(people).not_to_be_visible()
    await window.page.get_by_role("button", name="Server, people and settings").click()
    await window.page.locator(".person", has_text="Root").click()
    await expect(people).not_to_be_visible()
    await window.page.locator("#search").fill("/adm")
    assert await window.offered() == ["/admin refresh"]


@pytest.mark.parametrize(("scheme", "other"), [("dark", "light"), ("light", "dark")])
async def test_colours_follow_the_system_until_somebody_chooses(
    open_window: OpenWindow, scheme: Literal["dark", "light"], other: str
) -> None:
    window = await open_window(color_scheme=scheme)
    before = await window.page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    await expect(window.page.locator('input[name="theme"]:checked')).to_have_value(scheme)
    await window.page.locator(f'.themes label:has(input[value="{other}"])').click()
    await window.page.reload()
    await expect(window.page.locator('input[name="theme"]:checked')).to_have_value(other)
    assert await window.page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") != before


async def test_nothing_moves_for_those_who_want_it_still(open_window: OpenWindow) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.send("/think ")
    await expect(window.last.locator(".dots i").first).to_have_css("animation-name", "none")


async def test_a_new_message_scrolls_into_view_unless_somebody_reads_above(window: Window) -> None:
    for _ in range(3):
        await window.send("/pages ")
        await expect(window.last.locator(".embed")).to_be_in_viewport()
    await window.page.locator("#scroller").evaluate("e => e.scrollTo(0, 0)")
    await expect(window.page.locator("#welcome")).to_be_in_viewport()
    await window.page.locator(".message").first.get_by_role("button", name="Next").click()
    await expect(window.page.locator(".message").first).to_contain_text("Page 2 of 3")
    await expect(window.page.locator("#welcome")).to_be_in_viewport()


async def test_a_picture_of_the_page_can_be_taken(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    await take(
        place.address.url,
        out,
        width=390,
        height=600,
        theme="light",
        locale="es-ES",
        commands=["/pages", "/saluda nombre:Ana"],
        typed="/find colour:b",
    )
    assert pixel_size(out.read_bytes()) == (780, 1200)
    assert place.ana.user.locale == "es-ES"
    assert [len(message.embeds) for message in place.discord.person(place.ana).messages] == [1, 0]
