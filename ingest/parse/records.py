"""Decoding the lines of the reviews and items files: a user with a list of records each."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from ingest.parse.lines import Batch, UnreadableLine, decode
from ingest.rejects import Rejected, reject

User = TypeVar("User", bound=msgspec.Struct)


class UserLines(Generic[User]):
    """Decodes lines into `User` structs whose field `records` lists structs of their own.

    A record that cannot be used is refused by itself; the user and the other records stay.
    """

    def __init__(self, user: type[User], records: str, to_json: Callable[[bytes], bytes | None]) -> None:
        self._user = user
        self._records = records
        self._to_json = to_json
        self._decoder = msgspec.json.Decoder(user, strict=False)
        [self._record] = (
            field.type.__args__[0] for field in msgspec.structs.fields(user) if field.name == records
        )
        self.lines = 0
        self.blank = 0
        self.rejects: list[Rejected] = []

    def decode(self, batch: Batch) -> Iterator[tuple[int, User]]:
        """Yield the number of each line and its user, without those that are refused."""
        for number, line in enumerate(batch.lines, batch.first):
            if not line or line.isspace():
                self.blank += 1
                continue
            self.lines += 1
            rewritten = self._to_json(line)
            try:
                yield number, self._decoder.decode(rewritten if rewritten is not None else b"")
            except (msgspec.DecodeError, UnicodeDecodeError):
                user = self._decode_record_by_record(number, line)
                if user is not None:
                    yield number, user

    def _decode_record_by_record(self, number: int, line: bytes) -> User | None:
        try:
            value = decode(line)
        except UnreadableLine as error:
            self.rejects.append(reject(number, str(error), line))
            return None
        records = value.get(self._records) if isinstance(value, dict) else None
        if not isinstance(records, list):
            self.rejects.append(reject(number, f"no list of {self._records}", line))
            return None
        usable: list[Any] = []
        for number_in_list, record in enumerate(records, 1):
            try:
                msgspec.convert(record, self._record, strict=False)
                usable.append(record)
            except msgspec.ValidationError as error:
                self.rejects.append(reject(number, str(error), record, number_in_list))
        try:
            return msgspec.convert({**value, self._records: usable}, self._user, strict=False)
        except msgspec.ValidationError as error:
            self.rejects.append(reject(number, str(error), line))
            return None
