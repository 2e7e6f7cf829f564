"""Texts in CSV that a spreadsheet would take for formulas: a title or a review may be one on purpose.

An apostrophe before it makes a text of it, as OWASP recommends
(https://owasp.org/www-community/attacks/CSV_Injection). What has one before it already gets another, so that
reading takes back exactly what writing put there.
"""

import re
from typing import Any

import pandas

_APOSTROPHE = "'"
# Some spreadsheets take the wide forms of these signs as well.
_FORMULA = re.compile("'*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]")


def guarded(texts: "pandas.Series[Any]") -> "pandas.Series[Any]":
    """Return texts, or categories, of which a spreadsheet takes none for a formula."""
    if isinstance(texts.dtype, pandas.CategoricalDtype):
        return texts.cat.remove_unused_categories().cat.rename_categories(_guard)
    return texts.map(_guard, na_action="ignore")


def unguarded(texts: "pandas.Series[Any]") -> "pandas.Series[Any]":
    """Return the texts, or categories, that `guarded` was given."""
    if isinstance(texts.dtype, pandas.CategoricalDtype):
        return texts.cat.rename_categories(_unguard)
    return texts.map(_unguard, na_action="ignore").astype("string")


def _guard(text: str) -> str:
    return _APOSTROPHE + text if _FORMULA.match(text) else text


def _unguard(text: str) -> str:
    return text[1:] if text.startswith(_APOSTROPHE) and _FORMULA.match(text) else text
