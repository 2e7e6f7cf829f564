"""The address of a PostgreSQL database, which holds a password and is never shown."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
_SECRET_OPTIONS = ("password", "sslpassword", "passfile")


class Address:
    """A PostgreSQL database by its address. Neither `str` nor `repr` gives it away."""

    def __init__(self, address: str) -> None:
        """Take an address such as `postgresql+psycopg://name:password@host/database`.

        Raises:
            ValueError: It is none. The message does not hold it.
        """
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.drivername not in _SCHEMES or not url.database:
            raise ValueError("it takes an address such as postgresql+psycopg://name:password@host/database")
        self.url: URL = url.set(drivername=_SCHEMES[0])

    def __repr__(self) -> str:
        return "Address(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The parts that must never be shown: the whole, and each password, longest first."""
        options = (self.url.query.get(name) for name in _SECRET_OPTIONS)
        found = (self.url.password, *options, self.url.render_as_string(hide_password=False))
        texts = (text for value in found for text in ((value,) if isinstance(value, str) else value or ()))
        return tuple(sorted({text for text in texts if text}, key=len, reverse=True))

    def without_secrets(self, text: str) -> str:
        """Return what the driver says, on one line and without a password."""
        for secret in self.secrets:
            text = text.replace(secret, "[secret]")
        return " ".join(text.split())
