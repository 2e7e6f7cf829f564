"""From a line of a source to its records: the two upstream notations, decoded without ever evaluating."""

from ingest.parse.lines import UnreadableLine, decode
from ingest.parse.literals import literal_to_json, swap_quotes

__all__ = ["UnreadableLine", "decode", "literal_to_json", "swap_quotes"]
