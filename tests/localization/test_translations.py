"""What is said follows the person's language, or else the server's, or else English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from localization.markdown import Markdown
from localization.translations import Locales

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "free"
msgstr "gratis"

msgid "Games like {title}"
msgstr "Juegos como {title}"

msgid "{count} game"
msgid_plural "{count} games"
msgstr[0] "{count} juego"
msgstr[1] "{count} juegos"

msgctxt "command name"
msgid "game"
msgstr "juego"
"""


@pytest.fixture
def locales(tmp_path: Path) -> Locales:
    (tmp_path / "es.po").write_text(CATALOGUE, encoding="utf-8")
    return Locales(tmp_path)


def test_a_new_file_is_a_new_language(locales: Locales) -> None:
    assert locales.languages == {"en", "es"}
    assert locales.translations("es-ES").gettext("Games like {title}", title=Markdown("Portal")) == (
        "Juegos como Portal"
    )


def test_what_is_not_translated_is_said_in_english(locales: Locales) -> None:
    assert locales.translations("es-ES").gettext("price unknown") == "price unknown"


@pytest.mark.parametrize(
    ("wanted", "said", "written"),
    [
        (("es-ES", "en-US"), "gratis", "13.039,7"),
        (("es-419", None), "gratis", "13,039.7"),
        (("de", "es-ES"), "gratis", "13.039,7"),
        (("de", None), "free", "13,039.7"),
        (("en-GB", "es-ES"), "free", "13,039.7"),
        (("no such language", ""), "free", "13,039.7"),
    ],
)
def test_language_and_numbers_follow_the_person_then_the_server(
    locales: Locales, wanted: tuple[str | None, ...], said: str, written: str
) -> None:
    texts = locales.translations(*wanted)
    assert texts.price(Decimal(0)) == said
    assert texts.number(13039.7, 1) == written


def test_plurals_follow_the_language(locales: Locales) -> None:
    texts = locales.translations("es-ES")
    assert texts.ngettext("{count} game", "{count} games", 1) == "1\xa0juego"
    assert texts.ngettext("{count} game", "{count} games", 12345) == "12.345\xa0juegos"


def test_a_value_with_braces_is_not_a_message(locales: Locales) -> None:
    assert locales.translations("en-US").gettext("Games like {title}", title=Markdown("{0.__class__}")) == (
        "Games like {0.__class__}"
    )


def test_names_of_commands_have_their_own_translations(locales: Locales) -> None:
    texts = locales.translations("es-ES")
    assert texts.command_name("game") == "juego"
    assert texts.command_name("limit") == "limit"


def test_amounts_dates_and_spans_are_written_as_people_there_write_them(locales: Locales) -> None:
    english, british, spanish = (locales.translations(name) for name in ("en-US", "en-GB", "es-ES"))
    assert english.money(Decimal("1234.5")) == "$1,234.50"
    assert spanish.money(Decimal("1234.5")) == "1.234,50\xa0US$"
    assert english.percent(100 / 3) == "33.3%"
    assert spanish.percent(50) == "50\xa0%"
    assert english.date(date(2011, 4, 18)) == "April 18, 2011"
    assert british.date(date(2011, 4, 18)) == "18 April 2011"
    assert english.ago(timedelta(hours=3)) == "3\xa0hours\xa0ago"
    assert spanish.ago(timedelta(hours=3)) == "hace\xa03\xa0horas"
    assert english.year(2011) == "2011"
    assert english.year(None) == "unknown year"
    assert (english.hours(13039.66), english.hours(9.66)) == ("13,040\xa0h", "9.7\xa0h")
    assert english.listing([Markdown("a"), Markdown("b"), Markdown("c")], "or") == "a, b, or c"
    assert "2018" in english.moment(datetime(2018, 1, 4, 4, 30, tzinfo=UTC))


def test_a_price_says_free_and_unknown_apart(locales: Locales) -> None:
    texts = locales.translations("en-US")
    assert (texts.price(Decimal(0)), texts.price(None), texts.price(Decimal("9.99"))) == (
        "free",
        "price unknown",
        "$9.99",
    )
