"""Any card becomes an embed that Discord takes."""

from hypothesis import given
from hypothesis import strategies as st

from commands.cards import Card, Field
from commands.embeds import embed_of
from commands.text import Markdown, length
from commands.texts import Texts

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=1500).map(Markdown)
FIELDS = st.builds(Field, name=LINES, value=LINES)
CARDS = st.builds(
    Card,
    title=LINES,
    lines=st.lists(LINES, max_size=12).map(tuple),
    fields=st.lists(FIELDS, max_size=30).map(tuple),
    notes=st.lists(LINES, max_size=3).map(tuple),
)


@given(CARDS, LINES)
def test_no_card_exceeds_a_limit_of_discord(card: Card, source: str) -> None:
    embed = embed_of(card, Texts(), source)
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


def test_lines_that_do_not_fit_are_counted() -> None:
    lines = tuple(Markdown(f"line {number} " + "x" * 100) for number in range(100))
    description = embed_of(Card(Markdown("Long"), lines), Texts()).description or ""
    kept = description.split("\n")
    assert kept[-1] == f"and {100 - (len(kept) - 1)} more lines"
    assert kept[:-1] == list(lines[: len(kept) - 1])


def test_notes_and_source_are_at_the_foot() -> None:
    embed = embed_of(Card(Markdown("Valve"), notes=("A note",)), Texts(), "Steam data")
    assert embed.footer.text == "A note · Steam data"
