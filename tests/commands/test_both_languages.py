"""Every command answers in English and in Spanish, and no reply mixes the two."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from discord import app_commands

from bot.errors.handling import describe_error
from localization.translations import Locales
from playground import Reply, SimulatedUser
from playground.world.message import Message
from store import Database
from tests.bot.conftest import Serve, Served
from tests.bot.test_errors import KNOWN
from tests.commands.asking import Asking, commands
from tests.commands.core.services.test_late_charts import in_time
from tools.update_locales import LOCALES, read

GAP = re.compile(r"\{\w+\}")

# Of a wishlist, whose person has linked no account.
_IN_A_SENTENCE = ("unlink", "forget-me", "wishlist", "privacy", "family add", "family remove")


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    return await serve(own_store, charts=await in_time())


@pytest.fixture(scope="module")
def english() -> list[str]:
    """What only an English reply contains: pieces of messages that are long enough to be no name."""
    catalogue: Catalog = read(LOCALES / "es.po")
    pieces = set()
    for message in catalogue:
        for words in [message.id] if isinstance(message.id, str) else message.id:
            pieces |= {piece.strip(" .,:;") for piece in GAP.split(words)}
    return sorted(piece for piece in pieces if len(piece) > 10 and " " in piece)


def admin(served: Served, locale: str) -> SimulatedUser:
    served.admin.user.locale = locale
    return served.admin


def shown(reply: Reply) -> str:
    """All words of an answer, as they were sent."""
    messages = [reply.message, *(followup.message for followup in reply.followups)]
    return "\n".join(word for message in messages if message for word in words_of(message))


def words_of(message: Message) -> Iterator[str]:
    yield message.content
    yield from (file.description or "" for file in message.files)
    for embed in message.embeds:
        yield from (embed.get("title", ""), embed.get("description", ""))
        yield embed.get("footer", {}).get("text", "")
        for field in embed.get("fields", []):
            yield from (field["name"], field["value"])
    for row in message.components:
        for part in row["components"]:
            # The options of a menu are names of games.
            yield part.get("label") or part["placeholder"]


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "es-ES", "es-419"])
async def test_every_command_answers_its_example(served: Served, locale: str, english: list[str]) -> None:
    asking, person = Asking(served), admin(served, locale)
    link = served.bot.tree.get_command("link")
    assert isinstance(link, app_commands.Command)
    await person.ask("/link", **asking.example(link))
    mixed = {}
    for command in commands(served):
        reply = await person.slash(command.qualified_name, **asking.example(command))
        await reply.settled()
        text = shown(reply)
        assert not reply.failed, f"/{command.qualified_name}\n{text}"
        # These answer in a sentence; of any other command, a sentence is a refusal.
        assert reply.embeds or command.qualified_name in _IN_A_SENTENCE, f"/{command.qualified_name}\n{text}"
        in_english = [piece for piece in english if piece in text]
        if in_english:
            mixed[command.qualified_name] = in_english
    if locale.startswith("en"):
        assert len(mixed) > 20, "English would not be noticed"
    else:
        assert mixed == {}


@pytest.mark.parametrize("locale", ["es-ES", "es-419"])
async def test_what_follows_a_press_or_a_choice_is_in_one_language_too(
    served: Served, locale: str, english: list[str]
) -> None:
    person = admin(served, locale)
    reply = await person.ask("/recomendar", juego="Portal 2", precio_máximo=20)
    words = [shown(reply)]

    async def press(button: str) -> None:
        words.append(shown(await person.click(reply, button)))

    async def choose() -> None:
        (menu,) = (part for row in reply.components for part in row["components"] if "options" in part)
        words.append(shown(await person.select(reply, menu["options"][0]["value"])))

    await press("No es para mí")
    await choose()
    await press("Deshacer")
    await press("Más como este")
    await press("Cancelar")
    await press("Más como este")
    await choose()
    await press("Atrás")
    await press("Otros 5")
    await press("No es para mí")
    await choose()
    reply = await person.ask("/ocultos")
    words.append(shown(reply))
    await choose()
    assert [piece for piece in english if piece in "\n".join(words)] == []
    assert "1\xa0juego queda oculto para ti; `/ocultos` permite recuperarlo." in words[2]


@pytest.mark.parametrize("locale", ["es-ES", "es-419"])
async def test_commands_can_be_typed_by_their_spanish_names(served: Served, locale: str) -> None:
    person = admin(served, locale)
    assert (await person.ask("/desarrolladora", nombre="Valve")).embeds[0]["title"] == "Valve"
    assert (await person.ask("/reseñas", juego="Portal 2")).embeds[0]["title"] == "Reseñas de Portal\xa02"
    assert (await person.ask("/ajustes ver")).embeds[0]["title"] == "Ajustes de este servidor"


@pytest.mark.parametrize("how", KNOWN)
def test_every_error_has_a_spanish_sentence(how: str, english: list[str]) -> None:
    spanish = describe_error(KNOWN[how][0](), Locales().translations("es-ES")).sentence or ""
    assert how == "refusal" or spanish
    assert [piece for piece in english if piece in spanish] == []


async def test_numbers_and_prices_follow_the_region(served: Served) -> None:
    prices = {}
    for locale in ("en-US", "es-ES", "es-419"):
        reply = await admin(served, locale).ask("/game", name="Portal 2")
        prices[locale] = reply.embeds[0]["description"].splitlines()[0]
    assert prices == {
        "en-US": "April 18, 2011\xa0· **$19.99**",
        "es-ES": "18 de abril de 2011\xa0· **19,99\xa0US$**",
        "es-419": "18 de abril de 2011\xa0· **USD19.99**",
    }


async def test_help_shows_everything_that_may_be_used_in_the_persons_words(served: Served) -> None:
    person = admin(served, "es-ES")
    (shown_help,) = (await person.ask("/ayuda")).embeds
    text = shown_help["description"]
    for command in commands(served):
        name = next(o for o in person.commands if o.name == command.qualified_name).shown_as("es-ES")
        assert f"</{name}:" in text
    assert re.search(r"</recomendar:\d+> `juego:Portal 2`", text)
    assert "según:Joyas ocultas" in text
    assert " más" not in text.splitlines()[-1], "nothing is cut off"
    assert person.channel.guild is not None
    member = served.discord.person(person.channel.guild.add_member("Eva", locale="es-ES"))
    assert not re.search(r"</(administrar|ajustes)", (await member.ask("/ayuda")).embeds[0]["description"])


async def test_help_in_a_direct_message_leaves_out_what_is_for_servers(served: Served) -> None:
    member = served.admin.member
    assert member is not None
    alone = served.discord.person(member, served.discord.dm_channel(member, served.application))
    text = (await alone.ask("/help")).embeds[0]["description"]
    assert "</recommend:" in text
    assert "</admin" not in text
    assert "</settings" not in text


async def test_the_audit_names_commands_as_its_reader_does(served: Served) -> None:
    reader = admin(served, "es-ES")
    await served.admin.slash("/settings quiet", command="genre", on=True)
    await served.admin.slash("/settings quiet", command="*", on=False)
    await served.admin.slash("/admin refresh", force=True)
    (card,) = (await reader.ask("/administrar registro")).embeds
    forced, loud, quiet = card["description"].splitlines()
    assert forced.endswith("**actualizó los datos**\xa0· `forzar`")
    assert loud.endswith("todos los comandos")
    assert quiet.endswith("`/género`")
