"""Games with their figures, and what describes them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from charts.labels import plain
from store.catalogue.descriptions import DESCRIPTIONS, NameTables, names_by_game
from store.models import Game, GameStats
from store.names.vocabulary import in_language
from store.scoring.wilson import lower_bound

# The games whose owners are compared with one another.
_MOST_OWNED = 60


@dataclass(frozen=True, slots=True)
class CategoryTotals:
    """A genre or a tag, the apps that carry it, and the minutes that all players played these."""

    name: str
    apps: int
    minutes: int


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All apps, and what they are grouped by.

    Attributes:
        games: A row for each app. `genres_of` and `developers_of` are its names in the file's order; `liked`
            is the share of its reviews that recommend it, and `praise` and `pan` the lower ends of the 95%
            intervals of that share and of the rest (missing without reviews); `price` is in dollars, `hours`
            of all players, `median` of those who played.
        genres: The most frequent first.
        tags: The most frequent first.
    """

    games: pd.DataFrame
    genres: tuple[CategoryTotals, ...]
    tags: tuple[CategoryTotals, ...]

    @property
    def base_games(self) -> pd.DataFrame:
        """The apps that are games, rather than add-ons and others."""
        return self.games[self.games["kind"] == "game"]

    def most_owned(self) -> dict[int, str]:
        """Return the titles of the games with most owners by app id, most owned first."""
        owned = self.base_games[self.base_games["owners"] > 0]
        first = owned.sort_values(["owners", "id"], ascending=[False, True]).head(_MOST_OWNED)
        return dict(zip(first["id"].astype(int), first["title"].astype(str), strict=True))


def read_catalogue(session: Session, language: str) -> Catalogue:
    """Read all apps, with genres and tags as the store's pages call them in a language (ISO 639-1)."""
    games = pd.read_sql(_games(), session.connection())
    games["kind"] = games["kind"].map(str)
    games["named"] = games["title"].notna()
    games["title"] = [
        plain(title) if isinstance(title, str) else f"App {app}"
        for app, title in zip(games["id"], games["title"], strict=True)
    ]
    numbers = ["release_year", "price_cents", "metascore", "minutes_median"]
    games[numbers] = games[numbers].astype("float64")
    counts = ["owners", "minutes", "reviews", "recommended", "negative", "neutral", "positive"]
    games[counts] = games[counts].fillna(0).astype("int64")

    def translated(name: str) -> str:
        return plain(in_language(name, language))

    games["genres_of"] = _names_of(session, games, DESCRIPTIONS["genres"], translated)
    games["developers_of"] = _names_of(session, games, DESCRIPTIONS["developers"], plain)
    return Catalogue(
        _with_shares(games),
        _totals(session, DESCRIPTIONS["genres"], translated),
        _totals(session, DESCRIPTIONS["tags"], translated),
    )


def _with_shares(games: pd.DataFrame) -> pd.DataFrame:
    reviewed = list(zip(games["recommended"].tolist(), games["reviews"].tolist(), strict=True))
    return games.assign(
        year=games["release_year"],
        price=games["price_cents"] / 100,
        hours=games["minutes"] / 60,
        median=games["minutes_median"] / 60,
        liked=(games["recommended"] / games["reviews"]).where(games["reviews"] > 0),
        praise=[lower_bound(part, whole) if whole else math.nan for part, whole in reviewed],
        pan=[lower_bound(whole - part, whole) if whole else math.nan for part, whole in reviewed],
    )


def _names_of(
    session: Session, games: pd.DataFrame, of: NameTables, shown: Callable[[str], str]
) -> list[tuple[str, ...]]:
    """Return the names that each app carries, in the file's order."""
    names = names_by_game(session.connection(), of.rows)
    return [tuple(map(shown, names.get(app, ()))) for app in games["id"].tolist()]


def _totals(session: Session, of: NameTables, shown: Callable[[str], str]) -> tuple[CategoryTotals, ...]:
    name, app_id = of.name.name, of.link.game_id
    apps = func.count(app_id)
    counted = session.execute(
        select(name, apps, func.coalesce(func.sum(GameStats.minutes), 0))
        .join_from(of.name, of.link, of.name_id == of.name.id)
        .outerjoin(GameStats, GameStats.game_id == app_id)
        .group_by(name)
        .order_by(apps.desc(), name)
    )
    return tuple(CategoryTotals(shown(label), *row) for label, *row in counted)


def _games() -> Select[*tuple[Any, ...]]:
    """Select a row for each app, with how many developers, genres, tags and specs it has."""
    return (
        select(
            Game.id,
            Game.title,
            Game.listed,
            Game.kind,
            Game.publisher,
            Game.release_date,
            Game.release_year,
            Game.release_text,
            Game.price_cents,
            Game.metascore,
            Game.steam_rating,
            GameStats.owners,
            GameStats.minutes,
            GameStats.minutes_median,
            GameStats.reviews,
            GameStats.recommended,
            GameStats.negative,
            GameStats.neutral,
            GameStats.positive,
            *(
                select(func.count()).where(of.link.game_id == Game.id).scalar_subquery().label(kind)
                for kind, of in DESCRIPTIONS.items()
            ),
        )
        .outerjoin(GameStats, GameStats.game_id == Game.id)
        .order_by(Game.id)
    )
