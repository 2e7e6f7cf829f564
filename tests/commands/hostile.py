"""Text that is meant to break something, and how to see that it did not."""

import re
from typing import Literal

from hypothesis import strategies as st

from playground import Reply
from playground.world.message import Message

TEXTS = {
    "mass mention": "@everyone @here",
    "mentions": "<@1> <@&2> <#3> </help:4> <t:0:R>",
    "markdown": "**a** __b__ ~~c~~ `d` ||e|| [f](https://evil.example) # g > h",
    "line breaks": "a\n# b\r\n> c\u2028d",
    "direction marks": "\u202eabc\u202d\u2066x\u2069",
    "zero width": "\u200b\u200d\ufeff",
    "very long": "x" * 6000,
    "long emoji": "👩\u200d👩\u200d👧" * 1000,
    "SQL": "'; DROP TABLE games; --",
    "search syntax": '"a" OR NEAR(b*) NOT %_^',
    "formatting": "{0} {asked} {0.__class__} %s %(x)s",
    "null": "a\x00b",
    "another script": "ประเทศไทย ゲーム игра",
    "right to left": "لعبة \u200f<@1>",
    "marks upon marks": "Z" + "\u0301\u0489" * 300,
    "escapes": "\\*\\*a\\*\\* \\\\<@1\\>",
    "code fence": "```\nfence\n```",
    "address": "https://steamcommunity.com/id/<@1>)**",
    "value of a choice": "id:1",
    "numbers": "0 -1 1e309 99999999999999999999",
    "commas": ",,, ,**a**,<@1>",
}

_SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
_SENDABLE = st.characters(exclude_categories=_SURROGATES)

# Pieces that mean something to Discord, SQL or Python, in any order.
_SIGNS = "@everyone <@1> <@&1> <#1> ** __ ~~ || ` ``` [a](b) ]( > # - 1. \\ {0} {asked} %s ' \" ; -- * id:"
_PIECES = st.one_of(
    st.sampled_from(_SIGNS.split()),
    st.sampled_from(["\n", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\x00", "\u2028", " "]),
    st.text(_SENDABLE, max_size=8),
)
ANY_TEXT = st.one_of(
    st.sampled_from(list(TEXTS.values())),
    st.lists(_PIECES, min_size=1, max_size=12).map("".join).filter(bool),
    st.text(_SENDABLE, min_size=1, max_size=300),
).filter(lambda text: len(text) <= 6000)

# An escaped sign, and what we write ourselves: moments, people, links to the store, bold, quotes, commands.
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_OURS = re.compile(
    r"<t:\d+:[a-zA-Z]>|<@\d+>|"
    r"(?<=\[)[^\[\]]*\]\(https://store\.steampowered\.com/app/\d+/\)|^> |^- |\*\*|`/[^`]*`",
    re.MULTILINE,
)
_MARKUP = re.compile(
    r"<[@#/:a]|@everyone|@here|__|~~|\|\||`|\]\(|^[#>]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00]",
    re.MULTILINE,
)


def require_harmless(reply: Reply, where: str) -> None:
    """Fail unless there is an answer that Discord took, that mentions nobody and has no markup but ours."""
    assert not reply.failed, where
    message = reply.message
    assert message is not None, where
    assert message.content or message.embeds, where
    body = message.to_json()
    assert not body["mentions"], where
    assert not body["mention_roles"], where
    assert not body["mention_everyone"], where
    assert "incident" not in message.content
    assert all(file.filename.isascii() and file.description for file in message.files), where
    for text in _shown(message):
        found = _MARKUP.search(_OURS.sub("", _ESCAPED.sub("x", text)))
        assert found is None, f"{where}: {text!r}"


def _shown(message: Message) -> list[str]:
    shown = [message.content]
    for embed in message.embeds:
        shown += [embed.get("title", ""), embed.get("description", "")]
        shown += [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
    return shown
