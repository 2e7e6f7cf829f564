"""Markdown, as Discord reads it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.playground.web.conftest import Window, a_place, windows_on

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRAWN = """async (source) => {
    const { markdown } = await import("/static/js/markdown_view.js");
    const names = { users: new Map([["1", "Ana"]]), channels: new Map([["2", "general"]]), roles: new Map() };
    const box = document.createElement("div");
    box.append(markdown(source, names));
    return box.innerHTML;
}"""

CASES = {
    "plain words": "plain words",
    "**bold** *italic* _italic_": "<strong>bold</strong> <em>italic</em> <em>italic</em>",
    "***both***": "<strong><em>both</em></strong>",
    "__under__ ~~struck~~": "<u>under</u> <s>struck</s>",
    "**bold _and_ more**": "<strong>bold <em>and</em> more</strong>",
    "snake_case_name 2 * 3 * 4": "snake_case_name 2 * 3 * 4",
    r"\*not\* \_this\_": "*not* _this_",
    "never **closed": "never **closed",
    "one\ntwo": "one<br>two",
    "`a * b` ``c`d``": "<code>a * b</code> <code>c`d</code>",
    "```py\nx = 1\n```": '<pre tabindex="0"><code data-language="py">x = 1</code></pre>',
    "```\n<b>&\n```": '<pre tabindex="0"><code>&lt;b&gt;&amp;</code></pre>',
    "> quoted\n> still\nfree": "<blockquote>quoted<br>still</blockquote>free",
    "> quoted\n\nfree": "<blockquote>quoted</blockquote><br>free",
    "before\n> one\n\n> two": "before<blockquote>one</blockquote><br><blockquote>two</blockquote>",
    ">>> all\nof it": "<blockquote>all<br>of it</blockquote>",
    "- one\n- two\n  - inside": "<ul><li>one</li><li>two<ul><li>inside</li></ul></li></ul>",
    "3. three\n4. four": '<ol start="3"><li>three</li><li>four</li></ol>',
    "-# small": "<small>small</small>",
    "<@1> <#2> @everyone": '<span class="mention">@Ana</span> <span class="mention">#general</span> '
    '<span class="mention">@everyone</span>',
    "<b>x</b> &lt;": "&lt;b&gt;x&lt;/b&gt; &amp;lt;",
    "[x](javascript:alert(1))": "[x](javascript:alert(1))",
}

LINKS = {
    "[words](https://a.example/b)": ("https://a.example/b", "words"),
    "see https://a.example/b_(c), yes": ("https://a.example/b_(c)", "https://a.example/b_(c)"),
    "(https://a.example/b)": ("https://a.example/b", "https://a.example/b"),
    "<https://a.example/b>": ("https://a.example/b", "https://a.example/b"),
    "**https://a.example/b**": ("https://a.example/b", "https://a.example/b"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Window]:
    """A window for all of these, which leave it as it is."""
    async with a_place() as place, windows_on(place, browser) as open_one:
        yield await open_one()


@pytest.mark.parametrize("source", CASES)
async def test_marks_become_elements(window: Window, source: str) -> None:
    assert await window.page.evaluate(DRAWN, source) == CASES[source]


@pytest.mark.parametrize("source", LINKS)
async def test_addresses_become_links(window: Window, source: str) -> None:
    address, words = LINKS[source]
    drawn = await window.page.evaluate(DRAWN, source)
    assert f'href="{address}" target="_blank" rel="noopener noreferrer">{words}</a>' in drawn


async def test_a_link_whose_words_are_another_address_is_shown_as_typed(window: Window) -> None:
    drawn = await window.page.evaluate(DRAWN, "[https://good.example](https://evil.example)")
    assert ">https://good.example</a>" in drawn
    assert ">https://evil.example</a>" in drawn


@pytest.mark.parametrize("style", "tTdDfFR")
async def test_timestamps_are_drawn_in_every_style(window: Window, style: str) -> None:
    drawn = await window.page.evaluate(DRAWN, f"<t:1300752000:{style}>")
    assert 'datetime="2011-03-22T00:00:00.000Z"' in drawn


@pytest.mark.parametrize(
    "piece", ["*", "_*", "||", "[", "`", "` `` ", "> ", "- ", "<", "**a ", "```", "https://("]
)
async def test_six_thousand_hostile_characters_are_drawn_whole(window: Window, piece: str) -> None:
    source = piece * (6000 // len(piece)) + "end"
    drawn = await window.page.evaluate(DRAWN.replace("box.innerHTML", "box.textContent"), source)
    assert drawn.endswith("end")
