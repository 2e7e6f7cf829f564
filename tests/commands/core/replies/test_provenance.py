"""Footers say what the data are and where they end."""

from datetime import UTC, date, datetime

from commands.core.replies.provenance import footer, not_in_data
from localization.translations import Translations
from store.results import (
    DataDates,
    Provenance,
)

TEXTS = Translations()
STARTED = datetime(2018, 1, 4, 4, 30, tzinfo=UTC)


def test_the_footer_tells_generated_from_real_data_and_where_they_end_not_when_they_were_read() -> None:
    dates = DataDates(as_of=date(2018, 1, 4))
    sources = (
        Provenance(True, STARTED, dates),
        Provenance(False, STARTED, dates),
        Provenance(False, STARTED),
        Provenance(True, None),
    )
    assert [footer(source, TEXTS) for source in sources] == [
        "From generated sample data as of January\xa02018",
        "From Steam data as of January\xa02018; not affiliated with Valve",
        "From Steam data; not affiliated with Valve",
        "From generated sample data",
    ]


def test_a_name_that_nothing_is_near_is_said_to_be_outside_the_data() -> None:
    assert not_in_data("Elden Ring", date(2018, 1, 4), TEXTS) == (
        "“Elden Ring” is not in these data, which end in January\xa02018."
    )
    assert not_in_data("*Elden*", None, TEXTS) == r"“\*Elden\*” is not in these data."
