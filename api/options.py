"""How the API is served; the settings of a process become this."""

from dataclasses import dataclass

DEFAULT_PORT = 8000
DEFAULT_RATE_LIMIT = "600/minute"


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """How the API is served.

    Attributes:
        host: The address to listen at.
        port: The port to listen at; 0 is any that is free.
        rate_limit: How many requests an address may make, such as "600/minute"; None is no limit.
        trusted_proxies: Addresses and networks whose `X-Forwarded-For` is trusted; "*" is everybody's.
        cors_origins: Origins whose pages may read answers in a browser; "*" is all.
        query_seconds: After this time a question is given up.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    rate_limit: str | None = DEFAULT_RATE_LIMIT
    trusted_proxies: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    query_seconds: float = 5.0
