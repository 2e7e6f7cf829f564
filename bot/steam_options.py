"""How Steam is asked, as the bot hands it to the process that refreshes. Imports nothing, as that does."""

from dataclasses import dataclass, field

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
