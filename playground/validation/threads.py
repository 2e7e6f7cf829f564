"""Threads as a bot opens and changes them."""

from dataclasses import dataclass
from typing import Any

from playground.validation.channels import MAX_NAME, MAX_SLOWMODE_SECONDS, read_archive_minutes
from playground.validation.forums import read_applied_tags
from playground.validation.problems import Problems, boolean, integer, one_of, text
from playground.world.channels import PRIVATE_THREAD, PUBLIC_THREAD, THREADS_IN, WITH_POSTS
from playground.world.model import Channel, Json


@dataclass(frozen=True, slots=True)
class ThreadFields:
    """A thread that is to be opened; `archive_minutes` is None where the channel decides."""

    name: str
    kind: int
    archive_minutes: int | None
    slowmode_seconds: int
    invitable: bool
    applied_tags: tuple[int, ...]


def read_new_thread(problems: Problems, body: Json, parent: Channel) -> ThreadFields:
    """Check a thread that is to be opened in a channel, or at a message there.

    Raises:
        ApiError: 40067 for a post without a tag where one is required. Field errors stay in `problems`.
    """
    posts = parent.type in WITH_POSTS
    return ThreadFields(
        text(problems, body, "name", MAX_NAME, low=1, required=True) or "",
        _read_kind(problems, body, parent),
        read_archive_minutes(problems, body),
        integer(problems, body, "rate_limit_per_user", 0, MAX_SLOWMODE_SECONDS) or 0,
        True if body.get("invitable") is None else boolean(problems, body, "invitable"),
        tuple(read_applied_tags(problems, body, parent)) if posts else (),
    )


def read_thread_state(problems: Problems, body: Json, parent: Channel | None) -> dict[str, Any]:
    """Check what only threads have and return the fields that the body sets."""
    fields: dict[str, Any] = {}
    for key in ("archived", "locked", "invitable"):
        if body.get(key) is not None:
            fields[key] = boolean(problems, body, key)
    minutes = read_archive_minutes(problems, body)
    if minutes is not None:
        fields["auto_archive_minutes"] = minutes
    if body.get("applied_tags") is not None and parent is not None and parent.type in WITH_POSTS:
        fields["applied_tags"] = read_applied_tags(problems, body, parent)
    return fields


def _read_kind(problems: Problems, body: Json, parent: Channel) -> int:
    if parent.type in WITH_POSTS or parent.type not in THREADS_IN:
        return PUBLIC_THREAD
    if body.get("type") is None:
        # "Start Thread without Message": private unless it says otherwise.
        return PRIVATE_THREAD
    fits = one_of(problems.at("type"), body["type"], THREADS_IN[parent.type])
    return int(body["type"]) if fits else PUBLIC_THREAD
