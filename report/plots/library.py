"""The script that draws the plots: Vega, Vega-Lite and Vega-Embed as one bundle, from the package vl-convert.

They are under the BSD 3-Clause licence, whose text the page carries.
"""

import json
from importlib.metadata import distribution
from typing import Any

from babel.core import Locale

from report.errors import ReportError

_VEGA_LITE = "6.1"
# What of the bundle the page's own script calls.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def vega_script() -> str:
    """Return the bundle, which sets `vegaEmbed` on the window.

    Raises:
        ReportError: The extra `report` is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an extra; whoever writes no report does without
    except ImportError as error:
        raise ReportError(
            "The report's plots need the extra `report`; run `pip install '.[report]'` in the checkout, and"
            " try again."
        ) from error
    return vl_convert.javascript_bundle(_SNIPPET, vl_version=_VEGA_LITE)


def licence() -> str:
    """Return the text of the licence, which the scripts and the package share, and whose they are."""
    text = distribution("vl-convert-python").read_text("licenses/LICENSE") or "BSD 3-Clause"
    return (
        "Vega, Vega-Lite and Vega-Embed: Copyright University of Washington Interactive Data Lab and"
        f" contributors. VlConvert: {text}"
    )


def number_locale(locale: Locale) -> dict[str, Any]:
    """Return how the axes write numbers, in the form that d3-format takes."""
    symbols = locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["$", ""],
    }


def inline(value: Any) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element or begins another."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written
