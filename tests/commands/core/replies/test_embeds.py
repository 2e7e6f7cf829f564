"""Any card becomes an embed that Discord takes."""

import discord
from hypothesis import given
from hypothesis import strategies as st

from commands.core.replies.card import Card, Field
from commands.core.replies.embeds import PAGE_ROWS, embed_of, pages_of
from localization.markdown import Markdown, length
from localization.translations import Translations

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=1500).map(Markdown)
FIELDS = st.builds(Field, name=LINES, value=LINES)
CARDS = st.builds(
    Card,
    title=LINES,
    lines=st.lists(LINES, max_size=12).map(tuple),
    rows=st.lists(LINES, max_size=40).map(tuple),
    fields=st.lists(FIELDS, max_size=30).map(tuple),
    notes=st.lists(LINES, max_size=3).map(tuple),
)


@given(CARDS, LINES)
def test_no_card_exceeds_a_limit_of_discord(card: Card, source: str) -> None:
    for embed in (embed_of(card, Translations(), source), *pages_of(card, Translations(), source)):
        require_within_limits(embed)


def require_within_limits(embed: discord.Embed) -> None:
    parts = [embed.title or "", embed.description or "", embed.footer.text or ""]
    parts += [text for field in embed.fields for text in (field.name or "", field.value or "")]
    assert length(embed.title or "") <= 256
    assert length(embed.description or "") <= 4096
    assert length(embed.footer.text or "") <= 2048
    assert len(embed.fields) <= 25
    for field in embed.fields:
        assert 0 < length(field.name or "") <= 256
        assert 0 < length(field.value or "") <= 1024
    assert sum(map(length, parts)) <= 6000


@given(st.integers(0, 100))
def test_every_row_is_on_one_page_and_in_order(count: int) -> None:
    card = Card(Markdown("Long"), (Markdown("head"),), tuple(Markdown(f"row {n}") for n in range(count)))
    shown = [(page.description or "").split("\n") for page in pages_of(card, Translations())]
    assert len(shown) == max(1, -(-count // PAGE_ROWS))
    assert all(page[0] == "head" for page in shown)
    assert [row for page in shown for row in page[1:]] == list(card.rows)


def test_pages_are_numbered_where_there_are_several() -> None:
    card = Card(Markdown("Long"), rows=(Markdown("row"),) * (2 * PAGE_ROWS + 1), notes=("A note",))
    assert [page.footer.text for page in pages_of(card, Translations(), "Steam data")] == [
        f"Page {number} of 3\xa0· A note\xa0· Steam data" for number in (1, 2, 3)
    ]


def test_lines_that_do_not_fit_are_counted() -> None:
    lines = tuple(Markdown(f"line {number} " + "x" * 100) for number in range(100))
    description = embed_of(Card(Markdown("Long"), lines), Translations()).description or ""
    kept = description.split("\n")
    assert kept[-1] == f"and {100 - (len(kept) - 1)}\xa0more lines"
    assert kept[:-1] == list(lines[: len(kept) - 1])


def test_notes_and_source_are_at_the_foot() -> None:
    embed = embed_of(Card(Markdown("Valve"), notes=("A note",)), Translations(), "Steam data")
    assert embed.footer.text == "A note\xa0· Steam data"
