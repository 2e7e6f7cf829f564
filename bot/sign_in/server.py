"""Serving the pages of sign-ins, beside the bot in its event loop."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.sign_in.service import SteamSignIns
from bot.steam_options import SignInOptions
from store.errors import NextplayError

log = logging.getLogger(__name__)


def _is_a_defect(record: logging.LogRecord) -> bool:
    """Return whether a record is of more than a request that is none, which it would quote with its state."""
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


log.addFilter(_is_a_defect)


class SignInPortTaken(NextplayError):
    """The pages cannot be served at their port."""


@asynccontextmanager
async def served(sign_ins: SteamSignIns, options: SignInOptions) -> AsyncIterator[None]:
    """Serve the pages for the block.

    Raises:
        SignInPortTaken: They cannot be served at the address and port of the options.
    """
    # No access log: an address holds the state of somebody's sign-in.
    runner = web.AppRunner(sign_ins.application(), access_log=None, logger=log, shutdown_timeout=2.0)
    try:
        await _listen(runner, options)
        host, port = runner.addresses[0][:2]
        sign_ins.reached_at(f"http://{host}:{port}")
        yield
    finally:
        await runner.cleanup()
        await sign_ins.close()


async def _listen(runner: web.AppRunner, options: SignInOptions) -> None:
    await runner.setup()
    try:
        await web.TCPSite(runner, options.host, options.port).start()
    except OSError as error:
        raise SignInPortTaken(
            f"The sign-in page cannot be served at {options.host}, port {options.port} ({error.strerror});"
            " choose another by NEXTPLAY_SIGN_IN_PORT."
        ) from error
