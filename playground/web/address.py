"""Where a page is, and which requests really come from it."""

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class PageAddress:
    """The address of a running page. Whoever knows the token can act as any person of the playground."""

    port: int
    token: str = field(repr=False)

    @property
    def origin(self) -> str:
        """Scheme, host and port, e.g. http://127.0.0.1:8123."""
        return f"http://{HOST}:{self.port}"

    @property
    def url(self) -> str:
        """What to open in a browser. The token stands behind the #, which browsers do not send anywhere."""
        return f"{self.origin}/#token={self.token}"

    def accepts_token(self, token: str) -> bool:
        """Return whether this is the token, compared in constant time."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def accepts_host(self, host: str) -> bool:
        """Return whether a Host header names this computer and this port.

        A foreign name that was made to resolve to 127.0.0.1 (DNS rebinding) is refused here.
        """
        return host in (f"{HOST}:{self.port}", f"localhost:{self.port}")

    def accepts_origin(self, origin: str, host: str) -> bool:
        """Return whether an Origin header says that the page itself, at the same host, is asking."""
        parts = urlsplit(origin)
        return parts.scheme == "http" and parts.netloc == host and self.accepts_host(host)
