"""Bounding how deeply the values of a line are nested."""

import re

# No record nests its values deeper than four; decoders, which recurse, take a few hundred.
DEEPEST = 100
# A string to its end or the line's, or a bracket. Possessive, so that nothing is read twice.
_TOKEN = re.compile(rb""""(?:[^"\\]++|\\.)*+"?|'(?:[^'\\]++|\\.)*+'?|[\[({]|[\])}]""", re.DOTALL)
_OPENING = frozenset((b"[", b"(", b"{"))
_CLOSING = frozenset((b"]", b")", b"}"))


def flatten(line: bytes) -> bytes:
    """Return a line of either notation with an empty list for whatever is nested deeper than `DEEPEST`."""
    kept: list[bytes] = []
    depth = start = 0
    for token in _TOKEN.finditer(line):
        if token[0] in _OPENING:
            depth += 1
            if depth == DEEPEST + 1:
                kept += (line[start : token.start()], b"[]")
        elif token[0] in _CLOSING:
            depth -= 1
            if depth == DEEPEST:
                start = token.end()
    return line if not kept else b"".join((*kept, line[start:] if depth <= DEEPEST else b""))
