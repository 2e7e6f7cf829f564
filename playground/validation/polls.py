"""Polls: a question, one to ten answers, and how long they are asked.

Limits are those of "Poll Resource" in Discord's documentation.
"""

from typing import Any

from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    mapping,
    one_of,
    text,
    whole_number,
)
from playground.world.model import Json
from playground.world.polls import Poll

MAX_QUESTION, MAX_ANSWER = 300, 55
MAX_ANSWERS = 10
MAX_HOURS = 32 * 24


def read_poll(problems: Problems, value: Any) -> Poll | None:
    """Check a poll; None (and reported) where it is wrong."""
    entry = mapping(problems, value)
    if entry is None:
        return None
    question = _media(problems.at("question"), entry.get("question"), MAX_QUESTION, emoji=False)
    raw = array(problems, entry, "answers", MAX_ANSWERS, low=1, required=True)
    here = problems.at("answers")
    answers = [_answer(here.at(position), item) for position, item in enumerate(raw)]
    hours = integer(problems, entry, "duration", 1, MAX_HOURS)
    multiselect = boolean(problems, entry, "allow_multiselect")
    if entry.get("layout_type") is not None:
        one_of(problems.at("layout_type"), entry["layout_type"], (1,))
    return None if problems else Poll(question, answers, hours or 24, multiselect)


def _answer(problems: Problems, value: Any) -> Json:
    entry = mapping(problems, value) or {}
    return _media(problems.at("poll_media"), entry.get("poll_media"), MAX_ANSWER, emoji=True)


def _media(problems: Problems, value: Any, high: int, *, emoji: bool) -> Json:
    if value is None:
        problems.required()
        return {}
    entry = mapping(problems, value) or {}
    media: Json = {"text": text(problems, entry, "text", high, low=1, required=True)}
    if emoji and entry.get("emoji") is not None:
        media["emoji"] = _emoji(problems.at("emoji"), entry["emoji"])
    return media


def _emoji(problems: Problems, value: Any) -> Json:
    entry = mapping(problems, value) or {}
    emoji_id = whole_number(problems, entry, "id")
    name = text(problems, entry, "name", 32)
    if not emoji_id and not name:
        problems.add("POLL_INVALID_EMOJI", "An emoji has a name or an id")
    return {"id": str(emoji_id) if emoji_id else None, "name": name}
