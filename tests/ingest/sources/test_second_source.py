"""A source that is no file goes through a whole run, which knows sources only by their protocol."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from sqlalchemy import select

from ingest import GuardError, IngestSettings, SourceRecord, ingest
from ingest.clean.rows import CleanGame, CleanReview, CleanStorePage, LibraryColumns
from ingest.rejects import reject
from ingest.sources.source import InputRead, InputRecord, InputState, Kind
from store import Database, queries
from store.models import (
    DeckRating,
    Game,
    GameAlias,
    GameKind,
    GameTitle,
    NameKind,
    Offer,
    OwnedGame,
    Player,
    Reject,
    RunOutcome,
    RunSource,
    StorePage,
)
from store.runs import Progress

pytestmark = pytest.mark.slow

COUNTER = CleanGame(1, "Counter", True, GameKind.GAME, developers=("Valve",), genres=("Action",))
PORTAL = CleanGame(
    2, "Portal", True, GameKind.GAME, price_cents=999, developers=("Valve",), genres=("Puzzle",)
)


@dataclass
class Shop:
    """A shop's interface, as far as it was asked: what it answered is kept, and given whole every time."""

    games_now: list[CleanGame]
    answers: list[CleanGame] = field(default_factory=list)
    refused: int = 0
    kept: dict[int, CleanGame] = field(default_factory=dict)
    is_remote: bool = True
    is_partial: bool = False
    rules: Mapping[str, int] = field(default_factory=lambda: {"country": 1})
    notes: Sequence[str] = ("The shop answers for one country.",)

    def fetch(self, progress: Progress) -> None:
        progress.start("Asking the shop", len(self.games_now), "rows")
        self.kept |= {game.id: game for game in self.games_now}
        progress.finish()

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        known = before.get("shop")
        if known is None or known.state != self._state:
            return None
        return (SourceRecord("shop", Kind.GAMES, known),)

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        yield from self.kept.values()
        yield from self.answers

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        yield CleanReview("ada", 2, True, date(2026, 1, 2), False, 3, 4, 0, "Great fun")

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns]:
        yield library("ada", {1: 60, 3: 5}, titles={3: "Three &amp; more"})
        yield library("bob", {2: 10})
        yield library("ada", {1: 61})

    def inputs(self) -> tuple[InputRead, ...]:
        rejects = tuple(reject(number, "no name", {"appid": number}) for number in range(self.refused))
        return (
            InputRead(
                name="shop",
                kind=Kind.GAMES,
                location="https://shop.test/games",
                label="shop.test",
                state=self._state,
                lines=len(self.kept),
                blank=0,
                rejects=rejects,
                reject_share=len(rejects) / 10,
            ),
        )

    @property
    def _state(self) -> InputState:
        content = repr(sorted(self.kept.items())).encode()
        return InputState(len(content), 0, sha256(content).hexdigest())


def library(user: str, minutes: Mapping[int, int], titles: Mapping[int, str] | None = None) -> LibraryColumns:
    """One player's games, with the minutes in each."""
    return LibraryColumns(
        user_ids=[user],
        steam_ids=[None],
        items_counts=array("i", [len(minutes)]),
        sizes=array("i", [len(minutes)]),
        games=array("i", minutes),
        minutes=array("i", minutes.values()),
        minutes_2weeks=array("i", [0] * len(minutes)),
        titles=titles or {},
    )


def test_a_second_source_fills_the_store(database: Database) -> None:
    report = ingest(database, Shop([COUNTER, PORTAL], answers=[COUNTER]))
    assert report.outcome is RunOutcome.APPLIED
    assert dict(report.counts) == {"games": 2, "players": 2, "owned_games": 3, "reviews": 1}
    assert report.notes == ("The shop answers for one country.",)
    assert "download" in report.seconds
    assert "  shop: https://shop.test/games (2 lines; repeated games: 1)" in str(report).splitlines()
    with database.reader() as session:
        owned = select(Player.user_id, OwnedGame.game_id, OwnedGame.minutes).join(
            Player, Player.id == OwnedGame.player_id
        )
        assert set(session.execute(owned).all()) == {("ada", 1, 61), ("ada", 3, 5), ("bob", 2, 10)}
        assert session.get_one(Game, 3).title == "Three & more"
        assert [year.items for year in queries.developer(session, "valve").years] == [2]
        assert session.scalars(select(RunSource.role)).all() == ["shop"]


