"""Every catalogue says everything, and nothing that Discord or the code could not take."""

import re
import string
from pathlib import Path

import discord
import pytest
from babel.messages.catalog import Catalog, Message

from bot.command_tree.sync import payload
from bot.command_tree.translator import CommandTranslator
from bot.command_tree.tree import Tree
from bot.telemetry.logs import log_interaction
from commands import registry
from commands.core.services.services import BotClient
from localization.translations import Locales
from playground.world.model import Json
from tools.update_locales import LOCALES, is_translated, main, messages, read, write

FILES = sorted(LOCALES.glob("*.po"))

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
NAME = re.compile(r"[-_'\w]{1,32}")


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """Each catalogue in turn."""
    found: Path = request.param
    return found


@pytest.fixture
def catalogue(file: Path) -> Catalog:
    return read(file)


def test_spanish_is_spoken() -> None:
    assert Locales().languages >= {"en", "es"}
    for region in ("es-ES", "es-419"):
        assert Locales().translations(region).gettext("free") == "gratis"


@pytest.mark.slow
def test_no_word_of_the_code_is_missing(catalogue: Catalog) -> None:
    missing = [
        message.id
        for message in messages()
        if message.id and not _translated(catalogue.get(message.id, context=message.context))
    ]
    assert missing == [], "run `make locales` and translate these"


def test_no_translation_is_of_words_that_are_gone(catalogue: Catalog) -> None:
    known = messages()
    gone = [m.id for m in catalogue if m.id and known.get(m.id, context=m.context) is None]
    assert gone == [], "run `make locales`"


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_translations_have_the_same_gaps_to_fill(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = {gap for original in originals for gap in gaps(original)}
        assert message.string is not None, message.id
        for words in [message.string] if isinstance(message.string, str) else message.string:
            # A plural form of its own may write its number as a word.
            assert gaps(words) | {"count"} == wanted | {"count"}, message.id


def gaps(words: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def _translated(message: Message | None) -> bool:
    return message is not None and is_translated(message)


@pytest.fixture
async def told() -> list[Json]:
    """The commands as Discord is told them."""
    tree = Tree(BotClient(intents=discord.Intents(guilds=True)), log_interaction)
    for command in registry.collect().commands:
        tree.add_command(command)
    await tree.set_translator(CommandTranslator(Locales()))
    return await payload(tree)


@pytest.mark.parametrize("locale", ["es-ES", "es-419"])
async def test_every_name_description_and_choice_is_localized_within_discords_rules(
    told: list[Json], locale: str
) -> None:
    def check(siblings: list[Json]) -> None:
        names = [part.get("name_localizations", {}).get(locale, part["name"]) for part in siblings]
        assert len(set(names)) == len(names), names
        for part, name in zip(siblings, names, strict=True):
            assert NAME.fullmatch(name), name
            assert name == name.lower()
            assert 1 <= len(part["description_localizations"][locale]) <= 100
            for choice in part.get("choices", []):
                assert 1 <= len(choice["name_localizations"][locale]) <= 100
            check(part.get("options", []))

    check(told)


@pytest.mark.slow
def test_a_language_is_begun_and_kept_up_to_date_by_one_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.update_locales.LOCALES", tmp_path)
    monkeypatch.setattr("tools.update_locales.ROOT", LOCALES.parent)
    main(["fr"])
    begun = read(tmp_path / "fr.po")
    assert len(begun) == len(messages())
    assert "to translate" in capsys.readouterr().out
    begun["free"].string = "gratuit"
    begun.add("words that are gone", "mots disparus")
    write(tmp_path / "fr.po", begun)
    main([])
    kept = read(tmp_path / "fr.po")
    assert kept["free"].string == "gratuit"
    assert kept.get("words that are gone") is None
    assert Locales(tmp_path).translations("fr").gettext("free") == "gratuit"
    assert Locales(tmp_path).translations("fr").gettext("unknown year") == "unknown year"
