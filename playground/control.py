"""The people of a served Discord by HTTP, for the tests of bots in any language.

Each address is a POST with a JSON object below one that holds a secret; a reply is a JSON object. What no
person could do is refused with 409 and a sentence under `error`.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from aiohttp import web

from playground.control_actions import (
    Action,
    Autocomplete,
    Click,
    Edit,
    NewPerson,
    NextMessage,
    OnMessage,
    PassingTime,
    PlannedFault,
    React,
    Say,
    Select,
    Slash,
    Submit,
    UseOn,
    Vote,
)
from playground.person.driver import SimulatedUser
from playground.person.errors import DriverError
from playground.person.reply import Modal, Reply
from playground.server import LocalDiscord
from playground.validation.locales import LOCALES
from playground.web.objects import form_fields, menu_values, option_values
from playground.world.message import Message
from playground.world.model import Guild, Json, Member


class Control:
    """Puts people in front of one server, and has them do what it is asked for."""

    def __init__(self, discord: LocalDiscord, guild: Guild) -> None:
        self._discord = discord
        self._guild = guild
        self._seats: dict[tuple[str, int], SimulatedUser] = {}
        self._forms: dict[str, Modal] = {}
        # Whoever knows it can act as any person; a page of another site in a browser does not.
        self.path = f"/control/{secrets.token_urlsafe(16)}"

    def add_routes(self, app: web.Application) -> None:
        """Serve the addresses."""
        for name, (kind, handler) in self._handlers().items():
            app.router.add_post(f"{self.path}/{name}", _answering(kind, handler))
        app.router.add_route("*", f"{self.path}/{{name:.*}}", self._unknown)

    def _handlers(self) -> Mapping[str, tuple[type[Any], Callable[[Any], Awaitable[Json]]]]:
        return {
            "people": (NewPerson, self._join),
            "messages": (Action, self._messages),
            "next-message": (NextMessage, self._next_message),
            "say": (Say, self._say),
            "edit": (Edit, self._edit),
            "delete": (OnMessage, self._delete),
            "react": (React, self._react),
            "unreact": (React, self._unreact),
            "vote": (Vote, self._vote),
            "slash": (Slash, self._slash),
            "autocomplete": (Autocomplete, self._autocomplete),
            "use-on": (UseOn, self._use_on),
            "click": (Click, self._click),
            "select": (Select, self._select),
            "submit": (Submit, self._submit),
            "faults": (PlannedFault, self._fault),
            "clock": (PassingTime, self._advance),
            "transcript": (msgspec.Struct, self._transcript),
        }

    async def _unknown(self, request: web.Request) -> web.Response:
        name, known = request.match_info["name"], self._handlers()
        if name in known:
            return _reply({"error": f"{name} is for POST, not for {request.method}"}, 405)
        return _reply({"error": f"there is no address {name!r}; there are {', '.join(known)}"}, 404)

    async def _join(self, asked: NewPerson) -> Json:
        if any(member.user.display_name == asked.name for member in self._people()):
            raise DriverError(f"there is somebody called {asked.name!r} already")
        if asked.locale not in LOCALES:
            raise DriverError(f"Discord has no language {asked.locale!r}")
        member = self._guild.add_member(asked.name, locale=asked.locale, permissions=asked.permissions)
        return {"id": str(member.id), "name": asked.name}

    async def _messages(self, asked: Action) -> Json:
        person = self._person(asked)
        return {"messages": [message.to_json(person.user) for message in person.messages]}

    async def _next_message(self, asked: NextMessage) -> Json:
        return {"message": (await self._person(asked).next_message(asked.timeout)).to_json()}

    async def _say(self, asked: Say) -> Json:
        person = self._person(asked)
        answered = None if asked.reply_to is None else self._message(person, asked.reply_to)
        return {"message": person.say(asked.content, reply_to=answered).to_json()}

    async def _edit(self, asked: Edit) -> Json:
        person, message = self._looking(asked)
        person.edit(message, asked.content)
        return {"message": message.to_json()}

    async def _delete(self, asked: OnMessage) -> Json:
        person, message = self._looking(asked)
        person.delete(message)
        return {}

    async def _react(self, asked: React) -> Json:
        person, message = self._looking(asked)
        person.react(message, asked.emoji)
        return {"message": message.to_json(person.user)}

    async def _unreact(self, asked: React) -> Json:
        person, message = self._looking(asked)
        person.unreact(message, asked.emoji)
        return {"message": message.to_json(person.user)}

    async def _vote(self, asked: Vote) -> Json:
        person, message = self._looking(asked)
        person.vote(message, asked.answer)
        return {"message": message.to_json(person.user)}

    async def _slash(self, asked: Slash) -> Json:
        person = self._person(asked)
        options = option_values(person, asked.command, asked.options)
        return await self._outcome(await person.slash(asked.command, **options), settle=asked.settle)

    async def _autocomplete(self, asked: Autocomplete) -> Json:
        person = self._person(asked)
        options = option_values(person, asked.command, asked.options)
        found = await person.autocomplete(asked.command, asked.option, asked.value, **options)
        return {"choices": [{"name": choice.name, "value": choice.value} for choice in found]}

    async def _use_on(self, asked: UseOn) -> Json:
        person = self._person(asked)
        if asked.message is not None:
            reply = await person.use_on(asked.command, self._message(person, asked.message))
        else:
            reply = await person.use_on(asked.command, self._member(asked.user or asked.person))
        return await self._outcome(reply, settle=asked.settle)

    async def _click(self, asked: Click) -> Json:
        person, message = self._looking(asked)
        return await self._outcome(await person.click(message, asked.button), settle=asked.settle)

    async def _select(self, asked: Select) -> Json:
        person, message = self._looking(asked)
        values = menu_values(person, message, asked.menu, asked.values)
        return await self._outcome(
            await person.select(message, *values, menu=asked.menu), settle=asked.settle
        )

    async def _submit(self, asked: Submit) -> Json:
        person, form = self._person(asked), self._forms.get(asked.form)
        if form is None:
            raise DriverError(f"there is no form {asked.form!r}")
        reply = await person.submit(form, **form_fields(person, form, asked.fields))
        del self._forms[asked.form]
        return await self._outcome(reply, settle=asked.settle)

    async def _fault(self, asked: PlannedFault) -> Json:
        faults = self._discord.faults
        known: dict[str, Callable[..., Any]] = {
            "rate_limit": faults.rate_limit,
            "ban": faults.ban,
            "fail": faults.fail,
            "slow": faults.slow,
            "drop": faults.drop,
            "lose_reply": faults.lose_reply,
            "clear": faults.clear,
            "drop_sockets": faults.drop_sockets,
            "close_sockets": faults.close_sockets,
            "half_open": faults.half_open,
            "deliver_late": faults.deliver_late,
            "reconnect": faults.reconnect,
            "invalidate": faults.invalidate,
        }
        if asked.fault not in known:
            raise DriverError(f"there is no fault {asked.fault!r}; there are {', '.join(known)}")
        try:
            planned = known[asked.fault](**asked.arguments.given())
        except TypeError as error:
            raise DriverError(str(error).removeprefix("Faults.")) from None
        if isinstance(planned, Awaitable):
            await planned
        return {}

    async def _advance(self, asked: PassingTime) -> Json:
        try:
            self._discord.clock.advance(asked.seconds)
        except ValueError as error:
            raise DriverError(str(error)) from None
        return {"now": self._discord.clock.now()}

    async def _transcript(self, _: msgspec.Struct) -> Json:
        return {"transcript": self._discord.transcript()}

    def _person(self, asked: Action) -> SimulatedUser:
        member = self._member(asked.person)
        channels = {str(channel.id): channel for channel in self._guild.channels}
        for application in self._discord.world.applications.values():
            direct = self._discord.dm_channel(member, application)
            channels[str(direct.id)] = direct
        key = asked.channel or next(iter(channels))
        if key not in channels:
            raise DriverError(f"{asked.person} is in no channel {key!r}")
        channel = channels[key]
        if (key, member.id) not in self._seats:
            self._seats[key, member.id] = self._discord.person(member, channel)
        return self._seats[key, member.id]

    def _member(self, name: str) -> Member:
        for member in self._people():
            if name in (member.user.display_name, str(member.id)):
                return member
        known = ", ".join(member.user.display_name for member in self._people())
        raise DriverError(f"there is nobody called {name!r}; there are {known}")

    def _people(self) -> list[Member]:
        return [member for member in self._guild.members.values() if not member.user.bot]

    def _looking(self, asked: OnMessage) -> tuple[SimulatedUser, Message]:
        person = self._person(asked)
        return person, self._message(person, asked.message)

    def _message(self, person: SimulatedUser, key: str) -> Message:
        for message in person.messages:
            if str(message.id) == key:
                return message
        raise DriverError(f"{person.user.display_name} sees no message {key!r}")

    async def _outcome(self, reply: Reply, *, settle: bool) -> Json:
        if settle:
            await reply.settled()
        form = reply.modal if reply.modal is not None and not reply.modal.submitted else None
        if form is not None:
            self._forms[str(form.interaction.id)] = form
        message = reply.message
        return {
            "interaction": str(reply.interaction.id),
            "failed": reply.failed,
            "thinking": reply.thinking,
            "ephemeral": reply.ephemeral,
            "message": None if message is None else message.to_json(),
            "followups": [followup.message.to_json() for followup in reply.followups],
            "form": None if form is None else _form(form),
            "text": reply.text,
        }


def _form(form: Modal) -> Json:
    inputs = [{"label": label, "custom_id": part["custom_id"]} for label, part in form.inputs]
    return {"id": str(form.interaction.id), "title": form.title, "inputs": inputs}


def _answering(
    kind: type[Any], handler: Callable[[Any], Awaitable[Json]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            body = await handler(msgspec.json.decode(await request.read() or b"{}", type=kind))
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            return _reply({"error": str(error)}, 400)
        except DriverError as error:
            return _reply({"error": str(error)}, 409)
        except web.HTTPRequestEntityTooLarge:
            return _reply({"error": "the request is too large"}, 413)
        return _reply(body, 200)

    return answer


def _reply(body: Json, status: int) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), status=status, content_type="application/json")