def test_a_store_page_is_kept_until_the_source_has_none(database: Database) -> None:
    page = CleanStorePage(
        short_description="Portals.",
        currency="EUR",
        price_now_cents=499,
        discount_percent=50,
        discount_ends=datetime(2026, 1, 5, 18, tzinfo=UTC),
        offer=Offer.FREE_WEEKEND,
        deck_rating=DeckRating.VERIFIED,
        languages=("english", "latam"),
        content_descriptors=(2, 5),
        checked_at=datetime(2026, 1, 2, 3, tzinfo=UTC),
    )
    ingest(database, Shop([replace(PORTAL, page=page, titles=(("spanish", "Portales"),))]))
    with database.reader() as session:
        kept = session.get_one(StorePage, 2)
        assert {name: getattr(kept, name) for name in ("offer", "deck_rating", "discount_ends")} == {
            "offer": Offer.FREE_WEEKEND,
            "deck_rating": DeckRating.VERIFIED,
            "discount_ends": datetime(2026, 1, 5, 18, tzinfo=UTC),
        }
        assert (kept.languages, kept.content_descriptors) == (["english", "latam"], [2, 5])
        assert kept.on_mac is None
        assert session.get_one(GameTitle, (2, "spanish")).title == "Portales"
    ingest(database, Shop([PORTAL]))
    with database.reader() as session:
        assert session.get(StorePage, 2) is None
        assert session.get(GameTitle, (2, "spanish")) is None


def test_a_second_source_that_has_nothing_new_changes_nothing(database: Database) -> None:
    ingest(database, Shop([COUNTER, PORTAL]))
    report = ingest(database, Shop([COUNTER, PORTAL]))
    assert report.outcome is RunOutcome.UNCHANGED
    assert [source.record.location for source in report.sources] == ["https://shop.test/games"]


def test_what_a_source_keeps_outlives_a_run_that_asks_for_a_part(database: Database) -> None:
    shop = Shop([COUNTER, PORTAL])
    ingest(database, shop)
    shop.games_now = [replace(PORTAL, price_cents=499)]
    report = ingest(database, shop)
    assert (report.changes.games.changed, report.changes.games.gone) == (1, 0)
    with database.reader() as session:
        assert session.get_one(Game, 1).listed
        assert session.get_one(Game, 2).price_cents == 499


def test_other_rules_of_a_source_read_it_again(database: Database) -> None:
    ingest(database, Shop([COUNTER, PORTAL]))
    report = ingest(database, Shop([COUNTER, PORTAL], rules={"country": 2}))
    assert report.outcome is RunOutcome.APPLIED


def test_what_a_second_source_refuses_is_kept_and_checked(database: Database) -> None:
    with pytest.raises(GuardError, match=r"20% of https://shop\.test/games cannot be used|20\.0% of https"):
        ingest(database, Shop([COUNTER, PORTAL], refused=2))
    report = ingest(database, Shop([COUNTER, PORTAL], refused=2), settings=IngestSettings(force=True))
    with database.reader() as session:
        rows = session.scalars(select(Reject).where(Reject.run_id == report.run_id)).all()
        assert {(row.file, row.reason) for row in rows} == {("shop.test", "no name")}


def test_without_libraries_games_are_known_by_their_ratings_on_steam(database: Database) -> None:
    def sold(app_id: int, title: str, ratings: int) -> CleanGame:
        page = CleanStorePage(rating_percent=90, rating_count=ratings)
        return replace(PORTAL, id=app_id, title=title, page=page)

    def answers() -> tuple[list[str], str | None]:
        with database.reader() as session:
            suggested = [choice.label for choice in queries.complete(session, NameKind.GAME, "grand", 2)]
            meant = session.scalar(select(GameAlias.game_id).where(GameAlias.key == "gta"))
            return suggested, None if meant is None else session.get_one(Game, meant).title

    ages, theft = sold(10, "Grand Ages", 10), sold(11, "Grand Theft Auto", 0)
    ingest(database, Shop([ages, theft]))
    assert answers() == (["Grand Ages", "Grand Theft Auto"], None)
    ingest(database, Shop([ages, sold(11, "Grand Theft Auto", 900_000)]))
    assert answers() == (["Grand Theft Auto", "Grand Ages"], "Grand Theft Auto")
