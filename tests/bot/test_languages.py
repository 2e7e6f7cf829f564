"""A person is answered in their own language, else in the server's, else in English."""

from pathlib import Path

import pytest

from localization.translations import Locales
from store import Database
from tests.bot.conftest import Serve
from tests.store.builder import SmallStore

SPANISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "No developer is called “{asked}”."
msgstr "Ninguna desarrolladora se llama «{asked}»."

msgid "{count} review"
msgid_plural "{count} reviews"
msgstr[0] "{count} reseña"
msgstr[1] "{count} reseñas"

msgid "Reviews of {name}"
msgstr "Reseñas de {name}"

msgid "From generated sample data as of {month}"
msgstr "De datos de muestra generados, a {month}"
"""


@pytest.mark.parametrize(
    ("person", "server", "said"),
    [
        ("es-ES", "en-US", "Ninguna desarrolladora se llama «Nobody»."),
        ("es-419", "en-US", "Ninguna desarrolladora se llama «Nobody»."),
        ("de", "es-ES", "Ninguna desarrolladora se llama «Nobody»."),
        ("en-GB", "es-ES", "No developer is called “Nobody”."),
        ("de", "fr", "No developer is called “Nobody”."),
    ],
)
async def test_refusals_follow_the_person_then_the_server(
    serve: Serve, empty_store: Database, tmp_path: Path, person: str, server: str, said: str
) -> None:
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    with SmallStore(empty_store).fill() as b:
        b.game(400, "Portal")
    served = await serve(empty_store, locales=Locales(tmp_path))
    guild = served.discord.add_guild("Another server", locale=server)
    served.discord.install(served.discord.world.applications[served.bot.application_id or 0], guild)
    somebody = served.discord.person(guild.add_member("Somebody", locale=person))
    assert (await somebody.ask("/developer", name="Nobody")).content.startswith(said)


async def test_answers_and_their_footers_are_translated(
    serve: Serve, sample_store: Database, tmp_path: Path
) -> None:
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    served = await serve(sample_store, locales=Locales(tmp_path))
    guild = served.member.channel.guild
    assert guild is not None
    somebody = served.discord.person(guild.add_member("Eva", locale="es-ES"))
    (shown,) = (await somebody.ask("/reviews", developer="Valve")).embeds
    assert shown["title"] == "Reseñas de Valve"
    assert "\xa0reseñas" in shown["description"]
    assert "De datos de muestra generados, a " in shown["footer"]["text"]
