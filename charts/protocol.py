"""What the bot's process and the one that draws say to each other over a pipe.

A request is a `RenderRequest` in JSON, a reply a PNG, each sent as a block: its length in four bytes
(big-endian), then that many bytes.
"""

import msgspec

from charts.specs import Spec

LENGTH_BYTES = 4


class RenderRequest(msgspec.Struct, frozen=True):
    """A chart to draw: `theme` is the name of one, `scale` how many pixels there are to the unit.

    `shown_on` is "phone", where type must be large for the chart is small, or "page".
    """

    spec: Spec
    theme: str = "dark"
    scale: float = 1.0
    shown_on: str = "phone"


def encode(request: RenderRequest) -> bytes:
    """Return the bytes of a request; equal requests have equal bytes."""
    return msgspec.json.encode(request)


def decode(data: bytes) -> RenderRequest:
    """Return the request that `encode` wrote.

    Raises:
        msgspec.DecodeError: If `data` is no request.
    """
    return msgspec.json.decode(data, type=RenderRequest)


def to_block(data: bytes) -> bytes:
    """Return `data` with its length before it."""
    return len(data).to_bytes(LENGTH_BYTES) + data
