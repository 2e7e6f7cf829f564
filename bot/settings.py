"""The settings: `NEXTPLAY_*` variables, or the same names in a `.env` file. `docs/settings.md` lists them."""

import datetime as dt
from ipaddress import IPv4Address, ip_network
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, IPvAnyAddress, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.options import DEFAULT_PORT, DEFAULT_RATE_LIMIT, ApiOptions
from store import NextplayError

_NO_LIMIT = "none"
_ALL = "*"


class SettingsError(NextplayError):
    """A setting has a value that cannot be used. The message is one sentence for the person who set it."""


class Settings(BaseSettings):
    """All settings; each has a default but the token."""

    model_config = SettingsConfigDict(
        env_prefix="NEXTPLAY_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_TOKEN", "NEXTPLAY_DISCORD_TOKEN"),
        description="The bot's token, from the Discord developer portal. Only `nextplay run` needs it.",
    )
    database: Path = Field(default=Path("data/nextplay.sqlite3"), description="The SQLite file of the store.")
    source: str = Field(
        default="data/source",
        min_length=1,
        description=(
            "What a refresh reads: a folder of the three raw files, the files themselves, "
            "or http(s) addresses of either, separated by commas."
        ),
    )
    backup_folder: Path = Field(default=Path("data/backups"), description="Where backups are kept.")
    backups_kept: int = Field(default=3, ge=1, le=365, description="How many backups of each file are kept.")
    refresh_at: dt.time = Field(
        default=dt.time(4, 30), description="The local time of the nightly refresh, as HH:MM."
    )
    time_zone: str = Field(
        default="", description="The time zone of that time, such as Europe/Madrid; empty is this machine's."
    )
    refresh_jitter_minutes: int = Field(
        default=10, ge=0, le=120, description="A refresh starts up to this many minutes later, at random."
    )
    refresh_grace_hours: int = Field(
        default=12,
        ge=0,
        le=24,
        description="A night missed while the bot was down is caught up for this many hours.",
    )
    max_reject_percent: float = Field(
        default=5.0,
        ge=0,
        le=100,
        description="A run stops when more than this share of a file is unreadable.",
    )
    crawl_year: int = Field(
        default=2016, ge=2003, le=2049, description="The year of a review date that names none."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much the bot logs."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Whether a log line is text for people or JSON for machines."
    )
    metrics_port: int | None = Field(
        default=None, ge=1, le=65535, description="The port that serves metrics for Prometheus."
    )
    metrics_host: IPvAnyAddress = Field(
        default=IPv4Address("127.0.0.1"), description="The address that the metrics are served at."
    )
    api_port: int | None = Field(
        default=None, ge=1, le=65535, description="The port that serves the API, beside the bot or alone."
    )
    api_host: IPvAnyAddress = Field(
        default=IPv4Address("127.0.0.1"), description="The address that the API is served at."
    )
    api_rate_limit: str = Field(
        default=DEFAULT_RATE_LIMIT,
        description="How many requests an address may make of the API, or none for no limit.",
    )
    api_trusted_proxies: str = Field(
        default="",
        description=(
            "Addresses and networks whose X-Forwarded-For the API believes, separated by commas; * is all."
        ),
    )
    api_cors_origins: str = Field(
        default="",
        description=(
            "Origins whose pages may read the API's answers in a browser, separated by commas; * is all."
        ),
    )
    api_query_seconds: float = Field(
        default=5.0, gt=0, le=60, description="A question to the API is given up after so many seconds."
    )

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders, files and addresses of `source`; an existing path is one whatever its name."""
        if Path(self.source).expanduser().exists():
            return (self.source,)
        return _parts(self.source)

    @property
    def api(self) -> ApiOptions:
        """How the API is served; its port is the usual one where none is set."""
        return ApiOptions(
            host=str(self.api_host),
            port=self.api_port or DEFAULT_PORT,
            rate_limit=None if self.api_rate_limit == _NO_LIMIT else self.api_rate_limit,
            trusted_proxies=_parts(self.api_trusted_proxies),
            cors_origins=_parts(self.api_cors_origins),
            query_seconds=self.api_query_seconds,
        )

    @field_validator("api_rate_limit")
    @classmethod
    def _known_limit(cls, limit: str) -> str:
        # Imported here: it is rarely set, and a bot without an API does not carry the library.
        import limits  # noqa: PLC0415

        if limit != _NO_LIMIT:
            try:
                limits.parse(limit)
            except ValueError as error:
                raise ValueError('it says how many in how long, such as 600/minute, or "none"') from error
        return limit

    @field_validator("api_trusted_proxies")
    @classmethod
    def _known_networks(cls, proxies: str) -> str:
        for part in _parts(proxies):
            try:
                if part != _ALL:
                    ip_network(part)
            except ValueError as error:
                raise ValueError("it takes addresses and networks such as 10.0.0.0/8, or *") from error
        return proxies

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            if name:
                ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no time zone has this name; use one such as Europe/Madrid") from error
        return name


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def load_settings() -> Settings:
    """Read the environment and `.env`.

    Raises SettingsError, naming the variable, if a value cannot be used; never with the value, which may be a
    secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "settings"
        variable = field if field.isupper() else f"NEXTPLAY_{field.upper()}"
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{variable} cannot be used: {reason[0].lower()}{reason[1:]}.") from None
    except OSError as error:
        raise SettingsError(f"The file .env cannot be read: {error.strerror}.") from error
