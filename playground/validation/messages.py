"""The body of a message: text, embeds, files and components, as one whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.validation.components import ComponentReader
from playground.validation.embeds import read_embeds
from playground.validation.errors import ApiError, empty_message, too_large
from playground.validation.problems import Problems, array, boolean, integer, mapping, text
from playground.world.message import (
    FLAG_COMPONENTS_V2,
    FLAG_EPHEMERAL,
    FLAG_SUPPRESS_EMBEDS,
    FLAG_SUPPRESS_NOTIFICATIONS,
    Attachment,
)
from playground.world.model import Json

MAX_CONTENT = 2000
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024

_SETTABLE = FLAG_SUPPRESS_EMBEDS | FLAG_EPHEMERAL | FLAG_SUPPRESS_NOTIFICATIONS | FLAG_COMPONENTS_V2


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request; `key` is the number in its field name `files[n]`."""

    key: int
    filename: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Draft:
    """A checked message body. `given` names the fields that the request set (an edit keeps the others)."""

    given: frozenset[str]
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    embedded: list[Attachment] = field(default_factory=list)
    flags: int = 0
    tts: bool = False
    nonce: str | int | None = None
    reference_id: int | None = None
    reference_must_exist: bool = True
    allowed_mentions: Json | None = None


class Files:
    """The files a message will have, and which of them an embed or component shows."""

    def __init__(self, attachments: list[Attachment]) -> None:
        self._by_name = {attachment.filename: attachment for attachment in attachments}
        self._all = attachments
        self._shown: list[Attachment] = []

    def resolve(self, address: str) -> Json | None:
        """A media object for a web address, or for attachment://name if such a file is there."""
        if not address.startswith("attachment://"):
            return {"url": address, "proxy_url": address, "width": 0, "height": 0}
        found = self._by_name.get(address.removeprefix("attachment://"))
        if found is None:
            return None
        if found not in self._shown:
            self._shown.append(found)
        width, height = found.size_px or (0, 0)
        return {
            "url": found.url,
            "proxy_url": found.url,
            "width": width,
            "height": height,
            "content_type": found.content_type,
        }

    def split(self) -> tuple[list[Attachment], list[Attachment]]:
        """Files listed under the message, and files shown inside it."""
        return [file for file in self._all if file not in self._shown], self._shown


def check_uploads(uploads: list[Upload]) -> None:
    """Refuse too many or too large files.

    Raises:
        ApiError: 413 over the size limit, 400 for more than ten files.
    """
    if any(len(upload.data) > MAX_FILE_BYTES for upload in uploads):
        raise too_large()
    if len(uploads) > MAX_FILES:
        raise ApiError(400, 30015, f"Maximum number of attachments in a message reached ({MAX_FILES})")


def read_draft(
    problems: Problems,
    body: Mapping[str, Any],
    files: list[Attachment],
    *,
    existing: "Existing | None" = None,
) -> Draft:
    """Check a message body; `problems` stands where Discord reports its fields.

    `files` are those the message will have: what was sent, and on an edit what is kept. `existing` is the
    message being edited. Empty messages are refused as well.

    Raises:
        ApiError: 50006 for a message with nothing in it. Field errors stay in `problems`.
    """
    entry = dict(body)
    draft = Draft(frozenset(entry))
    before = existing or Existing()
    draft.flags = (integer(problems, entry, "flags", 0, 2**31 - 1) or 0) & _SETTABLE
    v2 = bool((draft.flags | before.flags) & FLAG_COMPONENTS_V2)
    words = text(problems, entry, "content", MAX_CONTENT)
    draft.content = (words or "").strip()
    holder = Files(files)
    draft.embeds = read_embeds(problems, entry, holder.resolve)
    reader = ComponentReader(holder.resolve)
    draft.components = reader.read_message(problems, entry, v2=v2)
    draft.attachments, draft.embedded = holder.split()
    draft.tts = boolean(problems, entry, "tts")
    draft.nonce = entry.get("nonce")
    if v2:
        _refuse_legacy(problems, entry)
    _read_mentions(problems, entry, draft)
    _read_reference(problems, entry, draft)
    if not problems:
        _refuse_empty(draft, before, files)
    return draft


@dataclass(frozen=True, slots=True)
class Existing:
    """What a message had before an edit."""

    flags: int = 0
    has_content: bool = False
    has_embeds: bool = False
    has_components: bool = False


def _refuse_legacy(problems: Problems, entry: Json) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if entry.get(key):
            problems.at(key).add(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _refuse_empty(draft: Draft, before: Existing, files: list[Attachment]) -> None:
    content = draft.content if "content" in draft.given else before.has_content
    embeds = draft.embeds if "embeds" in draft.given else before.has_embeds
    components = draft.components if "components" in draft.given else before.has_components
    if not (content or embeds or components or files):
        raise empty_message()


def _read_mentions(problems: Problems, entry: Json, draft: Draft) -> None:
    if entry.get("allowed_mentions") is None:
        return
    here = problems.at("allowed_mentions")
    allowed = mapping(here, entry["allowed_mentions"]) or {}
    parse = array(here, allowed, "parse", 1000)
    for position, value in enumerate(parse):
        if value not in ("users", "roles", "everyone"):
            here.at("parse", position).add(
                "BASE_TYPE_CHOICES", "Value must be one of {'users', 'everyone', 'roles'}."
            )
    for key in ("users", "roles"):
        listed = array(here, allowed, key, 100)
        if listed and key in parse:
            here.add(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.',
            )
    draft.allowed_mentions = allowed


def _read_reference(problems: Problems, entry: Json, draft: Draft) -> None:
    if entry.get("message_reference") is None:
        return
    here = problems.at("message_reference")
    reference = mapping(here, entry["message_reference"]) or {}
    draft.reference_id = integer(here, reference, "message_id", 0, 2**63 - 1, required=True)
    draft.reference_must_exist = reference.get("fail_if_not_exists", True) is not False
