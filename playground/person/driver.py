"""A person in front of Discord: types commands, picks suggestions, presses buttons, fills in forms."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from playground.person import component_lookup
from playground.person.available_commands import Offer, offers
from playground.person.errors import (
    CommandNotFound,
    CommandNotPermitted,
    ComponentNotFound,
    DriverError,
    WrongOption,
)
from playground.person.options import Resolved, UploadedFile, fill, find_option, shown_name
from playground.person.reply import PATIENCE, Choice, Modal, Reply
from playground.person.seat import Seat, Seen
from playground.validation.commands import CHAT_INPUT, MESSAGE_COMMAND, USER_COMMAND
from playground.world.interaction import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from playground.world.message import Attachment, Message
from playground.world.model import Application, Channel, Json, Member, User


class SimulatedUser(Seat):
    """One user in one channel. Can do what Discord's client would let this user do, and nothing else."""

    @property
    def commands(self) -> list[Offer]:
        """The slash commands that typing "/" would list."""
        return [offer for offer in self._offers() if offer.obstacle is None]

    async def ready_commands(self, timeout: float = PATIENCE) -> None:
        """Wait until a bot of this channel is connected and has registered commands.

        Raises:
            NothingHappened: after `timeout` seconds of real time.
        """

        def ready() -> bool:
            return any(self.discord.gateway.connected(offer.application) for offer in self._offers())

        await self._until(ready, timeout, f"a bot to connect and register commands for {self!r}")

    async def slash(self, command: str, /, **options: Any) -> Reply:
        """Run a slash command and return once something is seen of its answer (or of its failure).

        Args:
            command: the name with or without the slash, subcommands as "/admin refresh".
            options: values by option name. Names that Python does not allow go in `**{"max-items": 3}`, or
                with `_` for `-`. People, roles and channels are given as objects, files as (name, bytes).

        Raises:
            CommandNotFound: no bot has registered it here.
            CommandNotPermitted: Discord does not offer it to this person here.
            WrongOption: the client would not let the options through.
        """
        offer = self.find(command)
        resolved = self._resolved()
        filled = fill(offer.options, options, self.user.locale, resolved, f"/{offer.name}")
        label = _typed_line(offer, filled)
        return await self._reply(self._send_command(COMMAND, offer, filled, resolved, label))

    async def ask(self, command: str, /, **options: Any) -> Reply:
        """Run a slash command and wait for the answer itself, however long the bot "thinks" (see `slash`)."""
        return await (await self.slash(command, **options)).settled()

    async def use_on(self, command: str, on: Member | User | Seen, /) -> Reply:
        """Choose a command from the menu of a person or a message.

        Args:
            command: its name, in the person's language or as registered.
            on: the member or user, or the message.

        Raises:
            CommandNotFound: no bot has registered it here for such a thing.
            CommandNotPermitted: Discord does not offer it to this person here.
        """
        if isinstance(on, (Member, User)):
            offer, resolved = self._menu_command(command, USER_COMMAND), self._resolved()
            target, named = resolved.user(on), (on.user if isinstance(on, Member) else on).display_name
        else:
            offer, resolved, message = (
                self._menu_command(command, MESSAGE_COMMAND),
                self._resolved(),
                self._visible(on),
            )
            target, named = resolved.add("messages", message.id, message.to_json()), "a message"
        data = {**_command_data(offer, resolved), "target_id": target}
        label = f"(chooses) {offer.name} for {named}"
        return await self._reply(
            self.discord.interactions.send(
                COMMAND, offer.application, self.user, self.channel, data, label=label
            )
        )

    async def autocomplete(
        self, command: str, option: str, typed: str = "", /, **others: Any
    ) -> list[Choice]:
        """Return the suggestions for what was typed into one option so far, other options filled in as given.

        Raises:
            DriverError: the option has no suggestions, or the bot gave none in time.
        """
        offer = self.find(command)
        found = find_option(offer.options, option, self.user.locale)
        if found is None or not found.get("autocomplete"):
            raise WrongOption(f"/{offer.name} has no option {option!r} with suggestions")
        resolved = self._resolved()
        relaxed = [{**part, "required": False} for part in offer.options if part is not found]
        filled = fill(relaxed, others, self.user.locale, resolved, f"/{offer.name}")
        filled.append({"name": found["name"], "type": found["type"], "value": typed, "focused": True})
        order = {part["name"]: position for position, part in enumerate(offer.options)}
        filled.sort(key=lambda part: order[part["name"]])
        label = f"(types) /{offer.name} {found['name']}:{typed}"
        interaction = self._send_command(AUTOCOMPLETE, offer, filled, resolved, label)
        await _first_answer(interaction)
        if interaction.choices is None:
            why = f": {interaction.refusal}" if interaction.refusal else ""
            raise DriverError(f"loading options failed for {label}{why}")
        return [
            Choice(shown_name(choice, self.user.locale), choice["value"]) for choice in interaction.choices
        ]

    async def click(self, on: Seen, button: str) -> Reply:
        """Press a button, named by its label, emoji or custom id.

        Raises:
            ComponentNotFound: the person sees no such button, or it is disabled or a link.
        """
        message = self._visible(on)
        found = component_lookup.button(message.components, button)
        data = {"component_type": 2, "custom_id": found["custom_id"], "id": found["id"]}
        return await self._use(message, data, f"(presses) {button}")

    async def select(self, on: Seen, *values: Any, menu: str | None = None) -> Reply:
        """Choose from a menu: options by label or value, or people, roles and channels as objects.

        Args:
            on: what the person looks at.
            values: what to choose.
            menu: the menu's placeholder or custom id, where there are several.

        Raises:
            ComponentNotFound: no such menu or option, or too few or too many values.
        """
        message = self._visible(on)
        found = component_lookup.menu(message.components, menu)
        resolved = self._resolved()
        chosen = component_lookup.chosen(found, values, resolved)
        data: Json = {
            "component_type": found["type"],
            "custom_id": found["custom_id"],
            "id": found["id"],
            "values": chosen,
        }
        if resolved.parts:
            data["resolved"] = resolved.parts
        return await self._use(message, data, f"(chooses) {', '.join(map(str, chosen))}")

    async def submit(self, form: Modal | Reply, /, **fields: Any) -> Reply:
        """Send a form. Fields are named by label (lower case, `_` for spaces, will do) or custom id.

        Raises:
            WrongOption: an unknown or missing field, or a value the client would not accept.
        """
        modal = form if isinstance(form, Modal) else form.modal
        if modal is None or modal.submitted:
            raise DriverError("there is no open form")
        source = modal.interaction
        if source.user is not self.user:
            raise DriverError(f"the form was opened for {source.user.display_name}")
        resolved = self._resolved()
        components = component_lookup.filled_form(modal.components, modal.inputs, fields, resolved)
        modal.submitted = True
        data: Json = {"custom_id": modal.custom_id, "components": components}
        if resolved.parts:
            data["resolved"] = resolved.parts
        interaction = self.discord.interactions.send(
            MODAL_SUBMIT,
            source.application,
            self.user,
            self.channel,
            data,
            message=source.message,
            label=f"(submits) {modal.title}",
            files=resolved.files,
        )
        return await self._reply(interaction)

    def find(self, command: str) -> Offer:
        """Return the command that this person would get for a name.

        Raises:
            CommandNotFound: no bot has registered it here.
            CommandNotPermitted: Discord does not offer it to this person here.
        """
        wanted = " ".join(command.strip().removeprefix("/").split())
        first, _, _ = wanted.partition(" ")

        def begins_so(command: Json) -> bool:
            return first in (command["name"], shown_name(command, self.user.locale))

        return self._among(self._offers(begins_so), wanted, "/", lambda: self.commands)

    def menu_commands(self, on: Member | User | Seen) -> list[Offer]:
        """Return the commands that the menu of a person or a message would list."""
        kind = USER_COMMAND if isinstance(on, (Member, User)) else MESSAGE_COMMAND
        return [offer for offer in self._offers(kind=kind) if offer.obstacle is None]

    def _menu_command(self, name: str, kind: int) -> Offer:
        possible = self._offers(kind=kind)
        return self._among(possible, name, "", lambda: possible)

    def _among(
        self, possible: Sequence[Offer], wanted: str, mark: str, known: Callable[[], Iterable[Offer]]
    ) -> Offer:
        named = [offer for offer in possible if wanted in (offer.name, offer.shown_as(self.user.locale))]
        obstacles = [offer.obstacle for offer in named]
        if None in obstacles:
            return named[obstacles.index(None)]
        if named:
            who = self.user.display_name
            raise CommandNotPermitted(f"{mark}{wanted} is not offered to {who}: {obstacles[0]}")
        raise CommandNotFound(wanted, (offer.name for offer in known()), mark)

    def _offers(
        self, among: Callable[[Json], bool] = lambda _command: True, *, kind: int = CHAT_INPUT
    ) -> list[Offer]:
        discord = self.discord
        return offers(discord.world, discord.commands, self.user, self.channel, among=among, kind=kind)

    def _send_command(
        self, kind: int, offer: Offer, filled: list[Json], resolved: Resolved, label: str
    ) -> Interaction:
        options = filled
        for name in reversed(offer.path[1:]):
            level = 1 if name == offer.path[-1] and options is filled else 2
            options = [{"name": name, "type": level, "options": options}]
        data = {**_command_data(offer, resolved), "options": options}
        return self.discord.interactions.send(
            kind, offer.application, self.user, self.channel, data, label=label, files=resolved.files
        )

    async def _use(self, message: Message, data: Json, label: str) -> Reply:
        application = message.application or self._author(message)
        interaction = self.discord.interactions.send(
            COMPONENT, application, self.user, message.channel, data, message=message, label=label
        )
        return await self._reply(interaction)

    def _author(self, message: Message) -> Application:
        return self.discord.world.applications[message.author.id]

    async def _reply(self, interaction: Interaction) -> Reply:
        await _first_answer(interaction)
        return Reply(self.user, interaction, self.discord.transcript)

    def _attach(self, file: UploadedFile) -> Attachment:
        attachment = self._made(file)
        self.discord.messages.attachments.keep([attachment])
        return attachment

    def _resolved(self) -> Resolved:
        return Resolved(self._attach, self._granted, self.channel.guild)

    def _granted(self, channel: Channel) -> int:
        return self.discord.world.permissions_in(self.user, channel)

    def _unseen(self) -> DriverError:
        return ComponentNotFound(f"{self.user.display_name} does not see that message")


def _typed_line(offer: Offer, filled: Sequence[Json]) -> str:
    return " ".join([f"/{offer.name}", *(f"{part['name']}:{part['value']}" for part in filled)])


def _command_data(offer: Offer, resolved: Resolved) -> Json:
    command = offer.command
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    if resolved.parts:
        data["resolved"] = resolved.parts
    return data


async def _first_answer(interaction: Interaction) -> None:
    while interaction.state == "waiting":
        await interaction.watch.beyond(interaction.watch.version)
