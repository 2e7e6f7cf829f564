"""What a page is made of, and how it becomes HTML."""

import base64
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from charts.drawing import draw
from charts.protocol import RenderRequest
from charts.specs import Spec

# Sharp on a phone, whose screen has about three pixels to one of the page.
_SCALE = 1.5


@dataclass(frozen=True, slots=True)
class CaptionedChart:
    """A chart and the sentences on what it says."""

    spec: Spec
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; the first column is the head of each row, the others are figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `name` is its address within the page."""

    name: str
    title: str
    blocks: tuple[CaptionedChart | Table, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The report: `facts` stand in its head, and `generated` says that the data are invented."""

    facts: tuple[tuple[str, str], ...]
    generated: bool
    sections: tuple[Section, ...]


def to_html(page: Page) -> str:
    """Return the page as one HTML document with its charts inside, drawn for light and for dark screens."""
    environment = Environment(
        loader=PackageLoader("report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["chart"] = lambda block: isinstance(block, CaptionedChart)
    environment.globals["chart_address"] = _data_address
    return environment.get_template("report.html.j2").render(page=page)


def _data_address(spec: Spec, theme: str) -> str:
    png = draw(RenderRequest(spec, theme, _SCALE, "page"))
    return "data:image/png;base64," + base64.b64encode(png).decode()
