"""The command line: `python -m playground serve --bot NAME --guild NAME`."""

import argparse
import asyncio
from collections.abc import Sequence

from playground.serve import ALL_PRIVILEGED, ServeOptions, serve


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A Discord on loopback.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    served = commands.add_parser("serve", help="serve a Discord and print its addresses and token as JSON")
    served.add_argument("--bot", required=True, metavar="NAME", help="the bot that can log in")
    served.add_argument("--guild", required=True, metavar="NAME", help="the server that it is in")
    served.add_argument(
        "--person", action="append", metavar="NAME", help="somebody in the server; again for more (Ana)"
    )
    served.add_argument("--token", help="the bot's token; a new one if it is not given")
    served.add_argument(
        "--port", type=int, default=0, help="where to listen; any free port if it is not given"
    )
    served.add_argument("--permissions", type=int, help="the bot's permission bits; those of everybody")
    served.add_argument(
        "--no-privileged-intents", action="store_true", help="refuse members, presences and message content"
    )
    served.add_argument("--no-rate-limits", action="store_true", help="let the bot ask as often as it likes")
    given = parser.parse_args(arguments)
    options = ServeOptions(
        given.bot,
        given.guild,
        tuple(given.person or ("Ana",)),
        given.token,
        given.port,
        given.permissions,
        0 if given.no_privileged_intents else ALL_PRIVILEGED,
        not given.no_rate_limits,
    )
    asyncio.run(serve(options))


if __name__ == "__main__":
    main()
