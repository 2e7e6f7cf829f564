"""What a person cannot do in front of Discord, said in one sentence."""

from collections.abc import Iterable
from difflib import get_close_matches


class DriverError(Exception):
    """Something that no person could have done, or that did not happen."""


class CommandNotFound(DriverError):
    """No such command is offered here. `suggestions` are the closest that are."""

    def __init__(self, asked: str, known: Iterable[str], mark: str = "/") -> None:
        names = sorted(known)
        self.asked = asked
        self.suggestions = get_close_matches(asked, names, n=3, cutoff=0.4)
        if self.suggestions:
            hint = "did you mean " + ", ".join(mark + name for name in self.suggestions) + "?"
        elif names:
            hint = "there are " + ", ".join(mark + name for name in names)
        else:
            hint = "no bot has registered commands here yet"
        super().__init__(f"there is no command {mark}{asked}; {hint}")


class CommandNotPermitted(DriverError):
    """The command exists, but Discord does not offer it to this person here."""


class WrongOption(DriverError):
    """An option is unknown, missing, or has a value that the client would not let through."""


class ComponentNotFound(DriverError):
    """The message shows no such button or menu, or it is switched off."""


class NothingHappened(DriverError):
    """What was waited for did not come; the end of the transcript is in the text."""
