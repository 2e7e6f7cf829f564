"""The settings: `NEXTPLAY_*` variables, or the same names in a `.env` file. `docs/settings.md` lists them."""

import datetime as dt
import os
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    IPvAnyAddress,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticUseDefault
from pydantic_settings import NoDecode, SettingsConfigDict
from tzlocal import reload_localzone

from bot.settings import values
from bot.settings.api_variables import ApiVariables
from bot.settings.environment import (
    DOTENV,
    SettingsError,
    UnknownName,
    dotenv_names,
    names_set,
    unknown_names,
)
from bot.settings.steam_variables import SteamVariables
from bot.shards.part import ShardPart
from bot.steam_options import STEAM
from store.database import Address

FilePath = Annotated[Path, AfterValidator(values.file_path)]
FolderPath = Annotated[Path, AfterValidator(values.folder_path)]


def _shards(value: str) -> str:
    """Return a part of shards as it is written. Raises ValueError if it is not one."""
    return str(ShardPart.parse(value)) if value else value


class Settings(SteamVariables, ApiVariables):
    """All settings; each has a default but the token."""

    model_config = SettingsConfigDict(
        env_prefix="NEXTPLAY_",
        env_file=DOTENV,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_TOKEN", "NEXTPLAY_DISCORD_TOKEN"),
        description="The bot's token, from the Discord developer portal. Only `nextplay run` needs it.",
    )
    owners: Annotated[tuple[int, ...], NoDecode, BeforeValidator(values.discord_ids)] = Field(
        default=(),
        description=(
            "Discord ids of those who run this bot and may refresh its data, separated by commas; "
            "empty is who owns the application in the developer portal."
        ),
    )
    shards: Annotated[str, AfterValidator(_shards)] = Field(
        default="",
        description=(
            "The part of the bot's shards that this process serves, such as 0-7/32; empty is all that "
            "Discord recommends."
        ),
    )
    database: FilePath = Field(
        default=Path("data/nextplay.sqlite3"), description="The SQLite file of the store."
    )
    store: Annotated[str | None, AfterValidator(values.store_location)] = Field(
        default=None,
        description=(
            "The manifest of a store that is published elsewhere, by path or address: it is served in place"
            " of one that is filled here."
        ),
    )
    store_look_minutes: int = Field(
        default=15, ge=1, le=1440, description="How far apart looks for a newer published store are."
    )
    user_database: SecretStr | None = Field(
        default=None,
        description=(
            "The PostgreSQL database of what people store, such as "
            "postgresql+psycopg://name:password@host/database; empty is a file beside the store."
        ),
    )
    source: str = Field(
        default="data/source",
        min_length=1,
        description=(
            "What a refresh reads, separated by commas: a folder of the three raw files, "
            "the files themselves, http(s) addresses of either, and steam for Steam itself."
        ),
    )
    backup_folder: FolderPath = Field(default=Path("data/backups"), description="Where backups are kept.")
    backups_kept: int = Field(default=3, ge=1, le=365, description="How many backups of each file are kept.")
    refresh_at: Annotated[dt.time, BeforeValidator(values.clock_time)] = Field(
        default=dt.time(4, 30), description="The local time of the nightly refresh, as HH:MM."
    )
    time_zone: Annotated[str, AfterValidator(values.zone_name)] = Field(
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
        allow_inf_nan=False,
        description="A run stops when more than this share of a file is unreadable.",
    )
    crawl_year: int = Field(
        default=2016, ge=2003, le=2049, description="The year of a review date that names none."
    )
    anonymous_players: int = Field(
        default=200_000,
        ge=0,
        le=1_000_000_000,
        description="Training learns from so many people without names at most, a random sample.",
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
    def local_stores(self) -> tuple[Path, ...]:
        """The manifest of a store that is published on this machine, if there is one."""
        return () if self.store is None or values.is_address(self.store) else (Path(self.store),)

    @property
    def store_needs_login(self) -> bool:
        """Whether fetching the published store may need credentials from the environment."""
        return (
            self.store is not None and values.is_address(self.store) and not values.is_web_address(self.store)
        )

    @property
    def user_data(self) -> Address | None:
        """The database of what people store; None where that is in a file beside the store."""
        address = self.user_database
        return None if address is None else Address(address.get_secret_value())

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that must never be logged."""
        token = self.discord_token
        of_database = () if self.user_data is None else self.user_data.secrets
        return (*(() if token is None else (token.get_secret_value(),)), *of_database)

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders, files and addresses of `source`; an existing path is one whatever its name."""
        return values.locations(self.source)

    @property
    def local_sources(self) -> tuple[Path, ...]:
        """The folders and files among `sources`."""
        return tuple(
            Path(source) for source in self.sources if "://" not in source and source.lower() != STEAM
        )

    @property
    def shard_part(self) -> ShardPart | None:
        """The shards that this process serves; None is all."""
        return ShardPart.parse(self.shards) if self.shards else None

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone of `refresh_at`.

        Raises:
            SettingsError: None is set, and what the machine says of its own names none.
        """
        if self.time_zone:
            return values.zone(self.time_zone)
        try:
            return reload_localzone()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            name = os.environ.get("TZ", "")
            said_by = "TZ" if name else "The time zone of this machine"
            raise SettingsError(
                f"{said_by} cannot be used: no time zone has this name; "
                f"set TZ or NEXTPLAY_TIME_ZONE to one such as {values.nearest_zone(name)}."
            ) from None

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        plain = values.plain(value)
        if value and not plain:
            raise PydanticUseDefault
        return plain

    @field_validator("discord_token")
    @classmethod
    def _sendable(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None:
            values.token(token.get_secret_value())
        return token

    @field_validator("user_database")
    @classmethod
    def _reachable(cls, address: SecretStr | None) -> SecretStr | None:
        if address is not None:
            Address(address.get_secret_value())
        return address

    @field_validator("steam_api_key")
    @classmethod
    def _sendable_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            values.steam_key(key.get_secret_value())
        return key

    @field_validator("source")
    @classmethod
    def _readable(cls, source: str) -> str:
        values.locations(source)
        return source


def load_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        SettingsError: A value cannot be used, or `.env` cannot be read. It names the variable, but never says
            the value, which may be a secret.
    """
    dotenv_names()
    try:
        return Settings()
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)
        raise SettingsError(f"{'; '.join(map(_sentence, faults))}.") from None


def unknown_settings() -> tuple[UnknownName, ...]:
    """Return the variables that look like settings and are not, such as misspelt names.

    Raises:
        SettingsError: `.env` cannot be read.
    """
    return tuple(unknown_names(_variables(), names_set()))


def _variables() -> list[str]:
    return ["DISCORD_TOKEN", "STEAM_API_KEY", *(f"NEXTPLAY_{name.upper()}" for name in Settings.model_fields)]


def _sentence(fault: ErrorDetails) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else "settings"
    variable = field if field.isupper() else f"NEXTPLAY_{field.upper()}"
    reason = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{variable} cannot be used: {reason[0].lower()}{reason[1:]}"
