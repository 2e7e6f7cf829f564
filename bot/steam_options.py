"""How Steam is asked: by the process that refreshes, which is handed these, and by the bot for people."""

from dataclasses import dataclass, field

from pydantic import SecretStr

# The word for Steam itself among the sources.
STEAM = "steam"


@dataclass(frozen=True, slots=True)
class SteamOptions:
    """The settings of Steam as a source; `ingest.sources.steam.settings` says what each means."""

    key: str | None = field(default=None, repr=False)
    country: str = "US"
    languages: tuple[str, ...] = ("english", "spanish")
    calls_a_day: int = 50_000
    review_games: int = 1_000
    details_a_run: int = 300
    player_counts_a_run: int = 300
    train_on_reviews: bool = True
    api_host: str = "https://api.steampowered.com"
    store_host: str = "https://store.steampowered.com"
    media_host: str = "https://shared.akamai.steamstatic.com"
    seconds_between_calls: float = 1.5
    wanted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInOptions:
    """Where the pages of sign-ins are served, and which address people reach them by.

    Attributes:
        public_url: Such as https://nextplay.example.org, without a slash at the end; empty is the address
            that is listened at, which only this machine reaches.
        host: The address of this machine that is listened at.
        port: The port there; 0 takes a free one.
        community: The address of Steam's community.
    """

    public_url: str
    host: str = "127.0.0.1"
    port: int = 8083
    community: str = "https://steamcommunity.com"


@dataclass(frozen=True, slots=True)
class SteamPeopleOptions:
    """How people's accounts are asked for and proven.

    Attributes:
        key: A Web API key; None asks for no libraries.
        api_host: The address of Steam's Web API.
        sign_in: Where people prove whose an account is; None nowhere.
    """

    key: SecretStr | None = None
    api_host: str = "https://api.steampowered.com"
    sign_in: SignInOptions | None = None
