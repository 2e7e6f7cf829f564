"""Why a run ends before it has asked for all that is due. What was kept stays, and the next run goes on."""


class Interruption(Exception):
    """A step cannot go on in this run; the message says why, in a sentence without its full stop."""


class BudgetSpent(Interruption):
    """The calls of this day are used up."""


class HostGivenUp(Interruption):
    """A host failed too often in a row, or asks to be left alone for longer than a run waits."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(reason)
        self.host = host


class MethodFailed(Interruption):
    """A method is gone, or takes other parameters than it did; asking again is no use."""


class KeyRefused(Interruption):
    """Steam does not take the key."""


class NotBelieved(Interruption):
    """Answers came that look like a fault of Steam's rather than a change."""
