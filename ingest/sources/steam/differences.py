"""Reading answers loosely: what is not as expected is left out and counted, and the rest is used."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_args

import msgspec

Shape = TypeVar("Shape", bound=msgspec.Struct)

_AT = re.compile(r"^(.*) - at `\$(.*)`$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
# Of what has more values of the wrong kind, only the entries of its lists are looked at.
_MOST_WRONG = 50
_MOST_KINDS = 500
_OTHERS = "others: differences of further kinds"
# How many characters of a field's name are shown.
_LONGEST_NAME = 60


class Differences:
    """How an endpoint's answers differed from what this version expects, and how often."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def note(self, what: str) -> None:
        """Count one difference, given in words such as 'store_items.type: unknown number 27'.

        Those beyond this many kinds are counted together: Steam may name its fields as it likes.
        """
        self.counts[what if what in self.counts or len(self.counts) < _MOST_KINDS else _OTHERS] += 1

    def sentences(self, most: int = 5) -> tuple[str, ...]:
        """Say what differed, the most frequent first."""
        return tuple(f"{what} ({count:,} times)" for what, count in self.counts.most_common(most))

    def read(self, raw: object, shape: type[Shape], where: str) -> Shape:
        """Return `raw` in its shape; a value of the wrong kind is as if it were not there.

        Args:
            raw: What JSON was decoded to. Values that do not fit are removed from it.
            shape: What it should be; every field of it has a default.
            where: What it is called in the differences.
        """
        self._note_unknown(raw, shape, where)
        return self._converted(raw, shape, where) or self._by_entries(raw, shape, where)

    def _converted(self, raw: object, shape: type[Shape], where: str) -> Shape | None:
        """Return `raw` in its shape; None where more of it is of the wrong kind than is worth looking at."""
        for _ in range(_MOST_WRONG):
            try:
                return msgspec.convert(raw, shape, strict=False)
            except msgspec.ValidationError as error:
                if not self._remove(raw, str(error), where):
                    break
        return None

    def _by_entries(self, raw: object, shape: type[Shape], where: str) -> Shape:
        """Return `raw` in its shape where many entries of its lists have something wrong: each by itself."""
        if not isinstance(raw, dict):
            return shape()
        inner = {name: kind for name, kind in _fields(shape).items() if kind and _is_list(raw, name)}
        lists = {name: raw.pop(name) for name in inner}
        found = self._converted(raw, shape, where) or shape()
        for name, kind in inner.items():
            read = (self._converted(entry, kind, f"{where}.{name}") for entry in lists[name])
            setattr(found, name, [entry for entry in read if entry is not None])
        return found

    def _remove(self, raw: object, complaint: str, where: str) -> bool:
        """Remove the value that msgspec complains of; return whether that could be done."""
        found = _AT.match(complaint)
        steps = _STEP.findall(found[2]) if found else []
        self.note(f"{where}{_named(steps)}: {found[1] if found else complaint}")
        holder: Any = raw
        for name, place in steps[:-1]:
            holder = holder[name] if name else holder[int(place)]
        if not steps:
            return False
        name, place = steps[-1]
        del holder[name if name else int(place)]
        return True

    def _note_unknown(self, raw: object, shape: type[msgspec.Struct], where: str) -> None:
        """Count the fields that this version does not know, down to the last list."""
        if not isinstance(raw, dict):
            return
        known = _fields(shape)
        for name in raw.keys() - known.keys():
            self.note(f"{where}.{_shown(name)}: unknown field")
        for name, inner in known.items():
            if inner is None or name not in raw:
                continue
            value = raw[name]
            for entry in value if isinstance(value, list) else (value,):
                self._note_unknown(entry, inner, f"{where}.{name}")


def _shown(name: str) -> str:
    """Return the name of a field as it may be told anywhere, whatever Steam made it of."""
    return ascii(name[:_LONGEST_NAME])[1:-1]


def _is_list(raw: dict[str, Any], name: str) -> bool:
    return isinstance(raw.get(name), list)


def _named(steps: list[tuple[str, str]]) -> str:
    return "".join(f".{name}" for name, _place in steps if name)


@cache
def _fields(shape: type[msgspec.Struct]) -> Mapping[str, type[msgspec.Struct] | None]:
    """Return the names of a shape's fields, with the shape of those that are shapes, or lists of them."""
    return {field.encode_name: _shape_in(field.type) for field in msgspec.structs.fields(shape)}


def _shape_in(kind: Any) -> type[msgspec.Struct] | None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next((shape for part in get_args(kind) if (shape := _shape_in(part))), None)
