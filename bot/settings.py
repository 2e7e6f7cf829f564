"""The settings: `NEXTPLAY_*` variables, or the same names in a `.env` file. `docs/settings.md` lists them."""

import datetime as dt
from ipaddress import IPv4Address
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, IPvAnyAddress, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from store import NextplayError


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

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders, files and addresses of `source`; an existing path is one whatever its name."""
        if Path(self.source).expanduser().exists():
            return (self.source,)
        return tuple(part.strip() for part in self.source.split(",") if part.strip())

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            if name:
                ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no time zone has this name; use one such as Europe/Madrid") from error
        return name


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
