"""From blocks to one HTML document: its markup, its script and the policy that lets nothing else run."""

import base64
import hashlib
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from charts.drawing import draw
from charts.protocol import RenderRequest
from charts.specs import Spec
from report.blocks import Block, Page, Picture, Plot, Section, Table, Values
from report.plots.library import inline, number_locale
from report.plots.style import config
from report.wording import Wording

# Sharp on a phone, whose screen has about three pixels to one of the page.
_SCALE = 1.5
# One subject each; they are put together in this order, which is that of their dependencies.
_SCRIPTS = ("format.js", "derive.js", "tables.js", "zoom.js", "plots.js", "filters.js", "start.js")


def to_html(page: Page, words: Wording, vega: str, licence: str = "") -> str:
    """Return the page as one HTML document with everything inside.

    Args:
        page: What it says.
        words: Its language.
        vega: The script that draws.
        licence: The licence of that script, which goes with it.
    """
    environment = Environment(
        loader=PackageLoader("report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["picture"] = lambda block: isinstance(block, Picture)
    environment.tests["plot"] = lambda block: isinstance(block, Plot)
    environment.globals["gettext"] = words.gettext
    environment.globals["picture_address"] = _data_address
    environment.globals["written"] = lambda values, limit: _written(values, limit, words)
    style = _text("report.css")
    script = _own_script()
    # An element must not end within the bundle, whatever its strings hold.
    vega = vega.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    return environment.get_template("report.html.j2").render(
        page=page,
        words=words,
        style=style,
        vega=vega,
        licence=licence.replace("--", "- -"),
        filtered=[section for section in page.sections if _follows_filters(section)],
        others=[section for section in page.sections if not _follows_filters(section)],
        script=script,
        policy=_policy([vega, script], style),
        data=inline(_data(page, words)),
    )


def _follows_filters(section: Section) -> bool:
    return any(isinstance(block, Plot) and block.derivation for block in section.blocks)


def _policy(scripts: list[str], style: str) -> str:
    """Return the policy by which the browser runs these scripts and styles, and fetches nothing."""
    hashes = " ".join(f"'{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src '{_hash(style)}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(*path: str) -> str:
    return resources.files("report").joinpath("templates", *path).read_text(encoding="utf-8")


def _own_script() -> str:
    parts = "\n".join(_text("script", name) for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _data(page: Page, words: Wording) -> dict[str, Any]:
    """Return what the script works on."""
    shown: list[Block] = [block for section in page.sections for block in section.blocks]
    return {
        "language": str(words.locale.language),
        "numbers": number_locale(words.locale),
        "config": config(),
        "games": page.games,
        "blocks": {block.name: _block(block) for block in shown if isinstance(block, Plot | Table)},
        "words": _words(words),
    }


def _block(block: Plot | Table) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": block.title,
        "columns": [
            {"name": column.name, "title": column.title, "kind": column.kind.value}
            for column in block.values.columns
        ],
        "rows": block.values.rows,
    }
    if isinstance(block, Plot):
        values |= {
            "spec": block.spec,
            "derivation": block.derivation,
            "zooms": block.zooms,
            "tableRows": block.table_rows,
        }
    return values


def _words(words: Wording) -> dict[str, str]:
    """Return what the script says; `%` stands for what it fills in."""
    return {
        "unknown": words.unknown,
        "hours": words.gettext("{hours} h", hours="%"),
        "matching": words.gettext("{count} games pass the filters.", count="%"),
        "allGames": words.gettext("All {count} games.", count="%"),
        "nothing": words.gettext("No game passes the filters and the plot's own limits."),
        "firstRows": words.gettext("The table has the first {count} rows, the file all.", count="%"),
    }


def _written(values: Values, limit: int, words: Wording) -> list[list[str]]:
    return [
        [words.cell(value, column.kind) for value, column in zip(row, values.columns, strict=True)]
        for row in values.rows[:limit]
    ]


def _data_address(spec: Spec, theme: str) -> str:
    png = draw(RenderRequest(spec, theme, _SCALE, "page"))
    return "data:image/png;base64," + base64.b64encode(png).decode()
