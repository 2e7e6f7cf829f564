"""Runs a local Steam until it is stopped: `python -m playground.steam --games 500`.

Its first line is JSON with the address of every host, a key that is good, and the control address.
"""

import argparse
import signal
import sys
import threading

from playground.steam.lean_json import encode
from playground.steam.moods import Mood
from playground.steam.server import LocalSteam


def main() -> None:
    """Serve until a signal comes."""
    options = _parser().parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        steam = LocalSteam(options.games, port=options.port)
        steam.start()
    except (OSError, ValueError) as error:
        sys.exit(f"The local Steam does not start: {error}")
    for name in options.mood:
        steam.world.switches.on(Mood.named(name))
    sys.stdout.write(encode(steam.addresses() | {"key": steam.key}).decode() + "\n")
    sys.stdout.flush()
    ended.wait()
    steam.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.steam", description="A Steam on loopback.")
    parser.add_argument(
        "--port",
        type=int,
        default=0,
        help="of the Web API; the other hosts take the next four (default: free ones)",
    )
    parser.add_argument(
        "--games", type=int, default=500, help="how many games the store has (default: %(default)s)"
    )
    parser.add_argument(
        "--mood",
        action="append",
        default=[],
        choices=[mood.word for mood in Mood],
        metavar="NAME",
        help="an oddity to have from the start; may be repeated (docs/local-steam.md has the names)",
    )
    return parser


if __name__ == "__main__":
    main()
