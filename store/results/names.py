"""Names that complete what a person typed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from store.results.result import Result


@dataclass(frozen=True, slots=True)
class Choice(Result):
    """A name that completes what a person typed.

    `label` is the name as the data write it. `value` finds it again without doubt, and so does `short_value`,
    of at most 12 characters, where a name is too long. `notes` tell it from others that are called alike, the
    most telling first: of a game its release year (empty if unknown), its `GameKind` (empty of a real game)
    and its app id, of others their id; none where no other name begins alike.
    """

    label: str
    value: str
    short_value: str
    notes: tuple[str, ...] = ()


def distinct_labels(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Return the labels of choices; those that others have too with the first note that no other has."""
    labels = Counter(choice.label for choice in choices)
    notes = Counter((choice.label, note) for choice in choices for note in choice.notes)
    return tuple(
        choice.label
        if labels[choice.label] == 1
        else next(
            (f"{choice.label} ({note})" for note in choice.notes if note and notes[choice.label, note] == 1),
            choice.label,
        )
        for choice in choices
    )
