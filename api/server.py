"""Serving the app: alone in a process, or in a thread of a process that does something else as well."""

import asyncio
import contextlib
import ipaddress
import logging
import signal
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from api.app import create_app
from api.connections import Connection
from api.options import ApiOptions
from store import Database, NextplayError

log = logging.getLogger(__name__)

# A stop leaves requests this long to finish.
_FINISH_SECONDS = 3
# So long that a thread that has not ended by then never will.
_SECONDS_TO_END = _FINISH_SECONDS + 2.0
# Longer than the proxies in front keep a connection open that nothing comes through.
_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 2048


class ServeError(NextplayError):
    """The API cannot be served."""


class _Server(uvicorn.Server):
    """The server, which leaves the signals of the process to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(database: Database, options: ApiOptions) -> None:
    """Serve the API of `database` until told to stop by SIGTERM or SIGINT, and then end cleanly.

    Raises:
        ServeError: The port cannot be had.
    """
    database.user_data.watch()
    with listening(options) as listener:
        asyncio.run(_serve_until_stopped(_server(create_app(database, options), options), listener))


@contextlib.contextmanager
def served(
    database: Database, options: ApiOptions, registry: CollectorRegistry | None = None
) -> Iterator[int]:
    """Serve the API of `database` for as long as the block lasts, in a thread with an event loop of its own.

    Requests are read and written there, so that none of them holds up the caller's event loop.

    Args:
        database: The store.
        options: How to serve.
        registry: Where to count requests; None is a registry of its own.

    Yields:
        The port.

    Raises:
        ServeError: The port cannot be had.
    """
    database.user_data.watch()
    with listening(options) as listener:
        server = _server(create_app(database, options, registry), options)
        thread = threading.Thread(target=_run, args=(server, listener), name="api", daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(_SECONDS_TO_END)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    try:
        asyncio.run(server.serve([listener]))
    except Exception:
        log.critical("The API stopped on an error that nobody foresaw", exc_info=True)


def _server(app: FastAPI, options: ApiOptions) -> uvicorn.Server:
    return _Server(
        uvicorn.Config(
            app,
            lifespan="on",
            http=Connection,
            ws="none",
            # What is logged, and how, is the process's; a line of uvicorn's would name what was asked for.
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(options.trusted_proxies),
            forwarded_allow_ips=list(options.trusted_proxies),
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_FINISH_SECONDS,
        )
    )


@contextlib.contextmanager
def listening(options: ApiOptions) -> Iterator[socket.socket]:
    """Listen where the options say, and no longer once the block ends."""
    try:
        is_ipv6 = ipaddress.ip_address(options.host).version == 6
    except ValueError:
        raise ServeError(
            f"“{options.host}” is no address to listen at; give one such as 127.0.0.1."
        ) from None
    try:
        listener = socket.create_server(
            (options.host, options.port),
            family=socket.AF_INET6 if is_ipv6 else socket.AF_INET,
            backlog=_BACKLOG,
        )
        # asyncio sets it only on sockets that name their protocol. Without it the body of an answer waits
        # 40 ms for the client to acknowledge its headers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    except OSError as error:
        raise ServeError(
            f"The API cannot be served at {options.host}, port {options.port}: {error.strerror}; choose "
            "another port by --port or NEXTPLAY_API_PORT."
        ) from error
    with listener:
        yield listener


async def _serve_until_stopped(server: uvicorn.Server, listener: socket.socket) -> None:
    def stop(*_: Any) -> None:
        server.should_exit = True

    with _handled(stop):
        host, port = listener.getsockname()[:2]
        log.info("Serving the API at %s, port %d", host, port)
        await server.serve([listener])


@contextlib.contextmanager
def _handled(stop: Any) -> Iterator[None]:
    """Have SIGTERM and SIGINT call `stop` while the block lasts."""
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
