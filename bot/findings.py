"""What `nextplay doctor` finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is, and the sign it is shown by; PAST needs nothing done any more."""

    GOOD = "ok"
    PAST = "-"
    WARNING = "!"
    FAILURE = "x"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and the remedy where it is not well."""

    severity: Severity
    subject: str
    text: str

    @property
    def is_failure(self) -> bool:
        """Whether the bot cannot do its work because of it."""
        return self.severity is Severity.FAILURE
