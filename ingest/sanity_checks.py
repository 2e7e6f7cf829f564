"""Checks that refuse implausible data before they replace what is there."""

from collections.abc import Mapping, Sequence

from ingest.errors import GuardError
from ingest.settings import IngestSettings
from ingest.sources.source import InputRead

_REMEDY = "so nothing was applied; if the data are right, run it again with the option force."
_COMES_LATER = (
    "so nothing was applied; not all has come from the source yet, so run it again to go on from there."
)
_CHECKED = ("games", "players", "owned_games", "reviews")


def require_readable(inputs: Sequence[InputRead], settings: IngestSettings) -> None:
    """Raise GuardError if too large a share of an input was refused."""
    for entry in inputs:
        if entry.reject_share > settings.max_reject_share and not settings.force:
            first = entry.rejects[0]
            raise GuardError(
                f"{entry.reject_share:.1%} of {entry.location} cannot be used, more than the"
                f" {settings.max_reject_share:.0%} allowed (first in line {first.line}: {first.reason}),"
                f" {_REMEDY}"
            )


def require_no_drop(
    before: Mapping[str, int], after: Mapping[str, int], settings: IngestSettings, *, is_partial: bool = False
) -> None:
    """Raise GuardError if there is much less of anything than after the last applied run.

    With `is_partial` the rest has not come yet, and the next run may bring it.
    """
    for name in _CHECKED:
        old, new, kind = before.get(name, 0), after[name], name.replace("_", " ")
        if old - new > settings.max_drop * old and not settings.force:
            raise GuardError(
                f"There are {new:,} {kind} where the last run had {old:,}, a drop of more than"
                f" {settings.max_drop:.0%}, {_COMES_LATER if is_partial else _REMEDY}"
            )
