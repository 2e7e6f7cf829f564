"""The process that draws. `charts.rendering` starts it as `python -m charts.worker`.

It reads requests from standard input and writes PNGs to standard output, in the blocks of `charts.protocol`;
an empty block is a chart that could not be drawn or would show nothing, and standard error says why. It ends
when its input does, and so never outlives the bot.
"""

import os
import signal
import sys
import traceback
from typing import BinaryIO

from charts.protocol import LENGTH_BYTES, decode, to_block


def main() -> None:
    """Draw what is requested until there are no more requests."""
    # Ctrl+C reaches this process too, but it is the bot that ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = sys.stdin.buffer, reserve_standard_output()
    # Imported once the pipes are safe from whatever an import may print.
    from charts.drawing import NothingToDraw, draw  # noqa: PLC0415

    while data := read_block(requests):
        try:
            png = draw(decode(data))
        except NothingToDraw as nothing:
            sys.stderr.write(f"A chart is left out: {nothing}\n")
            png = b""
        except Exception:  # one chart that cannot be drawn must not cost the others
            traceback.print_exc()
            png = b""
        replies.write(to_block(png))
        replies.flush()


def read_block(stream: BinaryIO) -> bytes:
    """Read a length and that many bytes; no bytes at the end of the stream."""
    return stream.read(int.from_bytes(stream.read(LENGTH_BYTES)))


def reserve_standard_output() -> BinaryIO:
    """Return standard output, kept for messages; redirect everything that is printed to standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return kept


if __name__ == "__main__":
    main()
