"""How records are decoded field by field, where a line does not fit its struct."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from ingest.parse.fields import Discard, UnusableValue

Struct = TypeVar("Struct", bound=msgspec.Struct)
User = TypeVar("User", bound=msgspec.Struct)
Rule = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Optional:
    """The rule of a field that a record can be without, and what stands for a value that is not usable."""

    rule: Rule
    unknown: Any


@dataclass(frozen=True, slots=True)
class RecordForm(Generic[Struct]):
    """How the fields of `struct` are decoded: what the record is `about`, and the rest."""

    struct: type[Struct]
    about: Mapping[str, Rule]
    optional: Mapping[str, Optional] = field(default_factory=dict)

    def decode(self, record: object, discard: Discard, **decoded: Any) -> Struct:
        """Return the record; what is not usable of it goes to `discard` with its reason.

        Args:
            record: The value that a line has for it.
            discard: Called with the field and the reason.
            decoded: Fields that are decoded already.

        Raises:
            UnusableValue: If it is no record, or does not say what it is about.
        """
        about = self.decode_about(record)
        assert isinstance(record, dict)
        required = {entry.name for entry in msgspec.structs.fields(self.struct) if entry.required}
        rest = {
            name: self._decode_optional(name, field, record, discard)
            for name, field in self.optional.items()
            if name in record or name in required
        }
        return self.struct(**about, **rest, **decoded)

    def decode_about(self, record: object) -> dict[str, Any]:
        """Return the fields that the record is about.

        Raises:
            UnusableValue: If it is no record, or lacks one.
        """
        if not isinstance(record, dict):
            raise UnusableValue("not a record with named fields")
        return {name: self._decode_about(name, rule, record) for name, rule in self.about.items()}

    @staticmethod
    def _decode_about(name: str, rule: Rule, record: dict[str, Any]) -> Any:
        if name not in record:
            raise UnusableValue(f"no {name}")
        try:
            return rule(record[name])
        except UnusableValue as error:
            raise UnusableValue(f"no usable {name}: {error}") from None

    @staticmethod
    def _decode_optional(name: str, field: Optional, record: dict[str, Any], discard: Discard) -> Any:
        try:
            if name not in record:
                raise UnusableValue("missing")
            return field.rule(record[name])
        except UnusableValue as error:
            discard(name, str(error))
            return field.unknown


@dataclass(frozen=True, slots=True)
class LineForm(Generic[User]):
    """A line with a user, whose field `records` lists records; `to_json` rewrites it if that is certain."""

    user: RecordForm[User]
    records: str
    record: RecordForm[Any]
    to_json: Callable[[bytes], bytes | None]
