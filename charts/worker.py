"""The process that draws. `charts.rendering` starts it as `python -m charts.worker`.

It reads orders from standard input and writes pictures to standard output, each as a length of four bytes
(big-endian) and that many bytes; a picture of no bytes is one that could not be drawn, and standard error
says why. It ends when its input does, and so never outlives the bot.
"""

import os
import signal
import sys
import traceback
from typing import BinaryIO

LENGTH_BYTES = 4


def main() -> None:
    """Draw what is ordered until there are no more orders."""
    # Ctrl+C reaches this process too, but it is the bot that ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, pictures = sys.stdin.buffer, reserve_standard_output()
    # Imported once the pipes are safe from whatever an import may print.
    from charts.drawing import draw  # noqa: PLC0415
    from charts.specs import decode  # noqa: PLC0415

    while data := read_block(orders):
        try:
            picture = draw(decode(data))
        except Exception:  # one picture that cannot be drawn must not cost the others
            traceback.print_exc()
            picture = b""
        pictures.write(len(picture).to_bytes(LENGTH_BYTES) + picture)
        pictures.flush()


def read_block(stream: BinaryIO) -> bytes:
    """Read a length and that many bytes; no bytes at the end of the stream."""
    return stream.read(int.from_bytes(stream.read(LENGTH_BYTES)))


def reserve_standard_output() -> BinaryIO:
    """Return standard output for messages alone; what anything else prints goes to standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return kept


if __name__ == "__main__":
    main()
