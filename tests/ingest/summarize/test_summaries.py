"""Every summary says what a plain count over the rows says."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from statistics import quantiles
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest import ingest
from store import Database
from store.models import (
    DeveloperReviewYear,
    DeveloperYear,
    Game,
    GameDeveloper,
    GameGenre,
    GameKind,
    GameReviewYear,
    GameStats,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    Name,
    NameKind,
    OwnedGame,
    Player,
    PlayerStats,
    Review,
    ReviewYear,
    Sentiment,
    YearBasis,
)
from store.names.fame import fame_of
from store.names.search_key import search_key
from tests.ingest.raw_files import RawFolder, item, owner, review, reviewer

Key = TypeVar("Key", bound=Hashable)


@pytest.fixture(scope="module")
def sample(sample_store: Database) -> Database:
    """The generated sample: some hundred players with everything that summaries are about."""
    return sample_store


def groups(rows: list[tuple[Key, int]]) -> dict[Key, int]:
    """Sums by key."""
    sums: defaultdict[Key, int] = defaultdict(int)
    for key, value in rows:
        sums[key] += value
    return dict(sums)


def links(session: Session, model: type[Any], column: str) -> dict[int, list[int]]:
    """What is linked to each game."""
    linked: defaultdict[int, list[int]] = defaultdict(list)
    for row in session.scalars(select(model)):
        linked[row.game_id].append(getattr(row, column))
    return linked


def test_playtime_by_game(sample: Database) -> None:
    with sample.reader() as session:
        minutes: defaultdict[int, list[int]] = defaultdict(list)
        for owned in session.scalars(select(OwnedGame)):
            minutes[owned.game_id].append(owned.minutes)
        for stats in session.scalars(select(GameStats)):
            played = [value for value in minutes[stats.game_id] if value > 0]
            assert stats.owners == len(minutes[stats.game_id])
            assert stats.players == len(played)
            assert stats.minutes == sum(played)
            found = (stats.minutes_p25, stats.minutes_median, stats.minutes_p75)
            if len(played) > 1:
                assert found == pytest.approx(quantiles(played, n=4, method="inclusive"))
            else:
                assert found == (tuple(played * 3) if played else (None, None, None))
        assert len(session.scalars(select(GameStats)).all()) == len(session.scalars(select(Game)).all())


def test_players_in_numbers(sample: Database) -> None:
    with sample.reader() as session:
        prices = dict(session.execute(select(Game.id, Game.price_cents)).all())
        owned: defaultdict[int, list[OwnedGame]] = defaultdict(list)
        for entry in session.scalars(select(OwnedGame)):
            owned[entry.player_id].append(entry)
        reviews: defaultdict[int, list[bool]] = defaultdict(list)
        for player, recommend in session.execute(select(Review.player_id, Review.recommend)):
            reviews[player].append(recommend is True)
        all_stats = session.scalars(select(PlayerStats)).all()
        assert len(all_stats) == len(session.scalars(select(Player.id)).all())
        for stats in all_stats:
            games = owned[stats.player_id]
            assert stats.owned == len(games)
            assert stats.minutes == sum(entry.minutes for entry in games)
            assert stats.spent_cents == sum(prices[entry.game_id] or 0 for entry in games)
            assert stats.unpriced == sum(prices[entry.game_id] is None for entry in games)
            assert (stats.reviews, stats.recommended) == (
                len(reviews[stats.player_id]),
                sum(reviews[stats.player_id]),
            )


def test_releases_by_developer_and_year(sample: Database) -> None:
    with sample.reader() as session:
        credits_of = links(session, GameDeveloper, "developer_id")
        listed = [entry for entry in session.scalars(select(Game)) if entry.listed]
        years = [((dev, g.release_year or 0), g) for g in listed for dev in credits_of[g.id]]
        items = groups([(key, 1) for key, _game in years])
        free = groups([(key, 1) for key, entry in years if entry.price_cents == 0])
        for row in session.scalars(select(DeveloperYear)):
            key = (row.developer_id, row.year)
            assert (row.items, row.free_items) == (items.pop(key), free.get(key, 0))
        assert not items


def test_hours_by_genre_and_release_year(sample: Database) -> None:
    with sample.reader() as session:
        genres = links(session, GameGenre, "genre_id")
        years = {key: year or 0 for key, year in session.execute(select(Game.id, Game.release_year))}
        owned = session.scalars(select(OwnedGame)).all()
        expected = groups([((g, years[o.game_id]), o.minutes) for o in owned for g in genres[o.game_id]])
        found = {(row.genre_id, row.year): row.minutes for row in session.scalars(select(GenreYear))}
        assert {key: value for key, value in found.items() if value} == {
            key: value for key, value in expected.items() if value
        }


def test_genre_champions_and_their_years(sample: Database) -> None:
    with sample.reader() as session:
        genres = links(session, GameGenre, "genre_id")
        users = dict(session.execute(select(Player.id, Player.user_id)).all())
        years = {key: year or 0 for key, year in session.execute(select(Game.id, Game.release_year))}
        owned = session.scalars(select(OwnedGame)).all()
        played = groups([((g, o.player_id), o.minutes) for o in owned for g in genres[o.game_id]])
        best: dict[int, tuple[int, str]] = {}
        for (genre, player), minutes in played.items():
            if minutes:
                best[genre] = min(best.get(genre, (0, "")), (-minutes, users[player]))
        champions = session.scalars(select(GenreChampion)).all()
        assert {c.genre_id: (-c.minutes, users[c.player_id]) for c in champions} == best
        by_champion = {c.genre_id: c.player_id for c in champions}
        expected = groups(
            [
                ((genre, years[o.game_id]), o.minutes)
                for o in owned
                for genre in genres[o.game_id]
                if by_champion.get(genre) == o.player_id and o.minutes
            ]
        )
        rows = session.scalars(select(GenreChampionYear))
        assert {(row.genre_id, row.year): row.minutes for row in rows} == expected


def test_reviews_by_game_developer_and_year(sample: Database) -> None:
    counted: dict[str, Callable[[Review], bool]] = {
        "negative": lambda r: r.sentiment is Sentiment.NEGATIVE,
        "neutral": lambda r: r.sentiment is Sentiment.NEUTRAL,
        "positive": lambda r: r.sentiment is Sentiment.POSITIVE,
        "praised": lambda r: r.recommend is True and r.sentiment is Sentiment.POSITIVE,
        "liked": lambda r: r.recommend is True and r.sentiment is not Sentiment.NEGATIVE,
        "panned": lambda r: r.recommend is False and r.sentiment is Sentiment.NEGATIVE,
    }
    with sample.reader() as session:
        credits_of = links(session, GameDeveloper, "developer_id")
        released = {key: year or 0 for key, year in session.execute(select(Game.id, Game.release_year))}
        reviews = session.scalars(select(Review)).all()
        posted = {r.id: r.posted.year if r.posted else 0 for r in reviews}
        for name, counts in counted.items():
            by_game = groups([((posted[r.id], r.game_id), int(counts(r))) for r in reviews])
            found = {
                (row.year, row.game_id): getattr(row, name) for row in session.scalars(select(GameReviewYear))
            }
            assert found == by_game
            if name in {"negative", "neutral", "positive"}:
                by_year = {row.year: getattr(row, name) for row in session.scalars(select(ReviewYear))}
                assert by_year == groups([(posted[r.id], int(counts(r))) for r in reviews])
            by_developer = groups(
                [
                    ((basis, year, dev), int(counts(r)))
                    for r in reviews
                    for dev in credits_of[r.game_id]
                    for basis, year in (
                        (YearBasis.REVIEWED, posted[r.id]),
                        (YearBasis.RELEASED, released[r.game_id]),
                    )
                ]
            )
            rows = session.scalars(select(DeveloperReviewYear))
            assert {
                (row.basis, row.year, row.developer_id): getattr(row, name) for row in rows
            } == by_developer


def test_names_of_everything_with_base_games_first(sample: Database) -> None:
    with sample.reader() as session:
        names = session.scalars(select(Name).order_by(Name.kind, Name.rank)).all()
        assert all(name.key == search_key(name.label) for name in names)
        for kind in NameKind:
            of_kind = [name for name in names if name.kind == kind]
            assert [name.rank for name in of_kind] == list(range(len(of_kind)))
            assert all(Name.kind_of(name.id) == kind for name in of_kind)
        fame = fame_of(session, session.scalars(select(Game.id)).all())
        games = {row.id: row for row in session.scalars(select(Game))}
        order = [games[name.ref_id] for name in names if name.kind == NameKind.GAME]
        keys = [(g.kind is not GameKind.GAME, -fame[g.id], g.title or "", g.id) for g in order]
        assert keys == sorted(keys)
        assert len(order) == sum(entry.title is not None for entry in games.values())


def test_of_players_with_equal_hours_the_first_by_name_is_champion(
    world: RawFolder, database: Database
) -> None:
    world.items = [owner("zed", item(10, 100)), owner("amy", item(10, 60), item(20, 40)), owner("bob")]
    world.reviews = [reviewer("amy", review(10))]
    ingest(database, [world.write()])
    with database.reader() as session:
        action = session.scalars(select(GenreChampion)).all()
        users = dict(session.execute(select(Player.id, Player.user_id)).all())
        assert {(users[row.player_id], row.minutes) for row in action} == {("amy", 100), ("amy", 40)}


def test_a_world_without_items_or_reviews_has_empty_summaries(world: RawFolder, database: Database) -> None:
    world.items = [owner("ada")]
    world.reviews = [reviewer("ada")]
    ingest(database, [world.write()])
    with database.reader() as session:
        assert session.scalars(select(GenreChampion)).all() == []
        assert session.scalars(select(DeveloperReviewYear)).all() == []
        assert {row.owners for row in session.scalars(select(GameStats))} == {0}
