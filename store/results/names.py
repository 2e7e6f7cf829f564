"""Names that complete what a person typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that completes what a person typed; `value` finds it again without doubt."""

    label: str
    value: str
