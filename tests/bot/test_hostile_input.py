"""Nothing that a person types breaks a command, mentions anybody or runs as markup."""

import re

import pytest
from discord import app_commands

from playground.model import Json
from store import Database
from tests.bot.conftest import Serve

HOSTILE = {
    "mass mention": "@everyone @here",
    "mentions": "<@1> <@&2> <#3> </help:4> <t:0:R>",
    "markdown": "**a** __b__ ~~c~~ `d` ||e|| [f](https://evil.example) # g > h",
    "line breaks": "a\n# b\r\n> c\u2028d",
    "direction marks": "\u202eabc\u202d\u2066x\u2069",
    "zero width": "\u200b\u200d\ufeff",
    "very long": "x" * 6000,
    "emoji": "👩\u200d👩\u200d👧" * 30,
    "SQL": "'; DROP TABLE games; --",
    "search syntax": '"a" OR NEAR(b*) NOT %_^',
    "formatting": "{0} {asked} {0.__class__} %s %(x)s",
    "null": "a\x00b",
    "another script": "ประเทศไทย ゲーム игра",
}
ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
MARKUP = re.compile(r"<[@#/t:]|@everyone|@here|\*\*|__|~~|\|\||\]\(|^#|^>|\u202e|\n", re.MULTILINE)


def texts(reply_content: str, embeds: list[Json]) -> list[str]:
    """All that is shown of an answer, escaped characters replaced by a letter."""
    shown = [reply_content]
    for embed in embeds:
        shown += [embed.get("title", ""), embed.get("description", "")]
    return [ESCAPE.sub("x", text) for text in shown]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
async def test_every_text_option_takes_hostile_text(
    serve: Serve, sample_store: Database, caplog: pytest.LogCaptureFixture, typed: str
) -> None:
    served = await serve(sample_store)
    for command in served.bot.tree.walk_commands():
        if not isinstance(command, app_commands.Command) or command.parent is not None:
            continue
        for option in command.parameters:
            if not option.autocomplete:
                continue
            where = f"/{command.name} {option.name}"
            await served.member.autocomplete(command.name, option.name, typed)
            reply = await served.member.ask(command.name, **{option.name: typed})
            assert not reply.failed, where
            assert reply.ephemeral or reply.embeds, where
            if reply.ephemeral:
                assert not any(MARKUP.search(text) for text in texts(reply.content, [])), where
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
