"""The page's own files, and the headers that keep it to itself."""

from pathlib import Path

_STATIC = Path(__file__).parent / "static"

# Named here, because what a system's registry says of ".js" is not always what browsers run.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

# Pictures that cannot carry a script. Anything else that comes with a message is only ever downloaded.
SAFE_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}

MEDIA_HEADERS = _COMMON | {"Content-Security-Policy": "sandbox; default-src 'none'"}


def page_headers(host: str) -> dict[str, str]:
    """Headers of the page and its files.

    Nothing is loaded from anywhere else, nothing inline runs, and no text can become HTML (trusted types).
    The socket is named because not every browser counts it as 'self'.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": f"'self' ws://{host}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return _COMMON | {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items())
    }


def read_static() -> dict[str, tuple[bytes, str]]:
    """Return every file of the page by its path, with its content type.

    They are read once: what is not among them cannot be asked for.
    """
    found = {}
    for file in _STATIC.rglob("*"):
        if file.suffix in _TYPES:
            found[file.relative_to(_STATIC).as_posix()] = (file.read_bytes(), _TYPES[file.suffix])
    return found
