"""What the page in the browser may ask for."""

from base64 import b64decode

import msgspec

from playground.person.options import UploadedFile


class SentFile(msgspec.Struct, frozen=True):
    """A file from the person's computer; `data` is base64."""

    name: str
    data: str
    type: str = ""

    def uploaded(self) -> UploadedFile:
        """Name and bytes, as the driver takes them."""
        return self.name, b64decode(self.data, validate=True)


Value = str | int | float | SentFile
Values = dict[str, Value]


class Request(msgspec.Struct, frozen=True, tag_field="do", tag=str.lower):
    """Anything the page asks; the answer bears the same id."""

    id: int


class Enter(Request, frozen=True):
    """The first thing a page says. Without the right token it is the last."""

    token: str


class Open(Request, frozen=True):
    """See a channel as somebody, in a language. What is None stays, or is chosen at the first time."""

    person: str | None = None
    channel: str | None = None
    locale: str | None = None


class Slash(Request, frozen=True):
    """Send a slash command, named by its path, e.g. "/admin refresh"."""

    command: str
    options: Values = {}


class Autocomplete(Request, frozen=True):
    """Ask for suggestions for what was typed into an option so far."""

    command: str
    option: str
    value: str
    options: Values = {}


class Click(Request, frozen=True):
    """Press a button."""

    message: str
    custom_id: str


class Select(Request, frozen=True):
    """Choose from a menu."""

    message: str
    custom_id: str
    values: list[str]


class Submit(Request, frozen=True):
    """Send a form that a bot opened."""

    modal: str
    fields: dict[str, str | bool | list[str | SentFile]]


class Dismiss(Request, frozen=True):
    """Take an ephemeral message away."""

    message: str


Asked = Enter | Open | Slash | Autocomplete | Click | Select | Submit | Dismiss

decoder = msgspec.json.Decoder(Asked)
