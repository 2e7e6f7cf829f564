"""The pages of the documentation hold together."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)[^)]*\)")


def test_every_picture_is_shown_with_words_for_those_who_cannot_see_it() -> None:
    shown = {
        (page.parent / address).resolve(): words
        for page in PAGES
        for words, address in _PICTURE.findall(page.read_text(encoding="utf-8"))
    }

    assert set(shown) == set((ROOT / "docs").rglob("*.png"))
    assert all(len(words.split()) >= 3 for words in shown.values())


def test_every_page_is_reached_by_links_that_lead_somewhere() -> None:
    linked = {
        (page.parent / address).resolve()
        for page in PAGES
        for address in _LINK.findall(page.read_text(encoding="utf-8"))
    }

    assert [file for file in linked if not file.exists()] == []
    assert {page for page in PAGES if page.name != "README.md"} <= linked
