"""Decoding the lines of the reviews and items files: a user with a list of records each."""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import msgspec

from ingest.parse.fields import UnusableValue
from ingest.parse.forms import LineForm
from ingest.parse.lines import Batch, UnreadableLine, decode
from ingest.rejects import Tally

User = TypeVar("User", bound=msgspec.Struct)


class UserLines(Generic[User]):
    """Decodes lines into structs of users, whose field for the records lists structs of their own.

    A sound line is decoded at once. Of others each field is by itself: a value that is not usable is taken as
    unknown, a record without what it is about is refused by itself, and the user and the other records stay.
    All that is counted in `tally`, except the records that are used.
    """

    def __init__(self, form: LineForm[User], tally: Tally) -> None:
        self._form = form
        self._decoder = msgspec.json.Decoder(form.user.struct, strict=False)
        self.tally = tally
        self.blank = 0

    def decode(self, batch: Batch) -> Iterator[tuple[int, User]]:
        """Yield the number of each line and its user, without those that are refused."""
        for number, line in enumerate(batch.lines, batch.first):
            if not line or line.isspace():
                self.blank += 1
                continue
            self.tally.lines += 1
            rewritten = self._form.to_json(line)
            try:
                yield number, self._decoder.decode(rewritten if rewritten is not None else b"")
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                user = self._decode_field_by_field(number, line)
                if user is not None:
                    yield number, user

    def _decode_field_by_field(self, number: int, line: bytes) -> User | None:
        form = self._form
        try:
            value = decode(line)
            records = value.get(form.records) if isinstance(value, dict) else None
            if not isinstance(records, list):
                raise UnusableValue(f"no list of {form.records}")
            form.user.decode_about(value)
            usable = [*self._usable(number, records)]
            return form.user.decode(value, self.tally.discard, **{form.records: usable})
        except (UnreadableLine, UnusableValue) as error:
            self.tally.refuse_line(number, str(error), line)
            return None

    def _usable(self, line: int, records: list[Any]) -> Iterator[msgspec.Struct]:
        form = self._form.record
        for place, record in enumerate(records, 1):
            try:
                yield msgspec.convert(record, form.struct, strict=False)
            except (msgspec.ValidationError, UnicodeEncodeError):  # a text may hold half a character
                try:
                    yield form.decode(record, self.tally.discard)
                except UnusableValue as error:
                    self.tally.records += 1
                    self.tally.refuse_record(line, place, str(error), record)
