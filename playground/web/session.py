"""One open page: answers what it asks, and tells it what happens."""

import binascii
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from playground.person.driver import SimulatedUser
from playground.person.errors import ComponentNotFound, DriverError
from playground.person.reply import Modal, Reply
from playground.server import LocalDiscord
from playground.validation.locales import LOCALES
from playground.web import views
from playground.web.objects import form_fields, menu_values, option_values
from playground.web.requests import Autocomplete, Click, Dismiss, Enter, Open, Request, Select, Slash, Submit
from playground.world import permissions
from playground.world.events import Event
from playground.world.message import Message
from playground.world.model import Channel, Json, Member


class Session:
    """What one page shows at the moment: one person in one channel.

    Args:
        discord: the Discord that the page shows.
        people: who a person at the page can be, by now.
        show: a message as the page is told of it.
        dismissed: the messages taken away, each by the id of the person and its own.
        examples: command lines to begin with, in a language.
    """

    def __init__(
        self,
        discord: LocalDiscord,
        people: Callable[[], Sequence[Member]],
        show: Callable[[Message], Json],
        dismissed: set[tuple[int, str]],
        examples: Callable[[str], Sequence[str]],
    ) -> None:
        self._discord = discord
        self._people = people
        self._show = show
        self._dismissed = dismissed
        self._examples = examples
        self._seat: SimulatedUser | None = None
        self._modals: dict[str, Modal] = {}

    async def answer(self, request: Request) -> Json:
        """Do what the page asks.

        Raises:
            DriverError: if no person could do that, in a sentence for whoever tried.
        """
        handlers: dict[type[Request], Callable[[Any], Awaitable[Json]]] = {
            Enter: self._enter,
            Open: self._open,
            Slash: self._slash,
            Autocomplete: self._suggest,
            Click: self._click,
            Select: self._select,
            Submit: self._submit,
            Dismiss: self._dismiss,
        }
        try:
            return await handlers[type(request)](request)
        except binascii.Error:
            raise DriverError("the file did not arrive whole") from None

    def payload_of(self, event: Event) -> Json | None:
        """Return an event as this page should hear it; None if it is not for the person it shows."""
        person = self._seat
        if person is None:
            return None
        if event.kind == "commands_changed":
            return {"event": "commands", "commands": views.commands(person)}
        message = event.message
        if message is None or message.channel is not person.channel or not event.visible_to(person.user.id):
            return None
        if event.kind == "message_deleted":
            return {"event": "deleted", "message": str(message.id)}
        if event.kind in ("message_created", "message_updated") and self._shows(message):
            return {"event": "message", "message": self._show(message)}
        return None

    @property
    def _person(self) -> SimulatedUser:
        if self._seat is None:
            raise DriverError("choose a person first")
        return self._seat

    async def _enter(self, _: Enter) -> Json:
        return views.place(self._people())

    async def _open(self, request: Open) -> Json:
        member = self._member(request.person)
        if request.locale is not None:
            if request.locale not in LOCALES:
                raise DriverError(f"Discord has no language {request.locale!r}")
            member.user.locale = request.locale
        channels = self._channels(member)
        channel = next((one for one in channels if str(one.id) == request.channel), channels[0])
        self._seat = person = self._discord.person(member, channel)
        shown = [self._show(message) for message in person.messages if self._shows(message)]
        return views.view(person, channels, shown, self._examples(person.user.locale))

    def _member(self, wanted: str | None) -> Member:
        people = self._people()
        return next((member for member in people if str(member.id) == wanted), people[0])

    def _channels(self, member: Member) -> Sequence[Channel]:
        """Return the channels the member can see, then the direct messages with the server's bots."""
        guild, world = member.guild, self._discord.world
        visible = [one for one in guild.channels if member.permissions_in(one) & permissions.VIEW_CHANNEL]
        bots = [app.user for app in world.applications.values() if app.user.id in guild.members]
        return [*visible, *(world.dm_channel(member.user, bot) for bot in bots)]

    def _shows(self, message: Message) -> bool:
        return (self._person.user.id, str(message.id)) not in self._dismissed and not message.deleted

    def _message(self, key: str) -> Message:
        for message in self._person.messages:
            if str(message.id) == key:
                return message
        raise ComponentNotFound("that message is not there any more")

    async def _slash(self, request: Slash) -> Json:
        options = option_values(self._person, request.command, request.options)
        return self._outcome(await self._person.slash(request.command, **options))

    async def _suggest(self, request: Autocomplete) -> Json:
        person = self._person
        options = option_values(person, request.command, request.options)
        try:
            found = await person.autocomplete(request.command, request.option, request.value, **options)
        except DriverError:
            # A person cannot tell whether the bot was late or answered nonsense; the transcript can.
            return {"choices": None}
        return {"choices": [{"name": choice.name, "value": choice.value} for choice in found]}

    async def _click(self, request: Click) -> Json:
        return self._outcome(await self._person.click(self._message(request.message), request.custom_id))

    async def _select(self, request: Select) -> Json:
        message = self._message(request.message)
        values = menu_values(self._person, message, request.custom_id, request.values)
        return self._outcome(await self._person.select(message, *values, menu=request.custom_id))

    async def _submit(self, request: Submit) -> Json:
        modal = self._modals.get(request.modal)
        if modal is None:
            raise DriverError("that form is not open any more")
        fields = form_fields(self._person, modal, request.fields)
        return self._outcome(await self._person.submit(modal, **fields))

    async def _dismiss(self, request: Dismiss) -> Json:
        self._dismissed.add((self._person.user.id, request.message))
        return {}

    def _outcome(self, reply: Reply) -> Json:
        if reply.failed:
            return {"failed": True}
        modal = reply.modal
        if modal is None or modal.submitted:
            return {}
        name = str(reply.interaction.id)
        self._modals[name] = modal
        return {"modal": views.modal(modal, name)}
