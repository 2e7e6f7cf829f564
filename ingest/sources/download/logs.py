"""Keeping secrets in addresses out of the logs of the HTTP client."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from ingest.sources.download.errors import shown

# Logs every address at level INFO.
_OF_REQUESTS = "httpx"
# Log whole headers, addresses of redirects among them, at level DEBUG.
_OF_CONNECTIONS = ("httpcore.connection", "httpcore.http11", "httpcore.proxy", "httpcore.socks")


@contextmanager
def secrets_kept_from_logs() -> Iterator[None]:
    """Show addresses in the client's logs without passwords and queries for the block."""
    filters = {_OF_REQUESTS: _shorten, **dict.fromkeys(_OF_CONNECTIONS, _drop)}
    for name, keep in filters.items():
        logging.getLogger(name).addFilter(keep)
    try:
        yield
    finally:
        for name, keep in filters.items():
            logging.getLogger(name).removeFilter(keep)


def _shorten(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(shown(str(part)) if isinstance(part, httpx.URL) else part for part in record.args)
    return True


def _drop(_record: logging.LogRecord) -> bool:
    return False
