"""The page itself: whole, alone, and honest about where the data come from."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from report import ReportError, write_report
from report.page import CaptionedChart, Page, Section, Table, to_html
from store import Database, DatabaseUnavailable
from tests.charts.specs import rows

VOID = {"meta", "link", "img", "source", "br"}


class Outline(HTMLParser):
    """Checks that tags close in order, and collects images, text and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "img":
            self.images.append(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"] or "")
        self.addresses += [attributes[name] or "" for name in ("src", "srcset", "href") if name in attributes]
        assert tag != "script"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.open and self.open[-1] != "style" else ""


@pytest.fixture(scope="module")
def sample_page(sample_store: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(sample_store, tmp_path_factory.mktemp("report") / "new" / "folder")


def test_the_page_is_one_file_that_asks_for_nothing(sample_page: Path) -> None:
    outline = Outline(sample_page.read_text(encoding="utf-8"))

    assert [file.name for file in sample_page.parent.iterdir()] == ["report.html"]
    assert all(address.startswith(("data:", "#")) for address in outline.addresses)
    assert {address[1:] for address in outline.addresses if address.startswith("#")} == set(outline.ids)
    assert not re.search(r"url\(|@import", sample_page.read_text(encoding="utf-8"))


def test_every_chart_says_what_it_shows(sample_page: Path) -> None:
    html = sample_page.read_text(encoding="utf-8")
    outline = Outline(html)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", html, re.DOTALL)

    assert len(outline.images) == len(captions) >= 14
    for image, caption in zip(outline.images, captions, strict=True):
        assert re.search(r"\d", image["alt"] or "")
        assert re.search(r"\d", caption)
        assert caption.endswith(".")


def test_every_question_of_the_analysis_has_its_section(sample_page: Path) -> None:
    ids = Outline(sample_page.read_text(encoding="utf-8")).ids

    assert ids == [
        "cleaning",
        "missing",
        "prices",
        "releases",
        "genres",
        "playtime",
        "reviews",
        "words",
        "outliers",
        "correlations",
    ]


def test_nothing_that_could_not_be_worked_out_is_shown(sample_page: Path) -> None:
    text = Outline(sample_page.read_text(encoding="utf-8")).text

    assert not re.search(r"\b(nan|NaN|inf|None|NaT)\b", text)


def test_generated_data_are_called_generated_at_the_top(sample_page: Path) -> None:
    html = sample_page.read_text(encoding="utf-8")

    assert "<title>Generated sample data: Nextplay report</title>" in html
    assert html.index("<strong>Generated sample data.</strong>") < html.index("<nav")


def test_a_page_of_other_data_does_not_say_so() -> None:
    html = to_html(Page(facts=(("Games", "1"),), generated=False, sections=()))

    assert "Generated" not in html
    assert Outline(html).open == []


def test_names_cannot_break_out_of_the_page() -> None:
    hostile = "</td></table><script>alert(1)</script>\" onerror='x' {{ 7 * 7 }} &amp;"
    sections = (
        Section(
            "one",
            "One",
            (Table(hostile, (hostile, "n"), ((hostile, "1"),)), CaptionedChart(rows(hostile), hostile)),
            lead=hostile,
        ),
    )

    outline = Outline(to_html(Page(facts=((hostile, hostile),), generated=False, sections=sections)))

    assert outline.text.count("</td></table><script>alert(1)</script>") == 7
    assert [image["alt"] for image in outline.images] == [hostile]


def test_a_report_replaces_the_one_before(sample_store: Database, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")

    page = write_report(sample_store, tmp_path)

    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_a_store_without_data_is_refused_with_the_remedy(tmp_path: Path) -> None:
    database = Database(tmp_path / "nextplay.sqlite3")
    with pytest.raises(DatabaseUnavailable, match="nextplay refresh"):
        write_report(database, tmp_path / "out")
    database.upgrade()
    with pytest.raises(ReportError, match=r"lacks games.*nextplay refresh FOLDER"):
        write_report(database, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    database.close()


def test_a_folder_that_cannot_be_is_named(sample_store: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ReportError, match=r"file.report\.html cannot be written"):
        write_report(sample_store, tmp_path / "file")
