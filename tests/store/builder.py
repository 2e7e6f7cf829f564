"""Writes small stores row by row, so that a test can say in a line or two what the data hold."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ingest.summarize.aliases import write_aliases
from ingest.summarize.rankings import write_rankings
from recommender.data.neighbours import Model, NeighbourRow, SimilarRow, replace_neighbours
from store import Database
from store.dialect import rebuild_name_search
from store.models import (
    Base,
    DataDates,
    Developer,
    DeveloperReviewYear,
    DeveloperYear,
    Game,
    GameAlias,
    GameDeveloper,
    GameGenre,
    GameKind,
    GameReviewYear,
    GameStats,
    GameTag,
    Genre,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    Maturity,
    Name,
    NameKind,
    NeighbourBasis,
    OwnedGame,
    PackedLibrary,
    Player,
    PlayerStats,
    RankedGames,
    RefreshRun,
    Review,
    ReviewYear,
    RunOutcome,
    Sentiment,
    StorePage,
    Tag,
    YearBasis,
)
from store.names.search_key import search_key
from store.scoring.scorer import ItemParams

JUDGED = ("judged_negative", "judged_neutral", "judged_positive")
NO_REVIEWS = {"negative": 0, "neutral": 0, "positive": 0} | dict.fromkeys(JUDGED, 0)
# What a year of reviews counts besides.
OF_A_YEAR = NO_REVIEWS | {"inferred": 0}
NO_COUNTS = OF_A_YEAR | {"praised": 0, "liked": 0, "panned": 0}


P = ParamSpec("P")
R = TypeVar("R")


class SmallStore:
    """A store of its own for one test: filled once, then questioned as the bot does."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def fill(self) -> Iterator["Builder"]:
        """Add rows in one transaction, which ends by writing the neighbours, ranking the games and indexing
        the names and aliases.
        """
        with self.database.writer() as session:
            builder = Builder(session)
            yield builder
            session.flush()
            builder.write_neighbours()
            session.execute(delete(RankedGames))
            write_rankings(session.connection())
            session.execute(delete(GameAlias))
            write_aliases(session.connection())
            rebuild_name_search(session.connection())

    def ask(self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer one query in a read-only session of its own."""
        with self.database.reader() as session:
            return query(session, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class WeightsOfGame:
    """The weights of a game to others, and the parameters of its own score."""

    game: int
    weights: dict[int, float]
    common_owners: int
    basis: NeighbourBasis
    popularity: float
    play_intercept: float
    similar: dict[int, float]


class Builder:
    """Adds things to a store under construction; whatever is named first ranks first among its kind."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[tuple[type[Base], str], int] = {}
        self._ranks = dict.fromkeys(NameKind, 0)
        self._weights: list[WeightsOfGame] = []

    def name(self, kind: NameKind, ref_id: int, label: str) -> None:
        self._add(
            Name(
                id=Name.make_id(kind, ref_id),
                kind=kind,
                key=search_key(label),
                label=label,
                rank=self._ranks[kind],
            )
        )
        self._ranks[kind] += 1

    def game(
        self,
        app_id: int,
        title: str | None,
        *,
        kind: GameKind = GameKind.GAME,
        year: int | None = None,
        cents: int | None = None,
        developers: tuple[str, ...] = (),
        genres: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        maturity: Maturity = Maturity.GENERAL,
    ) -> None:
        self._add(
            Game(
                id=app_id,
                title=title,
                listed=True,
                kind=kind,
                release_year=year,
                price_cents=cents,
                maturity=maturity,
            )
        )
        if title is not None:
            self.name(NameKind.GAME, app_id, title)
        for index, name in enumerate(developers):
            self._add(GameDeveloper(game_id=app_id, developer_id=self.developer(name), position=index))
        for index, name in enumerate(genres):
            self._add(GameGenre(game_id=app_id, genre_id=self.genre(name), position=index))
        for index, name in enumerate(tags):
            self._add(GameTag(game_id=app_id, tag_id=self.tag(name), position=index))

    def game_stats(self, app_id: int, **counts: float | None) -> None:
        none = NO_REVIEWS | {"owners": 0, "players": 0, "minutes": 0, "reviews": 0, "recommended": 0}
        self._add(GameStats(game_id=app_id, **none | judged(counts)))

    def store_page(self, app_id: int, **said: Any) -> None:
        self._add(StorePage(game_id=app_id, **said))

    def developer(self, name: str) -> int:
        return self._named(Developer, NameKind.DEVELOPER, name)

    def genre(self, name: str) -> int:
        return self._named(Genre, NameKind.GENRE, name)

    def tag(self, name: str) -> int:
        return self._named(Tag, NameKind.TAG, name)

    def released(
        self, developer: str, year: int, items: int, free: int = 0, unpriced: int = 0, undated: int = 0
    ) -> None:
        self._add(
            DeveloperYear(
                developer_id=self.developer(developer),
                year=year,
                items=items,
                free_items=free,
                unpriced_items=unpriced,
                undated_items=undated,
            )
        )

    def player(
        self, user_id: str, *, steam_id: str | None = None, items: int | None = None, **stats: int
    ) -> int:
        player = self._next_id(Player)
        self._ids[Player, user_id] = player
        self._add(Player(id=player, user_id=user_id, steam_id=steam_id, items_count=items))
        if stats:
            none = {"owned": 0, "minutes": 0, "spent_cents": 0, "unpriced": 0, "reviews": 0, "recommended": 0}
            self._add(PlayerStats(player_id=player, **none | stats))
        self.name(NameKind.PLAYER, player, user_id)
        return player

    def owns(self, user_id: str, library: dict[int, int]) -> None:
        """Let a player, who is added if need be, own games: app ids to minutes played."""
        player = self._ids.get((Player, user_id)) or self.player(user_id)
        own_library(self._session, player, library)

    def played(self, genre: str, minutes_by_year: dict[int, int]) -> None:
        for year, minutes in minutes_by_year.items():
            self._add(GenreYear(genre_id=self.genre(genre), year=year, minutes=minutes))

    def champion(self, genre: str, user_id: str, minutes_by_year: dict[int, int]) -> None:
        player = self._ids[Player, user_id]
        genre_id = self.genre(genre)
        self._add(GenreChampion(genre_id=genre_id, player_id=player, minutes=sum(minutes_by_year.values())))
        for year, minutes in minutes_by_year.items():
            self._add(GenreChampionYear(genre_id=genre_id, year=year, minutes=minutes))

    def game_reviews(self, app_id: int, year: int, **counts: int) -> None:
        counts = judged(counts)
        self._add(GameReviewYear(game_id=app_id, year=year, **NO_COUNTS | counts))
        known = self._session.get(ReviewYear, year)
        before = OF_A_YEAR if known is None else {name: getattr(known, name) for name in OF_A_YEAR}
        of_all = {name: count + counts.get(name, 0) for name, count in before.items()}
        self._session.merge(ReviewYear(year=year, **of_all))

    def developer_reviews(
        self, developer: str, year: int, basis: YearBasis = YearBasis.REVIEWED, **counts: int
    ) -> None:
        self._add(
            DeveloperReviewYear(
                developer_id=self.developer(developer), basis=basis, year=year, **NO_COUNTS | judged(counts)
            )
        )

    def review(
        self,
        app_id: int,
        user_id: str,
        text: str,
        *,
        recommend: bool | None = True,
        score: float = 0.5,
        helpful: int = 0,
        posted: date | None = None,
        posted_inferred: bool = False,
    ) -> None:
        sentiment = Sentiment.POSITIVE if score >= 0.05 else Sentiment.NEGATIVE
        self._add(
            Review(
                player_id=self._ids.get((Player, user_id)) or self.player(user_id),
                game_id=app_id,
                recommend=recommend,
                posted=posted,
                posted_inferred=posted_inferred,
                helpful=helpful,
                helpful_of=helpful,
                funny=0,
                text=text,
                sentiment_score=score,
                sentiment=sentiment,
                tone=sentiment,
            )
        )

    def run(
        self, outcome: RunOutcome, *, day: int, action: str = "refresh", generated: bool = False, **rows: int
    ) -> None:
        """Add a run of that day of April 2026, from 4:30 to 4:31, with the rows that it counted."""
        self._add(
            RefreshRun(
                action=action,
                started_by="schedule",
                started_at=datetime(2026, 4, day, 4, 30, tzinfo=UTC),
                finished_at=datetime(2026, 4, day, 4, 31, tzinfo=UTC),
                outcome=outcome,
                generated=generated,
                counts={"rows": rows},
                seconds={},
            )
        )

    def dates(self, *, release: date | None = None, review: date | None = None) -> None:
        """Say what days the data tell of."""
        days = [day for day in (release, review) if day is not None]
        self._add(DataDates(id=1, newest_release=release, newest_review=review, as_of=max(days)))

    def weights(
        self,
        game: int,
        weights: dict[int, float],
        *,
        common: int = 1,
        basis: NeighbourBasis = NeighbourBasis.LIBRARIES,
        popularity: float = 0.1,
        play_intercept: float = 0.0,
        similar: dict[int, float] | None = None,
    ) -> None:
        """Give a game weights to others, and similar ones; without these each is as similar as its weight."""
        similar = weights if similar is None else similar
        self._weights.append(WeightsOfGame(game, weights, common, basis, popularity, play_intercept, similar))

    def write_neighbours(self) -> None:
        """Write the weights of all games as training does, once; each game is given once."""
        if self._weights:
            game_ids = np.array(self._session.scalars(select(Game.id).order_by(Game.id)).all(), np.int32)
            replace_neighbours(self._session, _model(game_ids, self._weights))

    def _add(self, row: Base) -> None:
        self._session.add(row)
        self._session.flush()  # at once, because later rows refer to it

    def _named(self, table: type[Developer] | type[Genre] | type[Tag], kind: NameKind, name: str) -> int:
        if (table, name) not in self._ids:
            row_id = self._ids[table, name] = self._next_id(table)
            self._add(table(id=row_id, name=name))
            self.name(kind, row_id, name)
        return self._ids[table, name]

    def _next_id(self, table: type[Base]) -> int:
        return 1 + sum(known is table for known, _ in self._ids)


def judged(counts: dict[str, Any]) -> dict[str, Any]:
    """Return counts of reviews, judged by their sentiment unless the counts say otherwise."""
    return {name: counts.get(name.removeprefix("judged_"), 0) for name in JUDGED} | counts


def own_library(session: Session, player: int, library: Mapping[int, int]) -> None:
    """Write what a player owns, app ids to minutes played, as rows and as a whole."""
    if not library:
        return
    session.add_all(
        OwnedGame(player_id=player, game_id=game, minutes=minutes, minutes_2weeks=0)
        for game, minutes in library.items()
    )
    games, minutes = np.array(sorted(library.items()), "<i4").T
    session.add(PackedLibrary(player_id=player, game_ids=games.tobytes(), minutes=minutes.tobytes()))
    session.flush()


def _model(game_ids: NDArray[np.int32], weighted: list[WeightsOfGame]) -> Model:
    """Return the model in which all lines are the identity, but for the intercept of playing."""
    params = ItemParams(**{field.name: np.zeros(len(game_ids), np.float32) for field in fields(ItemParams)})
    for ones in (params.log_playtime_std, params.own_slope, params.play_slope):
        ones[:] = 1
    rows, similar = [], []
    for game in weighted:
        index = np.searchsorted(game_ids, game.game)
        params.popularity[index], params.play_intercept[index] = game.popularity, game.play_intercept
        weights = np.array(list(game.weights.values()), np.float32)
        indices = np.searchsorted(game_ids, list(game.weights))
        rows.append(NeighbourRow(game.game, game.basis, indices, weights))
        similarity = np.array(list(game.similar.values()), np.float32)
        best = np.argsort(-similarity, kind="stable")
        best = best[similarity[best] > 0]
        common = np.full(len(best), game.common_owners, np.int32)
        others = np.searchsorted(game_ids, list(game.similar))
        similar.append(SimilarRow(game.game, others[best], similarity[best], common))
    return Model(game_ids, params, rows, similar)
