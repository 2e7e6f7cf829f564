"""The settings of Steam as a source."""

from ipaddress import IPv4Address
from typing import Annotated

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, IPvAnyAddress, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from bot.settings import values
from bot.steam_options import SignInOptions, SteamOptions, SteamPeopleOptions

_DEFAULTS = SteamOptions()
Address = Annotated[str, AfterValidator(values.base_address)]


class SteamVariables(BaseSettings):
    """Variables that begin with `NEXTPLAY_STEAM_`, the key, and where people sign in."""

    steam_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("STEAM_API_KEY", "NEXTPLAY_STEAM_API_KEY"),
        description=(
            "A Steam Web API key: for people's own libraries, and for the source `steam`, which comes slower"
            " without one."
        ),
    )
    steam_country: Annotated[str, AfterValidator(values.country)] = Field(
        default=_DEFAULTS.country, description="The country whose prices count, such as US or DE."
    )
    steam_languages: Annotated[tuple[str, ...], NoDecode, BeforeValidator(values.steam_languages)] = Field(
        default=_DEFAULTS.languages,
        description=(
            "Languages by Steam's names, separated by commas: of the first come texts, of the others titles."
        ),
    )
    steam_calls_a_day: int = Field(
        default=_DEFAULTS.calls_a_day, ge=100, le=100_000, description="How often Steam is asked in a day."
    )
    steam_review_games: int = Field(
        default=_DEFAULTS.review_games,
        ge=0,
        le=100_000,
        description="How many games, those with most reviews first, have review texts.",
    )
    steam_details_a_run: int = Field(
        default=_DEFAULTS.details_a_run,
        ge=0,
        le=10_000,
        description="How many games a refresh looks up for their genres, 150 in five minutes.",
    )
    steam_player_counts_a_run: int = Field(
        default=_DEFAULTS.player_counts_a_run,
        ge=0,
        le=10_000,
        description="Of how many games, those with most reviews first, a refresh asks how many play them.",
    )
    steam_train_on_reviews: bool = Field(
        default=_DEFAULTS.train_on_reviews,
        description="Whether what the authors of reviews played counts as libraries without names.",
    )
    steam_seconds_between_calls: float = Field(
        default=_DEFAULTS.seconds_between_calls,
        ge=0,
        le=60,
        allow_inf_nan=False,
        description="How far apart calls to one host of Steam's are; below 1 is for a Steam of one's own.",
    )
    # Their defaults are not checked: what checks an address takes long to load.
    steam_api_host: Address = Field(
        default=_DEFAULTS.api_host, validate_default=False, description="The address of Steam's Web API."
    )
    steam_store_host: Address = Field(
        default=_DEFAULTS.store_host, validate_default=False, description="The address of Steam's store."
    )
    steam_media_host: Address = Field(
        default=_DEFAULTS.media_host, validate_default=False, description="The address of Steam's pictures."
    )
    steam_community_host: Address = Field(
        default="https://steamcommunity.com",
        validate_default=False,
        description="The address at which people sign in through Steam.",
    )
    public_url: Annotated[str, AfterValidator(values.public_address)] = Field(
        default="",
        description=(
            "The https address at which a browser reaches the sign-in page, such as https://bot.example.org;"
            " without it nobody can prove whose a Steam account is."
        ),
    )
    sign_in_host: IPvAnyAddress = Field(
        default=IPv4Address("127.0.0.1"),
        description="The address that the sign-in page is served at, behind your proxy.",
    )
    sign_in_port: int = Field(
        default=8083, ge=1, le=65535, description="The port that the sign-in page is served at."
    )

    @property
    def steam_people(self) -> SteamPeopleOptions:
        """How people's own accounts are asked for and proven."""
        sign_in = SignInOptions(
            self.public_url, str(self.sign_in_host), self.sign_in_port, self.steam_community_host
        )
        return SteamPeopleOptions(
            self.steam_api_key, self.steam_api_host, sign_in if self.public_url else None
        )

    @property
    def steam(self) -> SteamOptions:
        """How Steam is asked."""
        key = self.steam_api_key
        return SteamOptions(
            key=None if key is None else key.get_secret_value(),
            country=self.steam_country,
            languages=self.steam_languages,
            calls_a_day=self.steam_calls_a_day,
            review_games=self.steam_review_games,
            details_a_run=self.steam_details_a_run,
            player_counts_a_run=self.steam_player_counts_a_run,
            train_on_reviews=self.steam_train_on_reviews,
            api_host=self.steam_api_host,
            store_host=self.steam_store_host,
            media_host=self.steam_media_host,
            seconds_between_calls=self.steam_seconds_between_calls,
        )
