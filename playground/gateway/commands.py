"""What an identified bot may ask of the gateway: its presence, and the members of a guild."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground.gateway import intents
from playground.gateway.sessions import Session
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    mapping,
    one_of,
    text,
    whole_number,
    whole_numbers,
)
from playground.world.model import Json, Member

CHUNK = 1000
MAX_NONCE_BYTES = 32
_STATUSES = ("online", "dnd", "idle", "invisible", "offline")


class InvalidCommand(ValueError):
    """A payload that does not fit its opcode."""


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """Which members of a guild a bot asks for: those with certain ids, or whose names begin so."""

    guild_id: int
    user_ids: tuple[int, ...]
    query: str | None
    limit: int
    nonce: str | None

    def chunks(self, session: Session) -> Iterator[Json]:
        """Yield the replies, a thousand members each; none for a guild that the bot is not in."""
        guild = session.application.guilds.get(self.guild_id)
        if guild is None or not self._allowed(session.intents):
            return
        members = [member for member in guild.members.values() if self._wants(member)]
        members = members[: self.limit or len(members)]
        unknown = [user for user in self.user_ids if user not in guild.members]
        parts = [members[n : n + CHUNK] for n in range(0, len(members), CHUNK)] or [[]]
        for position, part in enumerate(parts):
            yield self._chunk(part, position, len(parts), unknown)

    def _allowed(self, wanted: int) -> bool:
        # Without the intent a bot may ask for those whom it names, not for everybody.
        return bool(wanted & intents.MEMBERS) or self.query != "" or bool(self.user_ids)

    def _wants(self, member: Member) -> bool:
        if self.user_ids or self.query is None:
            return member.id in self.user_ids
        names = (member.user.username, member.nick or member.user.display_name)
        return any(name.lower().startswith(self.query.lower()) for name in names)

    def _chunk(self, members: list[Member], position: int, count: int, unknown: list[int]) -> Json:
        body: Json = {
            "guild_id": str(self.guild_id),
            "members": [member.to_json() for member in members],
            "chunk_index": position,
            "chunk_count": count,
        }
        if unknown:
            body["not_found"] = [str(user) for user in unknown]
        if self.nonce is not None:
            body["nonce"] = self.nonce
        return body


def read_member_request(data: Any) -> MemberRequest:
    """Read a request for guild members.

    Raises:
        InvalidCommand: for anything else.
    """
    problems = Problems()
    entry = mapping(problems, data) or {}
    guild_id = whole_number(problems, entry, "guild_id", required=True)
    single = entry.get("user_ids")
    listed = entry if single is None or isinstance(single, list) else {**entry, "user_ids": [single]}
    users = whole_numbers(problems, listed, "user_ids", 100)
    query = text(problems, entry, "query", 100)
    limit = integer(problems, entry, "limit", 0, 2**31 - 1)
    nonce = text(problems, entry, "nonce", 2**12)
    if problems or guild_id is None or (query is None and not users):
        raise InvalidCommand
    # A nonce that is too long is left out, as documented.
    fits = nonce is not None and len(nonce.encode()) <= MAX_NONCE_BYTES
    return MemberRequest(guild_id, tuple(users), query, limit or 0, nonce if fits else None)


def read_presence(data: Any) -> None:
    """Check a presence; nobody sees it here.

    Raises:
        InvalidCommand: if Discord would not take it.
    """
    problems = Problems()
    entry = mapping(problems, data) or {}
    one_of(problems.at("status"), entry.get("status"), _STATUSES)
    boolean(problems, entry, "afk")
    since = entry.get("since")
    if since is not None and type(since) not in (int, float):
        problems.at("since").add("NUMBER_TYPE_COERCE", "since is not a number")
    here = problems.at("activities")
    for position, item in enumerate(array(problems, entry, "activities", 100)):
        activity = mapping(here.at(position), item) or {}
        text(here.at(position), activity, "name", 128, required=True)
        one_of(here.at(position, "type"), activity.get("type"), range(6))
        text(here.at(position), activity, "state", 128)
        text(here.at(position), activity, "url", 512)
    if problems:
        raise InvalidCommand
