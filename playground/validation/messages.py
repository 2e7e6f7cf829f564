"""The body of a message: text, embeds, files and components, as one whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.validation import message_errors
from playground.validation.components import ComponentReader
from playground.validation.embeds import read_embeds
from playground.validation.errors import too_large
from playground.validation.maxima import ATTACHMENTS
from playground.validation.mentions import EVERYTHING, AllowedMentions, read_allowed_mentions
from playground.validation.polls import read_poll
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    mapping,
    one_of,
    repeated,
    text,
    whole_number,
)
from playground.world.message import (
    FLAG_COMPONENTS_V2,
    FLAG_EPHEMERAL,
    FLAG_SUPPRESS_EMBEDS,
    FLAG_SUPPRESS_NOTIFICATIONS,
    FLAG_VOICE_MESSAGE,
    Attachment,
)
from playground.world.model import Json
from playground.world.polls import Poll

MAX_CONTENT = 2000
MAX_NONCE = 25
MAX_STICKERS = 3
MAX_FILE_BYTES = 10 * 1024 * 1024

# The types of references.
REPLY, FORWARD = 0, 1

_SETTABLE = (
    FLAG_SUPPRESS_EMBEDS
    | FLAG_EPHEMERAL
    | FLAG_SUPPRESS_NOTIFICATIONS
    | FLAG_VOICE_MESSAGE
    | FLAG_COMPONENTS_V2
)


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
    enforce_nonce: bool = False
    reference: "Reference | None" = None
    allowed_mentions: AllowedMentions = EVERYTHING
    poll: Poll | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The message that another one answers or forwards."""

    message_id: int
    channel_id: int | None
    must_exist: bool
    forward: bool


class Files:
    """The files a message will have, and which of them an embed or component shows."""

    def __init__(self, attachments: list[Attachment]) -> None:
        self._by_name = {attachment.filename: attachment for attachment in attachments}
        self._all = attachments
        self._shown: list[Attachment] = []

    def resolve(self, address: str) -> Json | None:
        """Return a media object for a web address, or for attachment://name if such a file is there."""
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
    ATTACHMENTS.check(len(uploads))


def read_draft(
    problems: Problems,
    body: Mapping[str, Any],
    files: list[Attachment],
    *,
    existing: "Existing | None" = None,
    mentions: AllowedMentions = EVERYTHING,
) -> Draft:
    """Check a message body; `problems` stands where Discord reports its fields.

    `files` are those the message will have: what was sent, and on an edit what is kept. `existing` is the
    message being edited, `mentions` what is mentioned where the body does not say. Empty messages are refused
    as well.

    Raises:
        ApiError: 50006 for a message with nothing in it, and for a voice message that is none. Field errors
            stay in `problems`.
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
    draft.nonce = _read_nonce(problems.at("nonce"), entry.get("nonce"))
    draft.enforce_nonce = boolean(problems, entry, "enforce_nonce")
    if v2:
        _refuse_legacy(problems, entry, before)
    draft.allowed_mentions = read_allowed_mentions(
        problems.at("allowed_mentions"), entry.get("allowed_mentions"), mentions
    )
    _read_reference(problems, entry, draft)
    if entry.get("poll") is not None:
        draft.poll = read_poll(problems.at("poll"), entry["poll"])
    stickers = array(problems, entry, "sticker_ids", MAX_STICKERS)
    if not problems:
        if stickers:
            raise message_errors.invalid_sticker()
        _refuse_empty(draft, before, files)
        if draft.flags & FLAG_VOICE_MESSAGE and existing is None:
            _check_voice_message(draft, files)
    return draft


def _read_nonce(problems: Problems, value: Any) -> str | int | None:
    if value is None or (type(value) is int and abs(value) < 2**63):
        return value
    if not isinstance(value, str):
        problems.add("NONCE_TYPE_TOO_LONG", f'"{repeated(value)}" is neither text nor a number.')
    elif len(value) > MAX_NONCE:
        problems.add("NONCE_TYPE_TOO_LONG", f"Nonce must be {MAX_NONCE} or fewer in length.")
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Existing:
    """What a message had before an edit."""

    flags: int = 0
    has_content: bool = False
    has_embeds: bool = False
    has_components: bool = False
    has_poll: bool = False


def _refuse_legacy(problems: Problems, entry: Json, before: Existing) -> None:
    # "Using Components V2": what a message has of the old kind must be taken away in the same edit.
    had = {"content": before.has_content, "embeds": before.has_embeds, "poll": before.has_poll}
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if entry.get(key) or (key not in entry and had.get(key)):
            problems.at(key).add(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _refuse_empty(draft: Draft, before: Existing, files: list[Attachment]) -> None:
    content = draft.content if "content" in draft.given else before.has_content
    embeds = draft.embeds if "embeds" in draft.given else before.has_embeds
    components = draft.components if "components" in draft.given else before.has_components
    forward = draft.reference is not None and draft.reference.forward
    if not (content or embeds or components or files or draft.poll or before.has_poll or forward):
        raise message_errors.empty_message()


def _check_voice_message(draft: Draft, files: list[Attachment]) -> None:
    # "Voice Messages" in the documentation of messages.
    if draft.content or draft.embeds or draft.components or draft.poll:
        raise message_errors.voice_message_with_more()
    if len(files) != 1 or not files[0].is_audio:
        raise message_errors.voice_message_without_audio()
    if files[0].duration_seconds is None or not files[0].waveform:
        raise message_errors.voice_message_without_metadata()


def _read_reference(problems: Problems, entry: Json, draft: Draft) -> None:
    if entry.get("message_reference") is None:
        return
    here = problems.at("message_reference")
    reference = mapping(here, entry["message_reference"]) or {}
    message_id = whole_number(here, reference, "message_id", required=True)
    kind = 0 if reference.get("type") is None else reference["type"]
    known = one_of(here.at("type"), kind, (REPLY, FORWARD))
    # A forward says where the message is; for a reply that can only be here.
    channel_id = whole_number(here, reference, "channel_id", required=known and kind == FORWARD)
    whole_number(here, reference, "guild_id")
    optional = reference.get("fail_if_not_exists")
    must_exist = True if optional is None else boolean(here, reference, "fail_if_not_exists")
    draft.reference = Reference(message_id or 0, channel_id, must_exist, kind == FORWARD)
