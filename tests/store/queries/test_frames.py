"""Answers as tables: the same figures, in columns whose types do not depend on what was found."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pandas
import pytest
from sqlalchemy.orm import Session

from store import Database, queries
from store.models import GameKind, NameKind
from store.results import (
    DeveloperRanking,
    DeveloperReport,
    DeveloperYear,
    GameRanking,
    GameRef,
    GenreHours,
    GroupRecommendations,
    LibraryByGenre,
    RankedGame,
    Recommendations,
    ReviewTexts,
    SentimentOverTime,
    TopBy,
    TopGames,
    UserData,
    YearHours,
)


@pytest.fixture
def session(sample_store: Database) -> Iterator[Session]:
    with sample_store.reader() as session:
        yield session


def types(table: pandas.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in table.dtypes.items()}


def test_the_unknown_is_missing_and_not_nothing() -> None:
    hours = GenreHours("Action", (YearHours(2010, 1.5), YearHours(None, 2.0))).to_frame()
    unpriced = GameRef(7, "Made up", GameKind.GAME, None, None)
    free = GameRef(8, "Free", GameKind.GAME, 2010, Decimal(0))
    games = GameRanking((RankedGame(1, unpriced, 3), RankedGame(2, free, 2))).to_frame()
    silent = UserData("ana", Decimal("19.99"), None, 3, 0, 1).to_frame()

    assert hours["year"].to_list() == [2010, pandas.NA]
    assert hours["hours"].sum() == 3.5
    assert games["price_usd"].isna().to_list() == [True, False]
    assert games["release_year"].to_list() == [pandas.NA, 2010]
    assert silent["recommend_percent"].isna().all()
    assert silent["money_spent_usd"].to_list() == [19.99]


def test_a_table_of_nothing_has_the_same_columns_and_types(session: Session) -> None:
    player = queries.complete(session, NameKind.PLAYER, "", 1)[0].value
    pairs = (
        (queries.developer(session, "Valve"), DeveloperReport("Nobody", ())),
        (queries.best_developer_year(session, 2014), DeveloperRanking()),
        (queries.users_recommend(session, 2014), GameRanking()),
        (queries.genre_hours(session, "Action"), GenreHours("Action", ())),
        (queries.library_by_genre(session, player), LibraryByGenre("nobody", 0, 0, ())),
        (queries.sentiment_over_time(session), SentimentOverTime(None, ())),
        (queries.review_texts(session, game="Portal 2"), ReviewTexts("Made up", 0, ())),
        (queries.recommend_game(session, "Portal 2"), Recommendations()),
        (queries.top_games(session), TopGames(TopBy.HOURS, None, None, ())),
    )
    for found, nothing in pairs:
        assert len(found.to_frame()) >= 1
        assert len(nothing.to_frame()) == 0
        assert types(found.to_frame()) == types(nothing.to_frame()), type(found)


def test_a_table_holds_the_figures_of_the_answer(session: Session) -> None:
    valve = queries.developer(session, "Valve")
    years: Iterable[Any] = valve.to_frame().itertuples()
    top = queries.top_games(session, "gems")
    pair = queries.compare_games(session, "Portal", "Portal 2").to_frame()
    portal_2: Any = pair.loc[1, ["hours_median", "owners", "positive"]]
    card = queries.game(session, "Portal 2")

    assert valve == DeveloperReport(
        "Valve",
        tuple(
            DeveloperYear(*map(int, (y.year, y.items, y.free_items, y.unpriced_items, y.undated_items)))
            for y in years
        ),
    )
    assert top.to_frame()["score"].to_list() == [entry.score for entry in top.games]
    assert top.to_frame()["app_id"].to_list() == [entry.game.id for entry in top.games]
    assert card.playtime is not None
    assert portal_2.to_list() == [
        card.playtime.median,
        card.owners,
        card.reviews.positive,
    ]


def test_a_group_has_a_column_for_each_ones_preference(session: Session) -> None:
    players = [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 2)]
    found = queries.recommend_group(session, players)

    table = found.to_frame()

    assert table["owned"].to_list() == [True] * len(found.play_now) + [False] * len(found.to_buy)
    for place, player in enumerate(players):
        preferences = [entry.preferences[place] for entry in (*found.play_now, *found.to_buy)]
        assert table[f"preference of {player}"].to_list() == preferences
    assert len(GroupRecommendations(("a", "b"), (), ()).to_frame().columns) == len(table.columns)


def test_runs_have_their_moments_in_utc(session: Session) -> None:
    table = queries.data_status(session).to_frame()

    assert str(table["started_at"].dtype) == str(table["finished_at"].dtype) == "datetime64[us, UTC]"
    assert table["outcome"].to_list()[0] == "applied"
