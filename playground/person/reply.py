"""What a person sees of a bot's answer, and how to wait for more of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playground.person.errors import NothingHappened
from playground.person.plain_text import plain_message
from playground.person.render import EPHEMERAL_NOTE, render_message
from playground.world.interaction import DEFER_REPLY, DEFER_UPDATE, MODAL, MODAL_SUBMIT, UPDATE, Interaction
from playground.world.message import Attachment, Message
from playground.world.model import Json, User

PATIENCE = 10.0

_FAILURES = {
    2: "The application did not respond",
    3: "This interaction failed",
    5: "Something went wrong. Try again.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion of an autocomplete, named in the person's language."""

    name: str
    value: str | int | float


class Modal:
    """A form that a bot opened for one person."""

    def __init__(self, interaction: Interaction) -> None:
        assert interaction.modal is not None
        self.interaction = interaction
        self.title: str = interaction.modal["title"]
        self.custom_id: str = interaction.modal["custom_id"]
        self.components: list[Json] = interaction.modal["components"]
        self.submitted = False

    @property
    def inputs(self) -> list[tuple[str, Json]]:
        """Each input with its label, top to bottom."""
        found = []
        for part in self.components:
            if part["type"] == 1:
                found += [(inner.get("label", ""), inner) for inner in part["components"]]
            elif part["type"] == 18:
                found.append((part["label"], part["component"]))
        return found


class Reply:
    """What one person sees of one interaction, always as it is now.

    The main message is the first answer: a new message, or the message whose button was used. Attributes of a
    reply that is thinking, failed or deleted are empty.

    Args:
        reader: who sees it.
        interaction: what it answers.
        transcript: tells what happened, where something waited for does not come.
    """

    def __init__(self, reader: User, interaction: Interaction, transcript: Callable[[], str]) -> None:
        self.reader = reader
        self.interaction = interaction
        self._transcript = transcript
        self._seen = interaction.watch.version
        self._modal: Modal | None = None

    def __repr__(self) -> str:
        return f"<Reply to {self.interaction.label!r}: {self.text!r}>"

    @property
    def message(self) -> Message | None:
        """The main message, if there is one that this person can see."""
        interaction = self.interaction
        found = interaction.original
        if interaction.response in (DEFER_UPDATE, UPDATE) or (
            found is None and interaction.response == MODAL
        ):
            found = interaction.message
        if found is None or found.deleted or found.only_for not in (None, self.reader.id):
            return None
        return found

    @property
    def failed(self) -> bool:
        """The bot did not answer in time."""
        return self.interaction.state == "failed"

    @property
    def thinking(self) -> bool:
        """The bot has deferred its answer."""
        return self.message is not None and self.message.loading

    @property
    def deleted(self) -> bool:
        """There was a message and it is gone."""
        return self.interaction.original is not None and self.interaction.original.deleted

    @property
    def content(self) -> str:
        """The text of the main message."""
        return self.message.content if self.message is not None else ""

    @property
    def embeds(self) -> list[Json]:
        """The embeds of the main message."""
        return self.message.embeds if self.message is not None else []

    @property
    def components(self) -> list[Json]:
        """The components of the main message."""
        return self.message.components if self.message is not None else []

    @property
    def files(self) -> list[Attachment]:
        """The files of the main message, those shown inside embeds included; bytes in `.data`."""
        return self.message.files if self.message is not None else []

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return self.message is not None and self.message.only_for is not None

    @property
    def modal(self) -> Modal | None:
        """The form that the bot opened instead of answering with a message."""
        if self._modal is None and self.interaction.modal is not None:
            self._modal = Modal(self.interaction)
        return self._modal

    @property
    def followups(self) -> list["Followup"]:
        """Further messages of the bot, those that this person can see, oldest first."""
        return [
            Followup(message)
            for message in self.interaction.followups
            if not message.deleted and message.only_for in (None, self.reader.id)
        ]

    @property
    def text(self) -> str:
        """Everything that the person sees of it, drawn as text, markdown as written."""
        return self._drawn(lambda message: message)

    @property
    def plain_text(self) -> str:
        """The same with plain words in place of markdown."""
        return self._drawn(plain_message)

    def _drawn(self, prepare: Callable[[Json], Json]) -> str:
        if self.failed:
            return f"{_FAILURES.get(self.interaction.type, 'This interaction failed')}\n({EPHEMERAL_NOTE})"
        if self.modal is not None and self.interaction.type != MODAL_SUBMIT:
            labels = ", ".join(label for label, _ in self.modal.inputs)
            return f"[form: {self.modal.title}] {labels}"
        seen = [] if self.message is None else [self.message]
        seen += [followup.message for followup in self.followups]
        return "\n\n".join(render_message(prepare(message.to_json())) for message in seen)

    async def changed(self, timeout: float = PATIENCE) -> "Reply":
        """Wait for the next change: an edit, a followup, a deletion. One since the last look counts.

        Raises:
            NothingHappened: after `timeout` seconds of real time.
        """
        await patiently(
            self.interaction.watch.beyond(self._seen), timeout, f"{self!r} to change", self._transcript
        )
        self._seen = self.interaction.watch.version
        return self

    async def settled(self, timeout: float = PATIENCE) -> "Reply":
        """Wait until a deferred answer has come (at once where nothing is deferred).

        Raises:
            NothingHappened: after `timeout` seconds of real time.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while self.interaction.response == DEFER_REPLY and self.thinking:
            version = self.interaction.watch.version
            left = max(0.0, deadline - loop.time())
            await patiently(
                self.interaction.watch.beyond(version), left, f"{self!r} to be answered", self._transcript
            )
        self._seen = self.interaction.watch.version
        return self

    async def followup(self, timeout: float = PATIENCE) -> "Followup":
        """Wait for the next followup message beyond those there are.

        Raises:
            NothingHappened: after `timeout` seconds of real time.
        """
        before = len(self.followups)

        async def arrival() -> None:
            while len(self.followups) <= before:
                await self.interaction.watch.beyond(self.interaction.watch.version)

        await patiently(arrival(), timeout, f"a followup to {self!r}", self._transcript)
        return self.followups[before]


@dataclass(frozen=True, slots=True)
class Followup:
    """A further message of an answer, as one person sees it."""

    message: Message

    @property
    def content(self) -> str:
        """Its text."""
        return self.message.content

    @property
    def embeds(self) -> list[Json]:
        """Its embeds."""
        return self.message.embeds

    @property
    def components(self) -> list[Json]:
        """Its components."""
        return self.message.components

    @property
    def files(self) -> list[Attachment]:
        """Its files."""
        return self.message.files

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return self.message.only_for is not None

    @property
    def text(self) -> str:
        """The message, drawn as text."""
        return render_message(self.message.to_json())


async def patiently(what: Awaitable[None], timeout: float, name: str, transcript: Callable[[], str]) -> None:
    """Await something, or fail with the end of the transcript.

    Raises:
        NothingHappened: after `timeout` seconds of real time.
    """
    try:
        async with asyncio.timeout(timeout):
            await what
    except TimeoutError:
        tail = "\n".join(transcript().splitlines()[-40:])
        raise NothingHappened(f"waited {timeout:.0f} s for {name}\n{tail}") from None
