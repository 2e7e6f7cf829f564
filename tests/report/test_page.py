"""The page itself: whole, alone, accessible, and honest about where the data come from."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from sqlalchemy import select

from report.blocks import Column, Finding, Kind, Page, Picture, Plot, Section, Table, Values
from report.page import to_html
from report.plots.bars import bars
from report.wording import Wording
from report.writing import page_of
from store import Database
from store.models import Player
from tests.charts.specs import words as word_cloud
from tests.report.small_data import HOSTILE, applied, hostile_store, reviewed
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

VOID = {"meta", "link", "img", "source", "br", "input"}
GAMES: dict[str, list[str]] = {
    name: [] for name in ("title", "year", "genres", "developers", "genres_names", "developers_names")
}


class Outline(HTMLParser):
    """Checks that tags close in order, and collects what a reader or a browser goes by."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "script":
            self.scripts[-1] += data
        elif inside != "style":
            self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def addresses(self) -> list[str]:
        named = ("src", "srcset", "href")
        return [attributes[name] or "" for _, attributes in self.tags for name in named if name in attributes]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]


def page_with(*sections: Section, generated: bool = False, fact: str = "1") -> Page:
    return Page((("Games", fact),), generated, (Finding(fact, "one"),), sections, GAMES)


@pytest.fixture(scope="module")
def sample_html(sample_store: Database) -> str:
    words = Wording()
    return to_html(page_of(sample_store, words), words, "window.vegaEmbed = null;")


def test_the_page_asks_for_nothing(sample_html: str) -> None:
    outline = Outline(sample_html)

    assert all(address.startswith(("data:", "#")) for address in outline.addresses)
    assert {address[1:] for address in outline.addresses if address.startswith("#")} <= set(outline.ids)
    assert not re.search(r"url\(|@import", sample_html)


def test_every_id_is_there_once(sample_html: str) -> None:
    ids = Outline(sample_html).ids

    assert len(set(ids)) == len(ids)


def test_every_plot_has_a_summary_with_figures_and_a_table(sample_html: str) -> None:
    figures = re.findall(r'<figure class="plot.*?</figure>', sample_html, re.DOTALL)

    assert len(figures) >= 20
    for figure in figures:
        summary = re.search(r'<p class="summary">(.*?)</p>', figure)
        assert summary is not None
        assert re.search(r"\d|too few|No ", summary[1]), summary[1]
        assert '<div class="canvas"' not in figure or "<tbody>" in figure


def test_headings_go_down_one_level_at_a_time(sample_html: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(sample_html).tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_question_of_the_analysis_has_its_section(sample_html: str) -> None:
    headings = re.findall(r'<h2 id="([^"]+)"', sample_html)

    assert headings == [
        *(
            "findings",
            "games",
            "developers",
            "genres",
            "prices",
            "releases",
            "playtime",
            "together",
            "reviews",
        ),
        *("tone", "words", "recommender", "sampling", "cleaning", "missing", "outliers", "correlations"),
    ]


def test_nothing_that_could_not_be_worked_out_is_shown(sample_html: str) -> None:
    assert not re.search(r"\b(nan|NaN|inf|None|NaT)\b", Outline(sample_html).text)


def test_no_player_is_named(sample_store: Database, sample_html: str) -> None:
    with sample_store.reader() as session:
        names = set(session.scalars(select(Player.user_id)).all())
        ids = set(session.scalars(select(Player.steam_id).where(Player.steam_id.is_not(None))).all())

    everything = set(re.findall(r"[\w-]+", sample_html))
    assert len(ids) > 100
    assert everything & ids == set()
    # A name may be an everyday word; those with a digit in them are not.
    assert everything & {name for name in names if re.search(r"[a-z].*\d{2}", name)} == set()


def test_generated_data_are_called_generated_at_the_top(sample_html: str) -> None:
    assert "<title>Generated sample data: Nextplay report</title>" in sample_html
    assert sample_html.index("<strong>Generated sample data.</strong>") < sample_html.index("<nav")


def test_a_page_of_other_data_does_not_say_so() -> None:
    assert "Generated" not in to_html(page_with(), Wording(), "")


def test_names_cannot_break_out_of_the_page() -> None:
    hostile = "</td></table><script>alert(1)</script>\" onerror='x' {{ 7 * 7 }} &amp;"
    values = Values((Column("a", hostile, Kind.TEXT), Column("b", "n")), ((hostile, 1),))
    section = Section(
        "one",
        "One",
        (
            Table("two", hostile, values, hostile),
            Plot("three", hostile, hostile, hostile, values, bars(*values.columns)),
            Picture(word_cloud(hostile), hostile),
        ),
        lead=hostile,
    )

    outline = Outline(to_html(page_with(section, fact=hostile), Wording(), ""))

    assert outline.text.count("</td></table><script>alert(1)</script>") == 13
    assert len(outline.scripts) == 3
    data = json.loads(outline.scripts[0])
    assert data["blocks"]["two"]["rows"] == [[hostile, 1]]


def test_names_of_a_store_cannot_break_out_either(store: SmallStore) -> None:
    with store.fill() as b:
        hostile_store(b)

    outline = Outline(to_html(page_of(store.database, Wording()), Wording(), ""))

    assert len(outline.scripts) == 3
    assert [
        image for image in outline.of("img") if not (image["src"] or "").startswith("data:image/png")
    ] == []
    assert all(name in json.loads(outline.scripts[0])["games"]["title"] for name in HOSTILE[:7])


def test_a_script_that_holds_an_end_of_itself_stays_one_script() -> None:
    outline = Outline(to_html(page_with(), Wording(), 'const end = "</script><!--";'))

    assert len(outline.scripts) == 3


def test_the_policy_lets_exactly_the_scripts_and_styles_of_the_page_run() -> None:
    html = to_html(page_with(), Wording(), "let vega;")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html.replace("&#39;", "'"))

    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 3


def test_the_page_is_in_the_language_asked_for() -> None:
    words = Wording.of("es")

    html = to_html(page_with(generated=True), words, "")

    assert '<html lang="es"' in html
    assert "Lo que dicen los datos" in html
    assert json.loads(Outline(html).scripts[0])["numbers"]["decimal"] == ","


@pytest.mark.parametrize(
    ("language", "genre", "tag"), [("en", "Strategy", "Co-op"), ("es", "Estrategia", "Cooperativos")]
)
def test_genres_and_tags_are_named_as_the_store_names_them_in_the_language(
    store: SmallStore, language: str, genre: str, tag: str
) -> None:
    with store.fill() as builder:
        applied(builder)
        builder.game(1, "One", genres=("Strategy",), tags=("Co-op",))
        reviewed(builder, 1, recommended=200, against=10, positive=200)

    html = to_html(page_of(store.database, Wording.of(language)), Wording.of(language), "")

    assert genre in html
    assert tag in html
    assert ("Strategy" in html) == (language == "en")
