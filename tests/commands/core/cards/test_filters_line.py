"""The limits of a list in one line, each said once and as people say it."""

import pytest

from commands.core.cards.filters_line import filters_line
from localization.translations import Locales
from store.queries import Filters


@pytest.mark.parametrize(
    ("filters", "english", "spanish"),
    [
        (Filters(), "", ""),
        (Filters(max_price=0), "free", "gratis"),
        (Filters(max_price=10, free_only=True), "free", "gratis"),
        (Filters(max_price=7.5), "at most $7.50", "como máximo 7,50\N{NO-BREAK SPACE}US$"),
        (
            Filters(released_since=1990, released_until=1999),
            "released from 1990 to 1999",
            "lanzados de 1990 a 1999",
        ),
        (Filters(released_since=2015, released_until=2015), "released in 2015", "lanzados en 2015"),
        (
            Filters(described=("Horror",), without=("Gore",)),
            "Horror\xa0· without Gore",
            "Terror\xa0· sin Sangre y vísceras",
        ),
    ],
)
def test_limits_are_said_as_people_say_them(filters: Filters, english: str, spanish: str) -> None:
    lines = [filters_line(filters, Locales().translations(locale)) for locale in ("en-US", "es-ES")]
    assert lines == [english, spanish]
