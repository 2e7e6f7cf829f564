"""What can be set about Steam as a source."""

from dataclasses import dataclass, field

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class SteamHosts:
    """The base addresses of Steam's hosts, without a slash at the end; pictures lie on `media`."""

    api: str = "https://api.steampowered.com"
    store: str = "https://store.steampowered.com"
    media: str = "https://shared.akamai.steamstatic.com"


@dataclass(frozen=True, slots=True)
class SteamSettings:
    """How Steam is asked, and for what.

    `key` is a Web API key; without one all comes but changes by the night, see docs/steam.md. `country` is an
    ISO 3166 code, for prices. `languages` are Steam's own names; the first is that of the texts, of the
    others titles come. No more than `calls_a_day` are made in a day of UTC. The `review_games` games with
    most reviews have review texts; with `train_on_reviews`, what their authors played counts as libraries.
    A run looks up the genres of `details_a_run` games, one by one, and how many play `player_counts_a_run`.
    Calls to a host are `seconds_between_calls` apart. The `wanted` apps, the most wanted first, go before
    others wherever games are asked for one by one: whoever starts a run knows whom it is for.
    """

    key: SecretStr | None = None
    country: str = "US"
    languages: tuple[str, ...] = ("english", "spanish")
    calls_a_day: int = 50_000
    review_games: int = 1_000
    details_a_run: int = 300
    player_counts_a_run: int = 300
    train_on_reviews: bool = True
    hosts: SteamHosts = field(default_factory=SteamHosts)
    seconds_between_calls: float = 1.5
    wanted: tuple[int, ...] = ()
