"""The settings of the API over HTTP."""

from ipaddress import IPv4Address
from typing import Annotated

from pydantic import AfterValidator, Field, IPvAnyAddress
from pydantic_settings import BaseSettings

from api.options import DEFAULT_PORT, DEFAULT_RATE_LIMIT, ApiOptions
from bot.settings import values


class ApiVariables(BaseSettings):
    """Variables that begin with `NEXTPLAY_API_`."""

    api_port: int | None = Field(
        default=None, ge=1, le=65535, description="The port that serves the API, beside the bot or alone."
    )
    api_host: IPvAnyAddress = Field(
        default=IPv4Address("127.0.0.1"), description="The address that the API is served at."
    )
    api_rate_limit: Annotated[str, AfterValidator(values.rate_limit)] = Field(
        default=DEFAULT_RATE_LIMIT,
        description="How many requests an address may make of the API, or none for no limit.",
    )
    api_trusted_proxies: Annotated[str, AfterValidator(values.networks)] = Field(
        default="",
        description=(
            "Addresses and networks whose X-Forwarded-For the API trusts, separated by commas; * is all."
        ),
    )
    api_cors_origins: Annotated[str, AfterValidator(values.origins)] = Field(
        default="",
        description=(
            "Origins whose pages may read the API's answers in a browser, separated by commas; * is all."
        ),
    )
    api_query_seconds: float = Field(
        default=5.0,
        gt=0,
        le=60,
        allow_inf_nan=False,
        description="A question to the API is given up after so many seconds.",
    )

    @property
    def api(self) -> ApiOptions:
        """How the API is served; its port is the usual one where none is set."""
        return ApiOptions(
            host=str(self.api_host),
            port=self.api_port or DEFAULT_PORT,
            rate_limit=None if self.api_rate_limit == values.NO_LIMIT else self.api_rate_limit,
            trusted_proxies=values.parts(self.api_trusted_proxies),
            cors_origins=values.parts(self.api_cors_origins),
            query_seconds=self.api_query_seconds,
        )
