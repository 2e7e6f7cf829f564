"""Filters compose: whatever is asked for, by whom and with what, each suggested game meets all of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store import Database, queries
from store.errors import NothingLeft, RuledOut
from store.models import Game, GameGenre, GameKind, GameSpec, GameTag, Genre, NameKind, OwnedGame, Spec, Tag
from store.names import resolve
from store.queries import Discovery, Filters
from store.results import GameRef
from store.scoring.play_modes import SPECS, TOGETHER, PlayMode

Ask: TypeAlias = Callable[..., Sequence[GameRef]]


def _players(session: Session) -> list[str]:
    return [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 3)]


def _library(session: Session) -> dict[int, float | None]:
    owner = resolve(session, NameKind.PLAYER, _players(session)[0])
    return dict.fromkeys(session.scalars(select(OwnedGame.game_id).where(OwnedGame.player_id == owner)))


def _of_group(session: Session, **options: Any) -> list[GameRef]:
    found = queries.recommend_group(session, _players(session), **options)
    return [entry.game for entry in (*found.play_now, *found.to_buy)]


ASKED: dict[str, Ask] = {
    "game": lambda session, **options: [
        entry.game for entry in queries.recommend_game(session, "Portal 2", **options)
    ],
    "player": lambda session, **options: [
        entry.game for entry in queries.recommend_user(session, _players(session)[0], **options)
    ],
    "library": lambda session, **options: [
        entry.game for entry in queries.recommend_library(session, _library(session), **options)
    ],
    "group": _of_group,
    "nobody": lambda session, **options: [entry.game for entry in queries.recommend_best(session, **options)],
}

FILTERS = st.builds(
    Filters,
    genre=st.sampled_from([None, None, "action", "Indie", "Strategy"]),
    tag=st.sampled_from([None, None, None, "Co-op", "multiplayer", "Puzzle"]),
    max_price=st.sampled_from([None, None, 0, 4.99, 10, 60.0]),
    free_only=st.sampled_from([False, False, True]),
    released_since=st.sampled_from([None, None, 2008, 2013, 2016]),
    released_until=st.sampled_from([None, None, 2016, 2013]),
    without=st.sampled_from([(), (), ("Puzzle",), ("FPS", "co-op"), ("Indie",)]),
    play_mode=st.sampled_from([None, None, *PlayMode]),
    exclude_early_access=st.booleans(),
    with_add_ons=st.booleans(),
    together_only=st.sampled_from([False, False, True]),
)


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    filters=FILTERS,
    discovery=st.sampled_from(Discovery),
    limit=st.integers(1, 10),
    left_out=st.lists(st.integers(0, 40), max_size=8),
)
def test_each_game_meets_every_filter(
    sample_store: Database,
    asked: str,
    filters: Filters,
    discovery: Discovery,
    limit: int,
    left_out: list[int],
) -> None:
    with sample_store.reader() as session:
        exclude = session.scalars(select(Game.id).order_by(Game.id).where(Game.listed)).all()
        unwanted = {exclude[index] for index in left_out}
        try:
            found = ASKED[asked](session, limit=limit, filters=filters, discovery=discovery, exclude=unwanted)
        except NothingLeft as nothing:
            assert nothing.ruled_out is not RuledOut.FILTERS or filters != Filters()
            return
        assert 1 <= len(found) <= limit * (2 if asked == "group" else 1)
        assert len({ref.id for ref in found}) == len(found)
        for ref in found:
            assert ref.id not in unwanted
            assert unmet(session, session.get_one(Game, ref.id), filters) == []


def unmet(session: Session, game: Game, filters: Filters) -> list[str]:
    """Return the filters that a game does not meet, worked out only from its rows."""
    genres = _names(session, Genre, GameGenre, GameGenre.genre_id, game)
    tags = _names(session, Tag, GameTag, GameTag.tag_id, game)
    specs = _names(session, Spec, GameSpec, GameSpec.spec_id, game)
    price, year = game.price_cents, game.release_year
    checks = {
        "released": game.release_date is None or game.release_date <= datetime.now(UTC).date(),
        "listed": game.listed,
        "genre": filters.genre is None or filters.genre.lower() in genres,
        "tag": filters.tag is None or filters.tag.lower() in tags,
        "price": filters.max_price is None or (price is not None and price <= round(filters.max_price * 100)),
        "free": not filters.free_only or price == 0,
        "year": filters.released_since is None or (year is not None and year >= filters.released_since),
        "until": filters.released_until is None or (year is not None and year <= filters.released_until),
        "without": not {name.lower() for name in filters.without} & (tags | genres),
        "mode": filters.play_mode is None or any(mode.lower() in specs for mode in SPECS[filters.play_mode]),
        "early access": not (filters.exclude_early_access and game.early_access),
        "add-on": filters.with_add_ons or game.kind is GameKind.GAME,
        "together": not filters.together_only or any(mode.lower() in specs for mode in TOGETHER),
    }
    return [name for name, holds in checks.items() if not holds]


def _names(
    session: Session, named: type[Any], link: type[Any], key: InstrumentedAttribute[int], game: Game
) -> set[str]:
    rows = select(named.name).join(link, key == named.id).where(link.game_id == game.id)
    return {name.lower() for name in session.scalars(rows)}


@pytest.mark.parametrize("asked", ASKED)
def test_discovery_turns_the_list_towards_the_known_or_the_unknown(
    sample_store: Database, asked: str
) -> None:
    def owners(session: Session, discovery: Discovery) -> float:
        found = ASKED[asked](session, limit=10, discovery=discovery)
        return sum(queries.game(session, str(ref.id)).owners for ref in found) / len(found)

    with sample_store.reader() as session:
        popular, gems = (owners(session, kind) for kind in (Discovery.POPULAR, Discovery.HIDDEN_GEMS))
    assert popular > gems
